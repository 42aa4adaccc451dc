"""Both engines give the same answer to every question: hits in the same order, totals, facets, words."""

import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import FILTERS, Document, document_of, key_of
from search.engines.base import Engine, Removal, Sort
from search.engines.elasticsearch import Elasticsearch
from search.engines.embedded import Embedded
from search.plan import Place, Plan, Vocabulary, plan_for, prefix_for
from search.spelling import Spelling
from services.interchange import FORMATS, open_source
from services.record import Entry
from services.record.service import Channel, Channels, Step
from tests.elasticsearch import own_indices, plain
from tests.records import district, ref, secretariat, service, topic
from tests.records import key_of as entry_key
from tests.search.engines.contract import fill, take_in
from tests.services.interchange.charters import REAL, needs_real_charters
from tests.strategies import NASTY

WORDS = re.findall(
    r"\S+",
    """
    podar árvore alvará construção segunda via 2ª IPTU e-SIC C.P.F. matrícula escola saúde médico consulta iluminação
    poste rua buraco asfalto coleta lixo entulho cadastro único bolsa família certidão negativa débito de da para
    """,
)
BODIES = [secretariat(f"Secretaria {name}") for name in ("da Saúde", "de Obras", "da Fazenda")]
TOPICS = [topic(name) for name in ("Saúde", "Ruas", "Impostos", "Árvores")]
PLACES = [district(name) for name in ("Norte", "Sul")]
CHANNELS: tuple[Any, ...] = ("web", "phone", "in_person", "email")
Both = tuple[Engine, Engine]


def generated(number: int, chance: random.Random) -> Entry:
    def words(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    return service(
        words(5),
        key=entry_key("service", str(number)),
        url=f"/servicos/{number}/",
        popular_names=[words(3) for _ in range(chance.randint(0, 2))],
        acronym=chance.choice(["", "", "SISREG", "IPTU"]),
        keywords=[words(2) for _ in range(chance.randint(0, 3))],
        summary=words(12) + chance.choice(NASTY),
        description=f"<p>{words(20)}</p>",
        secretariat=ref(chance.choice(BODIES)),
        topics=[ref(each) for each in chance.sample(TOPICS, chance.randint(0, 2))],
        area_served=[ref(each) for each in chance.sample(PLACES, chance.randint(0, 1))],
        free=chance.choice([None, True, False]),
        steps=[Step(title=words(2), channels=Channels(default=[Channel(type=chance.choice(CHANNELS))]))],
    )


def document(sequence: int, record: Entry) -> Document:
    found = document_of(record, sequence=sequence)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def elasticsearch() -> Iterator[Elasticsearch]:
    with own_indices(plain()) as access:
        yield Elasticsearch(access)


@pytest.fixture(scope="module")
def both(elasticsearch: Elasticsearch, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """The same documents in both; some of them changed and removed later."""
    chance = random.Random(4)
    records = [*BODIES, *TOPICS, *(generated(number, chance) for number in range(300))]
    changed = [generated(number, chance) for number in range(40)]
    gone = [Removal(key_of("service", record.id, "pt-br")) for record in records[-20:]]
    engines = Embedded(tmp_path_factory.mktemp("index")), elasticsearch
    for engine in engines:
        fill(engine, [], "e.1", documents=[document(place, record) for place, record in enumerate(records)])
        take_in(engine, [*(document(1000 + place, record) for place, record in enumerate(changed)), *gone], "e.2")
    return engines


def vocabulary(engine: Engine) -> Vocabulary:
    counts = engine.vocabulary("pt-br")
    return Vocabulary(counts.documents, counts.frequencies, Spelling())


def misspelt(word: str) -> st.SearchStrategy[str]:
    return st.integers(0, max(len(word) - 1, 0)).map(lambda place: word[:place] + word[place + 1 :])


queries = st.lists(
    st.sampled_from(WORDS) | st.sampled_from(WORDS).flatmap(misspelt) | st.sampled_from(NASTY) | st.text(max_size=5),
    max_size=8,
).map(" ".join)
FILED = [each.id for each in (*BODIES, *TOPICS, *PLACES)]
filters = st.dictionaries(
    st.sampled_from(FILTERS),
    st.lists(st.sampled_from(["service", "topic", "online", "in_person", "remote", "true", *FILED]), max_size=3),
    max_size=3,
)
places = st.builds(
    Place, st.sampled_from(["title_stem", "title_exact", "any_stem"]), st.sampled_from(["arvor", "rua", "lix"])
)


def test_the_same_words(both: Both) -> None:
    embedded, server = (engine.vocabulary("pt-br") for engine in both)
    assert embedded == server
    assert embedded.documents == 287


@given(
    query=queries,
    filters=filters,
    facets=st.sets(st.sampled_from(FILTERS)),
    page=st.integers(1, 4),
    sort=st.sampled_from(get_args(Sort)),
    required=st.lists(st.lists(places, min_size=1, max_size=2).map(tuple), max_size=1),
    excluded=st.lists(places, max_size=2),
    pinned=st.lists(st.integers(0, 60), max_size=3, unique=True),
)
def test_the_same_answer(both: Both, query: str, filters, facets, page: int, sort, required, excluded, pinned) -> None:
    plan = replace(
        plan_for(query, "pt-br", vocabulary(both[0])),
        required=tuple(required),
        excluded=tuple(excluded),
        pinned=tuple(
            key_of("service", service("", key=entry_key("service", str(number))).id, "pt-br") for number in pinned
        ),
    )
    asked = [
        engine.search(plan, filters=filters, facets=sorted(facets), page=page, size=10, sort=sort) for engine in both
    ]
    assert asked[0] == asked[1]


@given(text=queries)
def test_the_same_suggestions(both: Both, text: str) -> None:
    embedded, server = (engine.suggest(prefix_for(text, "pt-br"), limit=10) for engine in both)
    assert embedded == server


@needs_real_charters
@pytest.mark.skipif(os.environ.get("HYPOTHESIS_PROFILE") != "long", reason="one of the long checks")
def test_the_same_first_ten_of_real_charters(elasticsearch: Elasticsearch, tmp_path: Path) -> None:
    federal = FORMATS["federal-v3"]
    records = federal.read(open_source(REAL, federal.suffixes)).records
    engines = Embedded(tmp_path / "index"), elasticsearch
    for engine in engines:
        fill(engine, (record for record in records if document_of(record)), "e.1")
    known = vocabulary(engines[0])
    for line in (REAL.parent / "queries-dev.jsonl").read_text(encoding="utf-8").splitlines():
        plan: Plan = plan_for(json.loads(line)["query"], "pt-br", known)
        embedded, server = (engine.search(plan, filters={}, size=10) for engine in engines)
        assert embedded == server, line
