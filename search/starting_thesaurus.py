"""The thesaurus that a city begins with: loaded once, from then on the editors' own.

One file a language, ``thesaurus/pt.jsonl``; a line is ``{"said": [...], "meant": [...]}``, who says the one finds the
other, or ``{"same": [...]}``, any finds any.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps as global_apps
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, transaction

from search.models import new_version
from search.rules import Synonyms
from services.models.fields import joined

FOLDER = Path(__file__).resolve().parent / "thesaurus"


def read_thesaurus(texts: Iterable[str]) -> Iterator[Synonyms]:
    """The groups of the lines of a file; empty lines count for nothing. Raises ``ValueError``."""
    for number, text in enumerate(texts, 1):
        if text.strip():
            yield _group(number, json.loads(text))


def _group(number: int, data: Any) -> Synonyms:
    match data:
        case {"said": [_, *_] as said, "meant": [_, *_] as meant, **rest} if not rest and _are_terms(said + meant):
            return Synonyms(said, meant)
        case {"same": [_, _, *_] as same, **rest} if not rest and _are_terms(same):
            return Synonyms(same, two_way=True)
    raise ValueError(f"line {number}: neither said and meant nor same: {data!r:.80}")


def _are_terms(terms: list[Any]) -> bool:
    return all(isinstance(term, str) and term.strip() for term in terms)


@transaction.atomic
def load_once(head: Any, group: Any, *, folder: Path = FOLDER) -> int:
    """Load the starting thesaurus into a database that never had it; how many groups were loaded.

    ``head`` and ``group`` are the models ``RulesHead`` and ``SynonymGroup``, or what they were at a migration.
    """
    rows = [
        group(
            language=file.stem,
            said=joined(synonyms.said),
            meant=joined(synonyms.meant),
            two_way=synonyms.two_way,
            origin="thesaurus",
        )
        for file in sorted(folder.glob("*.jsonl"))
        for synonyms in read_thesaurus(file.read_text(encoding="utf-8").splitlines())
    ]
    if not rows:
        return 0
    head.objects.get_or_create(pk=1)
    # Of two that begin at once, the second waits here and finds it done.
    if not head.objects.filter(thesaurus_loaded=False).update(thesaurus_loaded=True, version=new_version()):
        return 0
    group.objects.bulk_create(rows)
    return len(rows)


def load_after_migrating(using: str, apps: Apps = global_apps, **_signal: Any) -> None:
    """Every installation has it as soon as its tables are there."""
    if using != DEFAULT_DB_ALIAS:
        return
    try:
        head, group = (apps.get_model("conecta_search", name) for name in ("RulesHead", "SynonymGroup"))
    except LookupError:
        # Migrated back to before there were rules.
        return
    load_once(head, group)
