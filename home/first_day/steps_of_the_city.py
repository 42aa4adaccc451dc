"""Who the city is and when it opens; who answers for it."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.configured import elsewhere, offered
from home.first_day.facts import Facts
from home.first_day.holidays import municipal_election, national, years_to_have
from home.first_day.step import Step, state_of


def identity(facts: Facts) -> Step:
    """Name, arms, colour, contacts."""
    has = facts.identity
    missing = {
        _("o nome"): has.name,
        _("o brasão"): has.coat_of_arms_id,
        _("a cor principal"): has.primary_colour,
        _("o telefone geral"): has.phone,
        _("o texto do rodapé"): has.footer_text,
    }
    left = _left(missing)
    return Step(
        "identity",
        _("Identidade da cidade"),
        _("É por ela que a população reconhece que o site é mesmo da Prefeitura."),
        state_of(left, begun=has.name),
        left,
        reverse("wagtailsettings:edit", args=["conecta_home", "cityidentity"]),
        _("Preencher a identidade"),
    )


def city(facts: Facts) -> Step:
    """State and number: by them other systems know which city this is."""
    has = facts.city
    left = _left({_("o nome"): has.title, _("o estado"): has.state, _("o código do IBGE"): has.ibge_code})
    return Step(
        "city",
        _("Dados da cidade"),
        _("Com o código do IBGE outros sistemas sabem de qual cidade são os serviços."),
        state_of(left, begun=has.title),
        left,
        _settings("city"),
        _("Preencher os dados"),
    )


def calendar(facts: Facts) -> Step:
    """The holidays of this year, and soon of the next."""
    left = []
    for year in years_to_have(facts.today):
        missing = sum(day.date not in facts.holidays for day in national(year))
        if missing:
            words = ngettext(
                "falta %(count)d feriado nacional de %(year)d",
                "faltam %(count)d feriados nacionais de %(year)d",
                missing,
            )
            left.append(words % {"count": missing, "year": year})
    return Step(
        "calendar",
        _("Calendário de feriados"),
        _("Prazos em dias úteis e “aberto agora” são calculados por ele."),
        state_of(left, begun=facts.holidays),
        left,
        reverse("conecta_first_day:calendar"),
        _("Marcar os feriados"),
    )


def elections(facts: Facts) -> Step:
    """Asked for in the twelve months before a municipal election ends."""
    held = next(
        days
        for year in range(facts.today.year, facts.today.year + 5)
        if (days := _ahead(year, facts.today)) is not None
    )
    starts, vote = held
    near = (starts - facts.today).days <= 365
    has = facts.city
    marked = has.election_starts is not None and has.election_ends is not None and has.election_ends >= vote
    left = []
    if near and not marked:
        sentence = _("marque de %(first)s a %(last)s; se houver segundo turno, até o dia dele")
        left = [sentence % {"first": f"{starts:%d/%m/%Y}", "last": f"{vote:%d/%m/%Y}"}]
    why = _(
        "Nos três meses antes da eleição municipal a lei proíbe publicidade: a marca e o slogan dão lugar ao brasão. "
        "A próxima é em %(vote)s."
    )
    return Step(
        "elections",
        _("Período eleitoral"),
        why % {"vote": f"{vote:%d/%m/%Y}"},
        state_of(left, begun=False),
        left,
        _settings("city"),
        _("Marcar o período"),
    )


def ombudsman(facts: Facts) -> Step:
    """Where to complain, and who answers."""
    has = facts.identity
    left = _left(
        {
            _("o nome da Ouvidoria"): has.ombudsman_name,
            _("um telefone ou uma página da Ouvidoria"): has.ombudsman_phone or has.ombudsman_link or elsewhere(),
            _("o endereço da Ouvidoria"): has.ombudsman_address,
            _("os contatos da cidade, com a Ouvidoria primeiro"): facts.city.contacts.raw_data,
        }
    )
    if offered() and not facts.staff.members.get(("ouvidoria", "")):
        left.append(_("alguém com o papel Ouvidoria, para responder às manifestações"))
    return Step(
        "ombudsman",
        _("Ouvidoria"),
        _("A lei manda dizer em cada serviço onde reclamar, e responder em 30 dias (Lei 13.460, arts. 7º e 16)."),
        state_of(left, begun=has.ombudsman_name or has.ombudsman_phone),
        left,
        reverse("wagtailsettings:edit", args=["conecta_home", "cityidentity"]),
        _("Preencher a Ouvidoria"),
    )


def officer(facts: Facts) -> Step:
    """Who answers for personal data."""
    has = facts.officer
    left = _left({_("o nome"): has.name, _("um e-mail ou telefone"): has.email or has.phone})
    return Step(
        "officer",
        _("Encarregado de dados pessoais"),
        _("Quem ele é precisa ser público (LGPD, art. 41)."),
        state_of(left, begun=has.name),
        left,
        reverse("wagtailsettings:edit", args=["conecta_feedback", "dataofficer"]),
        _("Dizer quem é"),
    )


def _ahead(year: int, today: date) -> tuple[date, date] | None:
    days = municipal_election(year)
    return days if days is not None and days[1] >= today else None


def _left(missing: dict[str, object]) -> list[str]:
    return [_("falta %s") % words for words, has in missing.items() if not has]


def _settings(model: str) -> str:
    return reverse("wagtailsettings:edit", args=["conecta_services", model])
