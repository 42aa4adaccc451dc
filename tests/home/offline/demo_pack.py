"""The demonstration charter as a phone keeps it, made of its files: no database is asked."""

from functools import cache
from typing import Any

from home.offline.items import KINDS, city_item, item_of
from home.offline.pack import told_rules
from search.rules import Rules, rules_of
from search.starting_thesaurus import FOLDER, read_thesaurus
from search.text import LANGUAGES
from services.completing import complete, with_commitments
from services.heads import Heads
from services.languages import source_locale
from services.record import City, Entry
from tests.home.test_demo_charter import charter


@cache
def records() -> list[Entry]:
    """The records as publishing completes them: references with titles and addresses, commitments of the city."""
    heads = Heads(source_locale())
    every = [record.model_copy(update={"url": _address(record)}) for record in charter()]
    for record in sorted(every, key=lambda each: each.kind != "city"):
        heads.remember(record)
    for record in every:
        if record.kind == "secretariat":
            heads.remember(with_commitments(record, heads))
    return [complete(record, url=_address(record), heads=heads) for record in every]


def _address(record: Entry) -> str:
    return f"/{record.kind}/{record.slug}/" if record.kind in KINDS else ""


def rules() -> Rules:
    """The thesaurus with which a city begins."""
    lines = (FOLDER / "pt.jsonl").read_text(encoding="utf-8").splitlines()
    return rules_of(LANGUAGES["pt"], synonyms=read_thesaurus(lines))


@cache
def demo_pack() -> dict[str, Any]:
    """What ``home.offline.pack.charter`` gives for the demonstration, in Portuguese."""
    city = next(record for record in records() if isinstance(record, City))
    kept = sorted((record for record in records() if record.kind in KINDS), key=lambda each: (each.kind, each.title))
    items = [item_of(record, city=city, locale="pt-br") for record in kept]
    cursor = "0123abcd.00000255-0123456789"
    return {"cursor": cursor, "city": city_item(city), "items": items, "rules": told_rules("pt-br", items, rules())}
