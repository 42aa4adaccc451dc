"""Valid records, and the rows of the log that publishing would write for them."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

from services.models import LogHead, PublishedRecord, RecordLink
from services.record import (
    SCHEMA,
    Alert,
    City,
    Demand,
    District,
    Entry,
    Form,
    Rating,
    Ref,
    Secretariat,
    Service,
    Topic,
    Unit,
    etag_of,
    to_json,
)
from services.record.identity import id_of, key_for
from services.record.service import Channel, Channels, Document, Documents, QuestionText, Step
from services.record.values import Standard, Standards, TimeEstimate
from services.references import references

PUBLISHED_AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
#: A step with a document and a channel.
STEP = Step(
    title="Fazer o pedido",
    documents=Documents(default=[Document(name="RG")]),
    channels=Channels(default=[Channel(type="phone", text="156")]),
)
#: The commitments without which no service goes public.
STANDARDS = Standards(
    manifestation=Standard(text="<p>Ligue 156.</p>", origin="service"),
    priority=Standard(text="<p>Pessoas idosas.</p>", origin="service"),
    waiting=Standard(text="<p>Até 30 minutos.</p>", origin="service"),
    communication=Standard(text="<p>Por telefone.</p>", origin="service"),
    manifestation_handling=Standard(text="<p>A Ouvidoria responde em 30 dias.</p>", origin="service"),
    status_lookup=Standard(text="<p>Com o protocolo, pelo 156.</p>", origin="service"),
)


def key_of(kind: str, name: str) -> uuid.UUID:
    """The same key for the same name, in every test."""
    return key_for("tests", kind, name)


def ref(entry: Entry) -> Ref:
    """A reference to an entry as publishing fills it in."""
    return Ref(kind=entry.kind, id=entry.id, title=entry.title, url=entry.url)


def _identity(kind: str, title: str, path: str, overrides: dict[str, Any]) -> dict[str, Any]:
    slug = overrides.get("slug") or title.lower().replace(" ", "-")
    key = overrides.get("key") or key_of(kind, title)
    own = {"kind": kind, "key": key, "id": id_of(key), "title": title, "slug": slug, "url": f"/{path}/{slug}/"}
    return own | overrides


def secretariat(title: str = "Secretaria da Saúde", **overrides: Any) -> Secretariat:
    """A body."""
    given = {"acronym": "SMS", "summary": "Cuida da saúde de quem mora na cidade."}
    return Secretariat(**(_identity("secretariat", title, "orgaos", overrides) | given | overrides))


def topic(title: str = "Saúde", **overrides: Any) -> Topic:
    """A theme."""
    return Topic(**_identity("topic", title, "temas", overrides))


def district(title: str = "Sede", **overrides: Any) -> District:
    """A part of the municipality."""
    return District(**_identity("district", title, "distritos", overrides))


def unit(title: str = "Posto Central", **overrides: Any) -> Unit:
    """A place of attendance."""
    given = {
        "secretariat": ref(secretariat()),
        "summary": "Atendimento de segunda a sexta.",
        "how_to_get_there": "Ao lado da praça.",
    }
    return Unit(**(_identity("unit", title, "unidades", overrides) | given | overrides))


def form(title: str = "Requerimento", **overrides: Any) -> Form:
    """A form to fill in."""
    return Form(**_identity("form", title, "formularios", overrides))


def city(title: str = "Vitória da Conquista", **overrides: Any) -> City:
    """The city."""
    own = _identity("city", title, "cidade", overrides) | {"slug": "", "url": ""}
    return City(**(own | overrides))


def alert(title: str = "Chuva forte", **overrides: Any) -> Alert:
    """A notice that has no page; say when it ``starts``."""
    own = _identity("alert", title, "avisos", overrides) | {"slug": "", "url": ""}
    return Alert(**(own | overrides))


def question(title: str, *answers: str) -> QuestionText:
    """A question as a service embeds it; its answers are their own keys."""
    told = [{"key": answer.lower(), "text": answer} for answer in answers]
    return QuestionText(id=id_of(key_of("question", title)), title=title, answers=told)


def service(title: str = "Marcar consulta", **overrides: Any) -> Service:
    """A service that says no more than what it is."""
    given = {"secretariat": ref(secretariat()), "summary": "Marca uma consulta no posto perto de você."}
    return Service(**(_identity("service", title, "servicos", overrides) | given | overrides))


def complete_service(title: str = "Marcar consulta no posto", **overrides: Any) -> Service:
    """A service that says all that the gate asks (Lei 13.460 art. 7), in as few words as it takes."""
    given = {
        "requirements": "<p>Morar na cidade.</p>",
        "steps": [STEP],
        "time": TimeEstimate(type="up_to", max=5, unit="working_days"),
        "standards": STANDARDS,
    }
    return service(title, **(given | overrides))


def demand(query: str = "segunda via", *, searches: int = 10, locale: str = "pt-BR", **counts: int) -> Demand:
    """What people looked for."""
    key = key_of("demand", query)
    return Demand(kind="demand", key=key, id=id_of(key), title=query, locale=locale, searches=searches, **counts)


def rating(of: Service, mean: float, *, count: int = 20) -> Rating:
    """What people say of a service; the distribution is one that might have given the mean."""
    held = [0, 0, 0, 0, 0]
    held[round(mean) - 1] = count
    return Rating(
        kind="rating",
        key=of.key,
        id=of.id,
        locale="pt-BR",
        title=of.title,
        count=count,
        mean=mean,
        low=max(1, mean - 0.5),
        high=min(5, mean + 0.5),
        distribution=held,
        starts=date(2026, 1, 5),
        ends=date(2026, 2, 27),
    )


def put_record(record: Entry, *, sequence: int | None = None) -> PublishedRecord:
    """Publish a record: its head row, its links, its place in the log (the next one unless said)."""
    head = LogHead.objects.get_or_create(pk=1)[0]
    place = sequence or head.sequence + 1
    LogHead.take(max(place - head.sequence, 0))
    body = to_json(record)
    row, _created = PublishedRecord.objects.update_or_create(
        kind=record.kind,
        entry_id=record.id,
        locale=record.locale.lower(),
        defaults={
            "sequence": place,
            "deleted": False,
            "etag": etag_of(body),
            "schema": SCHEMA,
            "source": record.source,
            "source_id": record.source_id,
            "title": record.title,
            "slug": record.slug,
            "url": record.url,
            "body": body,
            "published_at": PUBLISHED_AT,
            "changed_at": PUBLISHED_AT,
        },
    )
    row.links.all().delete()
    RecordLink.objects.bulk_create(
        RecordLink(record=row, relation=relation, target_kind=target.kind, target_id=target.id)
        for relation, target in dict.fromkeys(references(record))
    )
    return row


def remove_record(row: PublishedRecord) -> None:
    """Leave the tombstone of a record at the head of the log."""
    place = LogHead.take(1)
    row.links.all().delete()
    PublishedRecord.objects.filter(pk=row.pk).update(deleted=True, body="", etag="", sequence=place)
