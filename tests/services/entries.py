"""Entries that tests point to, taken over by the importer as any other."""

from collections.abc import Iterable

from django.db import connection

from services.importing import Importer, Options, Summary
from services.mapping import own_record
from services.models import ENTRY_MODELS, PublishedRecord
from services.projecting import wanted
from services.record import Audience, Entry, Form, LifeEvent, Question, Ref, to_json
from services.record.identity import id_of
from tests import records


def _named(record_type: type[Entry], kind: str, title: str) -> Entry:
    key = records.key_of(kind, title)
    return record_type(kind=kind, key=key, id=id_of(key), title=title, slug=title.lower())


def bare(entry: Entry) -> Ref:
    """A reference as an import brings it: without title and address."""
    return Ref(kind=entry.kind, id=entry.id)


def small_charter() -> dict[str, list[Entry]]:
    """Two of what entries point to, by kind, as an import brings them."""
    bodies = [records.secretariat(title, url="") for title in ("Saúde", "Finanças")]
    found: list[Entry] = [
        *bodies,
        *(records.district(title, url="") for title in ("Sede", "Inhobim")),
        *(records.topic(title, url="") for title in ("Impostos", "Consultas")),
        *(_named(Audience, "audience", title) for title in ("Idosos", "Empresas")),
        *(_named(LifeEvent, "life_event", title) for title in ("Nascer", "Morrer")),
        *(_named(Question, "question", title) for title in ("Onde", "Quanto")),
        *(_named(Form, "form", title) for title in ("Requerimento", "Recurso")),
        *(records.unit(title, url="", secretariat=bare(bodies[0])) for title in ("Posto", "Praça")),
        *(records.service(title, url="", secretariat=bare(bodies[0])) for title in ("Consulta", "Vacina")),
    ]
    kinds = dict.fromkeys(entry.kind for entry in found)
    return {kind: [entry for entry in found if entry.kind == kind] for kind in kinds}


def take_over(entries: Iterable[Entry], **options: bool) -> Summary:
    """Import records as they are, short of what the law asks or not."""
    return Importer(Options(**{"publish_incomplete": True, **options})).run(entries)


def stored(record: Entry):
    """The entry behind a record, fresh from the database, in the source language."""
    rows = ENTRY_MODELS[record.kind]._default_manager.filter(record_id=record.id)
    return rows.get() if record.kind in ("alert", "city") else rows.get(locale__language_code="pt-br")


def public(record: Entry) -> str:
    """What is public of an entry in the source language."""
    head = PublishedRecord.objects.public().filter(kind=record.kind, entry_id=record.id, locale="pt-br").first()
    return head.body if head else ""


def wanted_public(record: Entry) -> str:
    """What should be public of it, as its page stands."""
    return "".join(to_json(complete) for _own, complete, _revision in wanted(record.kind, record.id).values())


def said(record: Entry) -> str:
    """What the entry behind a record says itself, as canonical JSON."""
    return to_json(own_record(stored(record)))


def every_row() -> list[str]:
    """Every row of every table that the application has, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if "fts" not in table:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                found += sorted(f"{table}: {row}" for row in cursor.fetchall())
    return found
