"""Promised against measured time: who rates may say how long it took, and the charter what was promised then."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy

from feedback.models import RatingSum
from home.observatory import columns
from home.observatory.reading import Reading
from home.observatory.shape import Bars, Column, Row, Table
from home.observatory.shares import interval, percent


def kept_by_body(reading: Reading) -> dict[str, Counter[str]]:
    """How many of each body's ratings say ``kept`` and how many ``late``: one query."""
    rows = RatingSum.objects.filter(
        split=RatingSum.Split.PROMISE, subject__in=reading.bodies, month__gte=reading.starts
    )
    number = Sum(F("one") + F("two") + F("three") + F("four") + F("five"))
    found: dict[str, Counter[str]] = {}
    for body_id, part, count in rows.order_by().values_list("subject", "part").annotate(number=number):
        found.setdefault(body_id, Counter())[part] += count
    return found


def _rows(reading: Reading) -> Iterator[Row]:
    found = kept_by_body(reading)
    for body_id, name in reading.bodies.items():
        said = found.get(body_id, Counter())
        if said.total():
            low, high = interval(said["kept"], said.total())
            yield {
                "orgao_id": body_id,
                "orgao": name,
                "disseram": said.total(),
                "no_prazo": percent(said["kept"], said.total()),
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
