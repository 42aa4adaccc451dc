"""What people look for, and do not find: from the published counts of searches."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.observatory import columns
from home.observatory.numbers import whole
from home.observatory.reading import Reading
from home.observatory.shape import Bars, Column, Figures, Row, Section, Table
from home.observatory.withholding import LEAST


def _rows(reading: Reading) -> Iterator[Row]:
    for demand in sorted(reading.demand, key=lambda each: (-each.searches, each.title, each.locale)):
        yield {
            "consulta": demand.title,
            "lingua": demand.locale,
            "buscas": demand.searches,
            "sem_resultado": demand.without_result,
            "refeitas": demand.reformulated,
            "observadas": demand.observed,
            "sem_clique": demand.without_click,
        }


def _missed(reading: Reading) -> Iterator[Row]:
    missed = [each for each in reading.demand if each.without_result >= LEAST]
    for demand in sorted(missed, key=lambda each: (-each.without_result, each.title, each.locale)):
        yield {"consulta": demand.title, "lingua": demand.locale, "sem_resultado": demand.without_result}


def _said(tables: Figures) -> list[str]:
    said = []
    rows = tables["buscas"]
    if rows:
        first = ", ".join(f"“{row['consulta']}”" for row in rows[:3])
        said.append(_("O que mais se procura em três meses: %s.") % first)
    missed = [row for row in tables["buscas-sem-resultado"] if row["sem_resultado"] is not None]
    if missed:
        said.append(
            _("A busca que mais ficou sem resultado é “%(query)s”: %(count)s vezes.")
            % {"query": missed[0]["consulta"], "count": whole(missed[0]["sem_resultado"])}
        )
    return said


_QUERY = Column(
    "consulta",
    gettext_lazy("O que se procurou"),
    gettext_lazy("As palavras da busca, sem acentos nem maiúsculas."),
)
_LANGUAGE = Column(
    "lingua",
    gettext_lazy("Língua"),
    gettext_lazy("Língua da página em que se buscou (BCP 47)."),
    shown=False,
)
_SEARCHES = Column(
    "buscas",
    gettext_lazy("Buscas"),
    gettext_lazy("Quantas vezes se procurou em três meses; só o que se procurou dez vezes, em três dias ou mais."),
    "integer",
    gettext_lazy("buscas"),
    person_count=True,
)
_WITHOUT_RESULT = Column(
    "sem_resultado",
    gettext_lazy("Sem resultado"),
    gettext_lazy("Das buscas, quantas não acharam nada."),
    "integer",
    gettext_lazy("buscas"),
    person_count=True,
)
SECTION = Section(
    "procura",
    gettext_lazy("O que as pessoas procuram"),
    gettext_lazy(
        "As palavras mais procuradas neste portal e as que não acham nada mostram o que falta escrever ou oferecer. "
        "Ninguém é identificado: só se conta o que muitas pessoas procuraram."
    ),
    (
        Table(
            "buscas-sem-resultado",
            gettext_lazy("Buscas sem resultado"),
            gettext_lazy("O que se procurou e não se achou nos últimos três meses, o mais frequente primeiro."),
            columns.FROM_SEARCH,
            (_QUERY, _LANGUAGE, _WITHOUT_RESULT),
            _missed,
            Bars("consulta", "sem_resultado", title=gettext_lazy("Buscas sem resultado em três meses, por consulta")),
        ),
        Table(
            "buscas",
            gettext_lazy("O que mais se procura"),
            gettext_lazy("O que se procurou nos últimos três meses, o mais frequente primeiro."),
            columns.FROM_SEARCH,
            (
                _QUERY,
                _LANGUAGE,
                _SEARCHES,
                _WITHOUT_RESULT,
                Column(
                    "refeitas",
                    gettext_lazy("Refeitas"),
                    gettext_lazy("Das buscas, quantas foram logo refeitas com outras palavras."),
                    "integer",
                    gettext_lazy("buscas"),
                    person_count=True,
                    shown=False,
                ),
                Column(
                    "observadas",
                    gettext_lazy("Observadas"),
                    gettext_lazy("De quantas se sabe se algum resultado foi aberto."),
                    "integer",
                    gettext_lazy("buscas"),
                    person_count=True,
                    shown=False,
                ),
                Column(
                    "sem_clique",
                    gettext_lazy("Nada aberto"),
                    gettext_lazy("Das observadas, em quantas ninguém abriu um resultado."),
                    "integer",
                    gettext_lazy("buscas"),
                    person_count=True,
                ),
            ),
            _rows,
            Bars("consulta", "buscas", title=gettext_lazy("Buscas em três meses, por consulta")),
        ),
    ),
    _said,
    gettext_lazy("Ainda não há buscas que se repitam o bastante para contar sem identificar ninguém."),
)
