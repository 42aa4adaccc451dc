"""Commitments kept: what is brought before the ombudsman is answered in 30 days, once extended by 30 (art. 16)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from statistics import mean, median

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback import configured
from feedback.deadlines import ANSWER_DAYS, last_day, last_day_extended
from feedback.models import Manifestation
from home.observatory import columns, promises
from home.observatory.numbers import decimal, whole
from home.observatory.reading import Reading
from home.observatory.shape import Bars, Column, Figures, Row, Section, Table
from home.observatory.shares import percent
from home.observatory.withholding import HELD, LEAST
from services.record import City

_KIND = Column("tipo", gettext_lazy("Tipo"), gettext_lazy("Tipo de manifestação."), translated=True)
_RECEIVED = Column(
    "recebidas",
    gettext_lazy("Recebidas"),
    gettext_lazy("Manifestações recebidas em doze meses."),
    "integer",
    columns.MANIFESTATIONS,
    person_count=True,
)
_ANSWERED = Column(
    "respondidas",
    gettext_lazy("Respondidas"),
    gettext_lazy("Das recebidas, as que já tiveram resposta."),
    "integer",
    columns.MANIFESTATIONS,
    person_count=True,
)
_TIMES = (
    Column(
        "em_30_dias",
        gettext_lazy("Em 30 dias"),
        gettext_lazy(
            "Parte respondida em 30 dias corridos (o último dia, se não útil, passa para o seguinte), entre as "
            "respondidas e as que já passaram desse prazo."
        ),
        "percent",
        columns.PERCENT,
        of="recebidas",
    ),
    Column(
        "em_60_dias",
        gettext_lazy("Em 60 dias"),
        gettext_lazy(
            "Parte respondida em 60 dias, que é o prazo prorrogado uma vez, entre as respondidas e as que já passaram "
            "dele."
        ),
        "percent",
        columns.PERCENT,
        of="recebidas",
    ),
    Column(
        "dias_media",
        gettext_lazy("Média de dias"),
        gettext_lazy("Média de dias até a primeira resposta, das respondidas."),
        "number",
        columns.DAYS,
        of="respondidas",
    ),
    Column(
        "dias_mediana",
        gettext_lazy("Mediana de dias"),
        gettext_lazy("Metade das respondidas teve a primeira resposta até este dia."),
        "number",
        columns.DAYS,
        of="respondidas",
    ),
)


@dataclass(frozen=True)
class _Kept:
    """When one was received and answered."""

    received: date
    answered: date | None


def _kept(manifestation: Manifestation) -> _Kept:
    answered = manifestation.first_answered_at
    return _Kept(
        timezone.localdate(manifestation.received_at),
        timezone.localdate(answered) if answered else None,
    )


def times(found: Sequence[Manifestation], *, city: City | None, today: date) -> Row:
    """How many of these were answered, and when. A day is over when ``today`` is after it."""
    kept = [_kept(each) for each in found]
    days = [(each.answered - each.received).days for each in kept if each.answered]

    def within(last: Callable[..., date]) -> float | None:
        # Many are received on the same day; the rule is the one by which they were told until when.
        until = cache(partial(last, days=ANSWER_DAYS, city=city, next_working_day=configured.next_working_day()))
        limits = [(each, until(each.received)) for each in kept]
        judged = [(each, limit) for each, limit in limits if each.answered or limit < today]
        if len(judged) < LEAST:
            return None
        return percent(sum(bool(each.answered and each.answered <= limit) for each, limit in judged), len(judged))

    return {
        "recebidas": len(kept),
        "respondidas": len(days),
        "em_30_dias": within(last_day),
        "em_60_dias": within(last_day_extended),
        "dias_media": round(mean(days), 1) if days else None,
        "dias_mediana": float(median(days)) if days else None,
    }


def _of_the_city(reading: Reading) -> Iterator[Row]:
    told = times(reading.manifestations, city=reading.city, today=reading.today)
    yield {"inicio": f"{reading.starts}", "fim": f"{reading.ends}", **told}


def _of_kinds(reading: Reading) -> Iterator[Row]:
    for kind in Manifestation.Kind:
        found = [each for each in reading.manifestations if each.kind == kind]
        if found:
            held = "" if kind in reading.manifestations_told.kinds else "recebidas"
            yield {"tipo": str(kind.label), HELD: held, **times(found, city=reading.city, today=reading.today)}


def _of_bodies(reading: Reading) -> Iterator[Row]:
    for body_id, name, found in of_each_body(reading, lambda each: not each.restricted):
        held = "" if body_id in reading.manifestations_told.bodies else "recebidas"
        told = times(found, city=reading.city, today=reading.today)
        yield {"orgao_id": body_id, "orgao": name, HELD: held, **told}


def of_each_body(
    reading: Reading, asked: Callable[[Manifestation], bool]
) -> Iterator[tuple[str, str, list[Manifestation]]]:
    """Id, name and manifestations of each body that has any; the last is for those that name none."""
    found: dict[str, list[Manifestation]] = {}
    for each in reading.manifestations:
        if asked(each):
            found.setdefault(each.body_id if each.body_id in reading.bodies else "", []).append(each)
    for body_id, name in reading.bodies.items():
        if body_id in found:
            yield body_id, name, found[body_id]
    if "" in found:
        yield "", _("Sem órgão definido"), found[""]


def _said(tables: Figures) -> list[str]:
    said = []
    for row in tables["manifestacoes-cidade"]:
        if not row["recebidas"]:
            continue
        said.append(
            _("A Ouvidoria recebeu %(received)s manifestações em doze meses e já respondeu %(answered)s.")
            % {"received": whole(row["recebidas"]), "answered": whole(row["respondidas"]) or _("menos de dez")}
        )
        if row["em_30_dias"] is not None:
            said.append(_("%s%% foram respondidas em 30 dias, o prazo da lei.") % decimal(row["em_30_dias"]))
        if row["dias_mediana"] is not None:
            said.append(
                _("Metade teve resposta em até %(median)s dias; a média é de %(mean)s dias.")
                % {"median": decimal(row["dias_mediana"]), "mean": decimal(row["dias_media"])}
            )
    return said


SECTION = Section(
    "compromissos",
    gettext_lazy("Prazos cumpridos"),
    gettext_lazy(
        "A lei dá 30 dias para responder a quem reclama, denuncia, sugere ou elogia; com uma justificativa, o prazo "
        "pode ser prorrogado uma vez por mais 30. Aqui se vê se a Prefeitura cumpre."
    ),
    (
        Table(
            "prazos-orgaos",
            gettext_lazy("Prazos de resposta por órgão"),
            gettext_lazy(
                "Manifestações recebidas em doze meses e quando foram respondidas, por órgão; as denúncias não entram."
            ),
            columns.FROM_MANIFESTATIONS,
            (columns.BODY_ID, columns.BODY, _RECEIVED, _ANSWERED, *_TIMES),
            _of_bodies,
            Bars(
                "orgao",
                "em_30_dias",
                full=100,
                title=gettext_lazy("Parte respondida em 30 dias por órgão, em por cento"),
            ),
            whole=True,
        ),
        promises.TABLE,
        Table(
            "manifestacoes-tipos",
            gettext_lazy("Manifestações por tipo"),
            gettext_lazy("Manifestações recebidas em doze meses na cidade, por tipo; só aqui entram as denúncias."),
            columns.FROM_MANIFESTATIONS,
            (_KIND, _RECEIVED, _ANSWERED, *_TIMES),
            _of_kinds,
            whole=True,
        ),
        Table(
            "manifestacoes-cidade",
            gettext_lazy("Prazos de resposta na cidade"),
            gettext_lazy("Todas as manifestações recebidas em doze meses e quando foram respondidas."),
            columns.FROM_MANIFESTATIONS,
            (columns.STARTS, columns.ENDS, _RECEIVED, _ANSWERED, *_TIMES),
            _of_the_city,
        ),
    ),
    _said,
    gettext_lazy("Ainda não há dez manifestações. Com dez, os números aparecem aqui."),
)
