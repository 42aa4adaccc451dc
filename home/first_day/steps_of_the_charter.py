"""What the charter stands on, and its first service."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.first_day.facts import Facts
from home.first_day.step import Step, state_of
from services.drafting import may_draft
from services.models import District, Unit
from services.models.standards import STANDARDS
from services.rules import RULES
from services.saying import says_something
from services.service_listing import LISTING


def districts(facts: Facts) -> Step:
    """The seat, districts and villages."""
    has, unplaced = facts.public.get("district", 0), facts.counted["districts without a point"]
    left = [] if has else [_("nenhum cadastrado")]
    if unplaced:
        words = ngettext("faltam coordenadas em %d distrito", "faltam coordenadas em %d distritos", unplaced)
        left.append(words % unplaced)
    first_day = not facts.public.get("service")
    listed = reverse(District.snippet_viewset.get_url_name("list"))
    return Step(
        "districts",
        _("Distritos e povoados"),
        _("Quem mora longe da sede vê o que há perto de casa, e os avisos do seu distrito."),
        state_of(left, begun=has),
        left,
        listed if has or not first_day else reverse("conecta_first_day:districts"),
        _("Ver os distritos") if has or not first_day else _("Colar a lista"),
        optional=True,
    )


def bodies(facts: Facts) -> Step:
    """Secretariats, autarchies, foundations."""
    has, silent = facts.public.get("secretariat", 0), facts.bodies_without_contacts
    left = [] if has else [_("nenhum cadastrado")]
    if silent:
        left.append(ngettext("faltam contatos em %d órgão", "faltam contatos em %d órgãos", silent) % silent)
    first_day = not facts.public.get("service")
    return Step(
        "bodies",
        _("Órgãos"),
        _("Todo serviço é de um órgão, e cada órgão tem as pessoas que escrevem e aprovam por ele."),
        state_of(left, begun=has),
        left,
        reverse("conecta_first_day:bodies") if first_day else reverse("wagtailadmin_explore_root"),
        _("Colar a lista") if first_day else _("Ver os órgãos"),
    )


def commitments(facts: Facts) -> Step:
    """The texts that hold for every service whose body says nothing else."""
    names = [rule.field for rule in RULES if rule.severity == "required" and rule.field.startswith("standard_")]
    missing = [
        str(STANDARDS[name.removeprefix("standard_")][0])
        for name in dict.fromkeys(names)
        if not says_something(getattr(facts.city, name))
    ]
    return Step(
        "commitments",
        _("Compromissos de atendimento"),
        _("Escritos uma vez para a cidade, valem para todo serviço; sem eles nenhum vai ao ar (art. 7º, § 3º)."),
        state_of(missing, begun=len(missing) < len(set(names))),
        [_("falta “%s”") % label for label in missing],
        reverse("wagtailsettings:edit", args=["conecta_services", "city"]),
        _("Escrever os compromissos"),
    )


def units(facts: Facts) -> Step:
    """Places where people are attended."""
    has, unplaced = facts.public.get("unit", 0), facts.counted["units without a point"]
    left = [] if has else [_("nenhuma publicada: quem cadastra é a Redação do órgão")]
    if unplaced:
        words = ngettext("faltam coordenadas em %d unidade", "faltam coordenadas em %d unidades", unplaced)
        left.append(words % unplaced)
    return Step(
        "units",
        _("Unidades de atendimento"),
        _("A pessoa sabe aonde ir, a que horas, e se está aberto."),
        state_of(left, begun=has),
        left,
        reverse(Unit.snippet_viewset.get_url_name("list")),
        _("Ver as unidades"),
        optional=True,
    )


def first_service(facts: Facts) -> Step:
    """One on the portal."""
    has, waiting = facts.public.get("service", 0), facts.counted["drafted services"]
    left = []
    if not has and waiting:
        words = ngettext("%d rascunho ainda não foi publicado", "%d rascunhos ainda não foram publicados", waiting)
        left.append(words % waiting)
    elif not has:
        left.append(_("nenhum escrito: quem escreve é a Redação do órgão"))
    writes = may_draft(facts.user)
    return Step(
        "service",
        _("Primeiro serviço no portal"),
        _("A carta começa a valer com ele. Escolha o mais procurado."),
        state_of(left, begun=waiting),
        left,
        reverse(LISTING.get_url_name("choose_parent" if writes and not waiting else "index")),
        _("Escrever o serviço") if writes and not waiting else _("Ver os serviços"),
    )


def old_charter(facts: Facts) -> Step:
    """What the city had before, by the spreadsheet."""
    left = (
        []
        if facts.counted["drafts by sheet"] or facts.counted["imported services"]
        else [_("nenhuma planilha enviada")]
    )
    writes = may_draft(facts.user)
    if left and not writes:
        left.append(_("quem envia é a Redação ou a Comunicação, em “Planilha”"))
    return Step(
        "old_charter",
        _("Carta antiga, por planilha"),
        _("O que já está escrito não precisa ser digitado de novo: cada linha vira um rascunho."),
        state_of(left, begun=False),
        left,
        reverse("conecta_sheets:index") if writes else "",
        _("Enviar a planilha"),
        optional=True,
    )


def old_addresses(facts: Facts) -> Step:
    """The former site's."""
    left = [] if facts.counted["redirects"] else [_("nenhum endereço antigo levado adiante")]
    return Step(
        "old_addresses",
        _("Endereços do site antigo"),
        _("Quem tem um link antigo, no papel ou no buscador, continua chegando."),
        state_of(left, begun=False),
        left,
        reverse("wagtailredirects:start_import"),
        _("Enviar a tabela"),
        optional=True,
    )
