"""Promised against measured time: who rates may say how long it took, and the charter what was promised then."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from feedback.panel.promises import kept_promises
from home.observatory import columns
from home.observatory.reading import Reading
from home.observatory.shape import Bars, Column, Row, Table
from home.observatory.shares import interval, percent


def _rows(reading: Reading) -> Iterator[Row]:
    found = kept_promises(reading.at)
    for body_id, name in reading.bodies.items():
        kept, late = found.get(body_id, (0, 0))
        if kept + late:
            low, high = interval(kept, kept + late)
            yield {
                "orgao_id": body_id,
                "orgao": name,
                "disseram": kept + late,
                "no_prazo": percent(kept, kept + late),
                "no_prazo_min": low,
                "no_prazo_max": high,
            }


TABLE = Table(
    "prazos-prometidos",
    gettext_lazy("Prazo prometido na carta e prazo de verdade, por órgão"),
    gettext_lazy(
        "De quem avaliou e disse quanto tempo levou, a parte atendida no prazo máximo que a carta prometia naquele dia."
    ),
    columns.FROM_RATINGS,
    (
        columns.BODY_ID,
        columns.BODY,
        Column(
            "disseram",
            gettext_lazy("Disseram quanto levou"),
            gettext_lazy("Avaliações que dizem quanto tempo levou um serviço com prazo prometido."),
            "integer",
            columns.RATINGS,
            person_count=True,
        ),
        Column(
            "no_prazo",
            gettext_lazy("No prazo"),
            gettext_lazy("Parte atendida no prazo prometido."),
            "percent",
            columns.PERCENT,
            of="disseram",
        ),
        Column(
            "no_prazo_min",
            gettext_lazy("No prazo, no mínimo"),
            gettext_lazy("Começo do intervalo de 95 em 100 da parte no prazo (Wilson)."),
            "percent",
            columns.PERCENT,
            of="disseram",
            shown=False,
        ),
        Column(
            "no_prazo_max",
            gettext_lazy("No prazo, no máximo"),
            gettext_lazy("Fim do intervalo de 95 em 100 da parte no prazo (Wilson)."),
            "percent",
            columns.PERCENT,
            of="disseram",
            shown=False,
        ),
    ),
    _rows,
    Bars(
        "orgao",
        "no_prazo",
        "no_prazo_min",
        "no_prazo_max",
        full=100,
        title=gettext_lazy("Parte atendida no prazo prometido por órgão, em por cento"),
    ),
    whole=True,
)
