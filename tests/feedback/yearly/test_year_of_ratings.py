"""What a year's reports tell of ratings: promised beside measured time, and of the same people as the panels."""

from datetime import UTC, datetime
from typing import Any

import pytest

from feedback.panel import reading
from feedback.summing import sum_up
from feedback.yearly.law import EVALUATION
from feedback.yearly.sections import section
from feedback.yearly_report import figures_of_year
from tests.feedback.yearly.told_year import AT, manifested, rated, sections_of
from tests.records import put_record, service

pytestmark = pytest.mark.django_db


def test_art_23_iii_what_was_promised_beside_what_it_took(year: Any) -> None:
    day = 1440
    vaccine = service("Tomar vacina")
    put_record(vaccine)
    for record, minutes in ((year["consult"], 5 * day), (vaccine, 60)):
        rated(9, 4, service_id=record.id, body_id=year["health"].id, took_minutes=minutes, promised_minutes=7 * day)
    rated(5, 4, service_id=vaccine.id, body_id=year["health"].id)
    late = {"service_id": year["consult"].id, "body_id": year["health"].id, "promised_minutes": 7 * day}
    rated(3, 2, took_minutes=20 * day, **late)
    rated(20, 2, took_minutes=90 * day, set_aside=True, **late)
    found = figures_of_year(2025, at=AT).as_json()["took"]
    assert (found["said"], found["median"], found["ninetieth"]) == (21, 5 * day, 20 * day)
    assert found["services"] == [], "twelve of one would tell of the nine of the other"
    rated(1, 4, service_id=vaccine.id, body_id=year["health"].id, took_minutes=60, promised_minutes=7 * day)
    said = sections_of(EVALUATION)["commitments"]
    assert "Metade esperou até 5 dias; nove em cada dez, até 20 dias." in said
    assert "['Marcar consulta', '12', '7 dias', '5 dias', '20 dias', '75,0%']" in said
    assert "['Tomar vacina', '10', '7 dias', '1 hora', '1 hora', '100,0%']" in said
    assert said.index("Marcar consulta") < said.index("Tomar vacina"), "the furthest from its promise first"


def test_a_report_of_before_times_were_counted_is_shown_as_it_was(year: Any) -> None:
    figures = figures_of_year(2025, at=AT).as_json()
    del figures["took"]
    assert section(figures, EVALUATION, "commitments").tables


def test_art_10_paragraph_7_denunciations_are_in_no_number_of_a_body(year: Any) -> None:
    before = figures_of_year(2025, at=AT).manifestations
    manifested(15, "denunciation", body_id=year["finance"].id, service_id=year["consult"].id)
    after = figures_of_year(2025, at=AT).manifestations
    assert (after.bodies, after.subjects, after.kinds["denunciation"]) == (before.bodies, before.subjects, 15)


def test_what_panels_leave_out_is_left_out_of_the_year(year: Any) -> None:
    """A year and a panel of the same days are told of the same people: else few would be the difference."""
    small = service("Podar árvore")
    put_record(small)
    rated(4, 1, service_id=small.id, body_id=year["health"].id)
    sum_up(datetime(2026, 1, 1, 15, tzinfo=UTC))
    found = figures_of_year(2025, at=AT).ratings
    panel = reading.panel("", "", order="mais", language="pt-br", at=datetime(2026, 1, 1, 15, tzinfo=UTC))
    assert panel is not None
    assert found.opinion is not None
    assert found.opinion.count == panel.whole.count == 37
    assert list(found.stars.values()) == list(panel.whole.stars)
    assert found.received == 37 + 11
    assert [count for _name, count, _mean in found.bodies] == [10, 27]
