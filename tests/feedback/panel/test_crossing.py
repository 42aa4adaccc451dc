"""Nothing of few people follows from all that is published together, whatever is taken from what."""

import itertools
import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from feedback.channels import CHANNELS
from feedback.models import Rating, RatingSum
from feedback.panel.bridges import Line, Web
from feedback.panel.leaving_out import left_out
from feedback.panel.open_data import rows
from feedback.panel.reading import panel
from feedback.reasons import GOOD
from feedback.statistics import LEAST
from feedback.summing import recompute, sum_up
from feedback.sums import of_services, since
from services.record import Service
from tests.feedback.panel.attacker import Attacker
from tests.records import complete_service, district, put_record, ref, secretariat, unit

AT = datetime(2026, 11, 27, 15, tzinfo=UTC)
BODIES = [secretariat(), secretariat("Secretaria de Obras", acronym="SEMOB"), secretariat("Fazenda", acronym="SEFIN")]
DISTRICTS = [district("Norte"), district("Sul")]
UNITS = [unit(f"Posto {n}", district=ref(DISTRICTS[n % 2])) for n in range(3)]
TITLES = ("Marcar consulta", "Tomar vacina", "Tapar buraco", "Podar árvore", "Pagar o IPTU", "Trocar lâmpada")
SPLITS: dict[str, Callable[[Rating], str]] = {
    "mes": lambda rating: f"{rating.received_at:%Y-%m}",
    "atendimento": lambda rating: str(CHANNELS[rating.channel]) if rating.channel else "",
    "unidade": lambda rating: rating.unit_id,
}


def services() -> list[Service]:
    return [complete_service(title, secretariat=ref(BODIES[n // 2])) for n, title in enumerate(TITLES)]


def city(seed: int) -> list[Rating]:
    """Ratings of a small city, so unlike each other that many cells are of few."""
    chance = random.Random(seed)
    found = []
    for service in services():
        habits = [chance.choice(["", "phone", "digital", "in_person"]) for _ in range(3)]
        places = [chance.choice(["", *(place.id for place in UNITS)]) for _ in range(2)]
        found += [
            Rating(
                token=uuid.UUID(int=chance.getrandbits(128)),
                service_id=service.id,
                body_id=service.secretariat.id if service.secretariat else "",
                locale="pt-br",
                stars=4,
                reasons=chance.sample(sorted(GOOD), chance.choice([0, 0, 1, 2])),
                managed=chance.choice(["", "", "yes", "no"]),
                channel=chance.choice(habits),
                unit_id=chance.choice(places),
                received_at=AT - timedelta(days=chance.choice([3, 3, 30, 40, 70])),
            )
            for _ in range(chance.choice([0, 2, 4, 7, 12, 25, 40, 70]))
        ]
    return found


@pytest.fixture
def charter(db: None) -> None:
    cache.clear()
    for record in (*BODIES, *DISTRICTS, *UNITS, *services()):
        put_record(record)


def scope(ratings: list[Rating]) -> dict[str, list[Rating]]:
    """Of each subject the ratings that are in its figures."""
    services_of = of_services(first=since(AT))
    found = {"": [each for each in ratings if each.service_id not in left_out("", services_of)]}
    for body in BODIES:
        out = left_out(body.id, services_of)
        found[body.id] = [each for each in ratings if each.body_id == body.id and each.service_id not in out]
    for service in services():
        found[service.id] = [each for each in ratings if each.service_id == service.id]
    return found


def atoms(ratings: list[Rating], split: str = "", part: str = "") -> set[tuple[str, ...]]:
    """What a sum is a sum of: of each service every way in which its parts may cross, and no part that it has not."""
    found = set()
    for service in {each.service_id for each in ratings}:
        own = [each for each in ratings if each.service_id == service]
        ways = [{of(each) for each in own} if name != split else {part} for name, of in SPLITS.items()]
        found |= {(service, *way) for way in itertools.product(*ways)}
    return found


def whole(held: list[Rating], split: str, parts: set[str]) -> set[tuple[str, ...]]:
    """What some parts of a split are sums of, of those services that have them; without a split all."""
    if not split:
        return atoms(held)
    of = SPLITS[split]
    having = {part: {each.service_id for each in held if of(each) == part} for part in parts}
    return {
        each
        for part, ids in having.items()
        for each in atoms([rating for rating in held if rating.service_id in ids], split, part)
    }


def published(ratings: list[Rating], told: Callable[[dict[str, Any]], bool]) -> Iterator[set[tuple[str, ...]]]:
    """What each line of the open data is a sum of."""
    own = scope(ratings)
    where = {place.id: place.district.title for place in UNITS if place.district}
    for row in rows(AT, language="pt-br"):
        held, cut, part = own[row["codigo"]], row["recorte"], row["parte"]
        if not told(row) or part == "outros" or cut == "motivo":
            continue
        parts = {part.rpartition("(")[2].rstrip(")") if cut == "unidade" else part}
        if cut == "distrito":
            cut, parts = "unidade", {place for place, title in where.items() if title == part}
        yield whole(held, "" if cut == "total" else cut, parts)


def small(ratings: list[Rating]) -> Iterator[tuple[str, str, str, set[tuple[str, ...]]]]:
    """Every cell of few people: whose, of which split, which part, and what it is a sum of."""
    for subject, held in scope(ratings).items():
        cells: dict[tuple[str, str], list[Rating]] = defaultdict(list)
        for each in held:
            cells["total", ""].append(each)
            for split, of in SPLITS.items():
                cells[split, of(each)].append(each)
        for (split, part), found in cells.items():
            # Who did not say by which way they came is no group.
            if len(found) < LEAST and (part or split == "total"):
                yield subject, split, part, whole(held, "" if split == "total" else split, {part})


def known(
    ratings: list[Rating], told: Callable[[dict[str, Any]], bool] = lambda _row: True
) -> list[tuple[str, str, str]]:
    attacker = Attacker(published(ratings, told))
    return [(subject, split, part) for subject, split, part, atoms in small(ratings) if attacker.knows(atoms)]


@pytest.mark.parametrize("seed", range(40))
def test_no_number_below_ten_follows_from_all_that_is_published(charter: None, seed: int) -> None:
    ratings = city(seed)
    Rating.objects.bulk_create(ratings)
    sum_up(AT)
    assert known(ratings) == []
    spoke = [each for each in ratings if each.managed]
    assert known(spoke, lambda row: "conseguiu_sim" in row) == []


def test_some_would_follow_if_each_table_looked_at_itself_alone(charter: None) -> None:
    """The attacker of these trials is one: with nothing kept back across tables small numbers are found out."""
    found = 0
    for seed in range(12):
        Rating.objects.all().delete()
        RatingSum.objects.all().delete()
        ratings = city(seed)
        Rating.objects.bulk_create(ratings)
        sum_up(AT)
        RatingSum.objects.update(kept_back=0)
        found += bool(known(ratings))
    assert found > 2


def test_a_service_of_few_by_phone_is_not_told_by_its_body_and_the_others(charter: None) -> None:
    first, second, *_rest = services()
    body = first.secretariat
    assert body is not None
    for service, channel, number in (
        (first, "phone", 5),
        (first, "digital", 30),
        (first, "in_person", 30),
        (second, "phone", 25),
        (second, "digital", 30),
        (second, "in_person", 20),
    ):
        Rating.objects.bulk_create(
            Rating(
                token=uuid.uuid4(),
                service_id=service.id,
                body_id=body.id,
                channel=channel,
                stars=5,
                locale="pt-br",
                received_at=AT - timedelta(days=3),
            )
            for _ in range(number)
        )
    sum_up(AT)

    def told(kind: str, subject: str) -> dict[str, int]:
        found = panel(kind, subject, order="mais", language="pt-br", at=AT)
        assert found is not None
        return {name: counts.count for name, counts in found.channels.parts.items()}

    of_body, of_first, of_second = (
        told("secretariat", body.id),
        told("service", first.id),
        told("service", second.id),
    )
    assert "phone" not in of_first
    assert not ("phone" in of_body and "phone" in of_second), "30 less 25 are five"
    assert of_body, "the others are told as before"


def test_what_is_kept_back_is_the_same_if_sums_are_made_anew(charter: None) -> None:
    Rating.objects.bulk_create(city(3))
    sum_up(AT)

    def kept() -> set[tuple[Any, ...]]:
        rows = RatingSum.objects.exclude(kept_back=0)
        return set(rows.values_list("subject", "split", "part", "month", "kept_back"))

    before = kept()
    assert before
    recompute(AT)
    assert kept() == before


def test_the_panel_and_the_open_data_tell_the_same(charter: None) -> None:
    Rating.objects.bulk_create(city(5))
    sum_up(AT)
    lines: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in rows(AT, language="pt-br"):
        lines[row["codigo"], row["recorte"]][row["parte"]] = row["avaliacoes"]
    subjects = [("", ""), *(("secretariat", body.id) for body in BODIES), *(("service", s.id) for s in services())]
    for kind, subject in subjects:
        found = panel(kind, subject, order="mais", language="pt-br", at=AT)
        assert found is not None
        if not found.whole.enough:
            assert (subject, "total") not in lines
            continue
        assert lines[subject, "total"][""] == found.whole.count
        months = {f"{day:%Y-%m}": counts.count for day, counts in found.months if counts}
        assert {part: n for part, n in lines[subject, "mes"].items() if part != "outros"} == months
        for cut, apart in (("atendimento", found.channels), ("unidade", found.units), ("distrito", found.districts)):
            told = sorted(counts.count for counts in [*apart.parts.values(), apart.rest] if counts and apart.parts)
            assert sorted(lines[subject, cut].values()) == told
        for body, counts in found.bodies.parts.items():
            assert lines[body, "total"][""] == counts.count


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=14))
def test_what_follows_is_what_an_attacker_finds(ends: list[tuple[int, int, bool]]) -> None:
    web = Web()
    lines = [web.add(Line(start, end, 1, told)) for start, end, told in ends if start != end]
    bridges = {id(line) for line in web.bridges()}
    # Each point is a sum of nought, what goes out less what comes in; a cell and its sign are two names of one thing.
    points: dict[int, dict[int, int]] = defaultdict(dict)
    for number, line in enumerate(lines):
        points[line.start][number], points[line.end][number] = 1, -1
    learnt = [dict(held) for held in points.values()] + [{n: 1} for n, line in enumerate(lines) if line.told]
    attacker = Attacker(())
    for row in learnt:
        attacker.learn(row)
    found = {id(line) for number, line in enumerate(lines) if not line.told and attacker.knows([number])}
    assert found == bridges
