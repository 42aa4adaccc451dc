"""Where the city keeps what the law makes public elsewhere: as the city's identity names it, with what each holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from home.identity import Identity

#: Kind of a link → its name where the city gives it none, and what people find there.
KINDS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "transparency": (_("Portal da Transparência"), _("Quanto a Prefeitura gasta, com o quê, e quanto cada um recebe.")),
    "esic": (_("Pedir uma informação (e-SIC)"), _("O que não está publicado, a Prefeitura responde em até 20 dias.")),
    "gazette": (_("Diário Oficial"), _("Leis, decretos, nomeações e editais, no dia em que valem.")),
    "tenders": (_("Licitações e contratos"), _("O que a Prefeitura compra, de quem e por quanto.")),
    "law": (_("Leis do município"), _("As leis que valem na cidade.")),
    "privacy": (_("Política de privacidade da Prefeitura"), _("Como a Prefeitura trata os seus dados.")),
}


@dataclass(frozen=True)
class CityLink:
    """A link with its name and what is found there."""

    kind: str
    title: str
    url: str
    about: str = ""


def city_links(identity: Identity) -> Sequence[CityLink]:
    """The links of a city, in the order in which it gives them; none while it gives none."""
    found = []
    for link in getattr(identity, "links", ()):
        name, about = KINDS.get(link.kind, ("", ""))
        title = getattr(link, "title", "") or str(name)
        if link.url and title:
            found.append(CityLink(link.kind, title, link.url, str(about)))
    return found
