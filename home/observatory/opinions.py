"""What people say of services (Lei 13.460 art. 23 I), and SDG 16.6.2.

The indicator is the share of the population that was satisfied with its last experience of public services. Measured
here: of the ratings of twelve months that are counted, those with four or five stars.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from feedback.reasons import STARS as NAMES
from feedback.statistics import figures
from home.observatory import columns
from home.observatory.numbers import decimal, whole
from home.observatory.reading import Reading, Stood
from home.observatory.shape import Bars, Column, Figures, Row, Section, Table
from home.observatory.shares import interval, percent
from home.observatory.withholding import LEAST

_COUNT = Column(
    "avaliacoes",
    gettext_lazy("Avaliações"),
    gettext_lazy("Avaliações contadas em doze meses; ficam de fora as que chegaram em rajada de um mesmo lugar."),
    "integer",
    columns.RATINGS,
    person_count=True,
)
_SATISFIED = (
    Column(
        "satisfeitas",
        gettext_lazy("Satisfeitas"),
        gettext_lazy("Parte das avaliações com quatro ou cinco estrelas: de quem ficou satisfeito da última vez."),
        "percent",
        columns.PERCENT,
        of="avaliacoes",
    ),
    Column(
        "satisfeitas_min",
        gettext_lazy("Satisfeitas, no mínimo"),
        gettext_lazy("Começo do intervalo de 95 em 100 da parte satisfeita (Wilson)."),
        "percent",
        columns.PERCENT,
        of="avaliacoes",
        shown=False,
    ),
    Column(
        "satisfeitas_max",
        gettext_lazy("Satisfeitas, no máximo"),
        gettext_lazy("Fim do intervalo de 95 em 100 da parte satisfeita (Wilson)."),
        "percent",
        columns.PERCENT,
        of="avaliacoes",
        shown=False,
    ),
)
_MEAN = (
    Column(
        "media",
        gettext_lazy("Nota média"),
        gettext_lazy("Média das estrelas."),
        "number",
        columns.STARS,
        of="avaliacoes",
    ),
    Column(
        "media_min",
        gettext_lazy("Nota, no mínimo"),
        gettext_lazy("Começo do intervalo de 95 em 100 da média, próprio para notas de 1 a 5."),
        "number",
        columns.STARS,
        of="avaliacoes",
        shown=False,
    ),
    Column(
        "media_max",
        gettext_lazy("Nota, no máximo"),
        gettext_lazy("Fim do intervalo de 95 em 100 da média, próprio para notas de 1 a 5."),
        "number",
        columns.STARS,
        of="avaliacoes",
        shown=False,
    ),
)


def _of_the_city(reading: Reading) -> Iterator[Row]:
    _bodies, city = reading.stood
    yield {"inicio": f"{reading.starts}", "fim": f"{reading.ends}", **_told(city)}


def _of_bodies(reading: Reading) -> Iterator[Row]:
    bodies, _city = reading.stood
    for body_id, name in reading.bodies.items():
        stood = bodies.get(body_id)
        if stood and stood.count:
            yield {"orgao_id": body_id, "orgao": name, **_told(stood)}


def _of_stars(reading: Reading) -> Iterator[Row]:
    _bodies, city = reading.stood
    if city.count < LEAST:
        return
    for stars in sorted(NAMES, reverse=True):
        yield {"estrelas": stars, "nome": str(NAMES[stars]), "avaliacoes": city.stars[stars]}


def _of_services(reading: Reading) -> Iterator[Row]:
    bodies = {service.id: service.body_id for service in reading.services}
    for summary in sorted(reading.summaries, key=lambda summary: (summary.mean, summary.title.casefold())):
        satisfied = summary.distribution[3] + summary.distribution[4]
        low, high = interval(satisfied, summary.count)
        body_id = bodies.get(summary.id, "")
        yield {
            "servico_id": summary.id,
            "servico": summary.title,
            "orgao_id": body_id,
            "orgao": reading.bodies.get(body_id, ""),
            "avaliacoes": summary.count,
            "media": summary.mean,
            "media_min": summary.low,
            "media_max": summary.high,
            "satisfeitas": percent(satisfied, summary.count),
            "satisfeitas_min": low,
            "satisfeitas_max": high,
            "conseguiram": None if summary.managed is None else round(100 * summary.managed, 1),
        }


def _told(stood: Stood) -> Row:
    found = figures([stood.stars[stars] for stars in range(1, 6)])
    low, high = interval(stood.satisfied, stood.count)
    return {
        "avaliacoes": stood.count,
        "satisfeitas": percent(stood.satisfied, stood.count),
        "satisfeitas_min": low,
        "satisfeitas_max": high,
        "media": round(found.mean, 2) if found else None,
        "media_min": round(found.low, 2) if found else None,
        "media_max": round(found.high, 2) if found else None,
    }


def _said(tables: Figures) -> list[str]:
    said = []
    for row in tables["avaliacoes-cidade"]:
        if row["satisfeitas"] is None:
            continue
        shown = {name: decimal(row[name]) for name in ("satisfeitas", "satisfeitas_min", "satisfeitas_max")}
        said.append(
            _(
                "%(satisfeitas)s%% das avaliações dizem que a pessoa ficou satisfeita com o último serviço que usou "
                "(quatro ou cinco estrelas). Com 95%% de confiança, a parte está entre %(satisfeitas_min)s%% e "
                "%(satisfeitas_max)s%%."
            )
            % shown
        )
        number = row["avaliacoes"] if isinstance(row["avaliacoes"], int) else 0
        said.append(
            ngettext(
                "A nota média da cidade é %(mean)s, de 1 a 5, em %(count)s avaliação de doze meses.",
                "A nota média da cidade é %(mean)s, de 1 a 5, em %(count)s avaliações de doze meses.",
                number,
            )
            % {"mean": decimal(row["media"]), "count": whole(number)}
        )
    return said


SECTION = Section(
    "satisfacao",
    gettext_lazy("O que as pessoas dizem"),
    gettext_lazy(
        "Quem usa um serviço dá de uma a cinco estrelas. É assim que a cidade mede o indicador 16.6.2 dos Objetivos "
        "de Desenvolvimento Sustentável: a parte das pessoas satisfeitas com a última experiência com os serviços "
        "públicos. Responde quem quer, por isso os números contam o que disseram as pessoas que avaliaram."
    ),
    (
        Table(
            "avaliacoes-orgaos",
            gettext_lazy("Avaliações por órgão"),
            gettext_lazy(
                "Satisfação e nota média dos serviços de cada órgão em doze meses. Serviços com menos de dez "
                "avaliações entram na conta quando, juntos, somam dez ou mais."
            ),
            columns.FROM_RATINGS,
            (columns.BODY_ID, columns.BODY, _COUNT, *_SATISFIED, *_MEAN),
            _of_bodies,
            Bars(
                "orgao",
                "satisfeitas",
                "satisfeitas_min",
                "satisfeitas_max",
                full=100,
                title=gettext_lazy("Parte satisfeita por órgão, em por cento"),
            ),
            whole=True,
        ),
        Table(
            "avaliacoes-estrelas",
            gettext_lazy("Avaliações por número de estrelas"),
            gettext_lazy("Quantas avaliações a cidade recebeu com cada número de estrelas em doze meses."),
            columns.FROM_RATINGS,
            (
                Column(
                    "estrelas",
                    gettext_lazy("Estrelas"),
                    gettext_lazy("De 1, péssima, a 5, excelente."),
                    "integer",
                    columns.STARS,
                ),
                Column("nome", gettext_lazy("Nome"), gettext_lazy("Como o formulário chama a nota."), translated=True),
                # As on the panels: of ten or more it is told how many gave each.
                replace(_COUNT, person_count=False),
            ),
            _of_stars,
            Bars("nome", "avaliacoes", title=gettext_lazy("Avaliações por número de estrelas")),
        ),
        Table(
            "avaliacoes-cidade",
            gettext_lazy("Satisfação na cidade (ODS 16.6.2)"),
            gettext_lazy(
                "Parte das avaliações de doze meses com quatro ou cinco estrelas, de toda a cidade, com o intervalo "
                "de confiança; e a nota média. Só com dez avaliações ou mais."
            ),
            columns.FROM_RATINGS,
            (columns.STARTS, columns.ENDS, _COUNT, *_SATISFIED, *_MEAN),
            _of_the_city,
        ),
        Table(
            "avaliacoes-servicos",
            gettext_lazy("Avaliações por serviço"),
            gettext_lazy("Os serviços com dez avaliações ou mais em doze meses, a menor nota primeiro."),
            columns.FROM_RATINGS,
            (
                columns.SERVICE_ID,
                columns.SERVICE,
                columns.BODY_ID,
                replace(columns.BODY, shown=False),
                _COUNT,
                *_SATISFIED,
                *_MEAN,
                Column(
                    "conseguiram",
                    gettext_lazy("Conseguiram"),
                    gettext_lazy("De quem respondeu se conseguiu o que foi fazer, a parte que disse que sim."),
                    "percent",
                    columns.PERCENT,
                    of="avaliacoes",
                ),
            ),
            _of_services,
        ),
    ),
    _said,
    gettext_lazy("Ainda não há dez avaliações. Com dez, os números aparecem aqui."),
)
