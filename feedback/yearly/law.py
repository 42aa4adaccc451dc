"""What the law wants in each yearly report, and where it says so. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Lei 13.460 art. 23, and arts. 14 and 15.
EVALUATION = "evaluation"
OMBUDSMAN = "ombudsman"
KINDS: dict[str, Promise | str] = {
    EVALUATION: _("Avaliação dos serviços"),
    OMBUDSMAN: _("Relatório de gestão da Ouvidoria"),
}


@dataclass(frozen=True)
class Item:
    """One thing that a report must tell: by ``figures`` or in somebody's own words."""

    key: str
    article: str
    title: Promise | str
    figures: bool
    #: What is missing, as a sentence for who writes.
    wanted: Promise | str = ""


def _counted(key: str, article: str, title: Promise | str) -> Item:
    return Item(key, article, title, figures=True)


ITEMS: dict[str, tuple[Item, ...]] = {
    EVALUATION: (
        _counted("satisfaction", "23, I", _("Satisfação de quem usou os serviços")),
        _counted("quality", "23, II", _("Qualidade do atendimento")),
        _counted("commitments", "23, III", _("Compromissos e prazos")),
        _counted("manifestations", "23, IV", _("Manifestações recebidas")),
        _counted("ranking", "23, § 2º", _("Órgãos com mais reclamações")),
        _counted("improvements", "23, V", _("Mudanças que nasceram de manifestações")),
        Item(
            "measures",
            "23, V",
            _("O que a Prefeitura fez para melhorar"),
            figures=False,
            wanted=_("Conte o que a Prefeitura fez no ano para melhorar os serviços (art. 23, V)."),
        ),
    ),
    OMBUDSMAN: (
        _counted("received", "15, I", _("Manifestações recebidas no ano")),
        _counted("motives", "15, II", _("Motivos das manifestações")),
        _counted("recurrent", "15, III", _("Pontos que se repetiram")),
        Item(
            "analysis",
            "15, III",
            _("Análise dos pontos que se repetiram"),
            figures=False,
            wanted=_("Analise os pontos que mais se repetiram: o que dizem e por que acontecem (art. 15, III)."),
        ),
        _counted("answering", "16", _("Prazos de resposta")),
        _counted("improvements", "15, IV", _("Mudanças que nasceram de manifestações")),
        Item(
            "taken",
            "15, IV",
            _("Providências da Prefeitura"),
            figures=False,
            wanted=_("Conte que providências a Prefeitura tomou para resolver o que foi apontado (art. 15, IV)."),
        ),
        Item(
            "failings",
            "14, II",
            _("Falhas apontadas e melhorias sugeridas"),
            figures=False,
            wanted=_("Aponte as falhas e sugira melhorias na prestação dos serviços (art. 14, II)."),
        ),
    ),
}
#: Titles of all, by key; a key that two reports share means the same in both.
FIGURES = {item.key: item.title for items in ITEMS.values() for item in items if item.figures}
TEXTS = {item.key: item.title for items in ITEMS.values() for item in items if not item.figures}


def missing(kind: str, *, figures: Collection[str], texts: Collection[str], sent: bool) -> Iterator[str]:
    """What a report has not yet, in sentences: ``figures`` and ``texts`` are keys of what it has, ``sent`` whether it
    went to the top authority (art. 15, sole paragraph, I)."""
    for item in ITEMS[kind]:
        if item.key not in (figures if item.figures else texts):
            if item.figures:
                yield _("Ponha de volta o quadro “%(title)s” (art. %(article)s).") % {
                    "title": item.title,
                    "article": item.article,
                }
            else:
                yield str(item.wanted)
    if kind == OMBUDSMAN and not sent:
        yield str(_("Diga a que autoridade o relatório foi enviado, e quando (art. 15, parágrafo único, I)."))


def article_of(kind: str, key: str) -> str:
    """The article that wants an item of a kind, or ``""``."""
    return next((item.article for item in ITEMS.get(kind, ()) if item.key == key), "")
