"""What the ombudsman and the bodies do with a manifestation, as Lei 13.460 arts. 10 to 16 have it."""

from datetime import date
from typing import Any

import pytest
from django.test import override_settings

from feedback import asking, inbox
from feedback.improvements import improvements_of, note_change, since, versions_after
from feedback.manifestations import contacts
from feedback.models import Manifestation, Movement
from feedback.reading import Reader
from feedback.refusals import NotYours, Unsaid, WrongOrder
from services.models.published import PublishedRecord, PublishedVersion
from services.record.city import Holiday
from tests.feedback.inbox.brought import AT, Town, acts_of, later, manifestation, rating
from tests.records import city as a_city
from tests.records import put_record, ref, service

pytestmark = pytest.mark.django_db
REASON = "A obra depende de uma peça que chega no mês que vem."


def holidays(*days: date) -> None:
    put_record(a_city(calendar=[Holiday(date=day, name="Feriado") for day in days]))


def ombudsman(city: Town) -> Any:
    return city.people["ouvidoria"]


def test_art_16_thirty_days_once_extended_with_a_reason(city: Town) -> None:
    found = manifestation()
    assert found.due_on == date(2026, 10, 2)
    for too_short in ("", "  ", "Falta a peça"):
        with pytest.raises(Unsaid):
            inbox.extend(found, ombudsman(city), too_short, at=later(20))
    inbox.extend(found, ombudsman(city), REASON, at=later(20))
    found.refresh_from_db()
    # Thirty days after the first thirty end on a Sunday.
    assert (found.due_on, found.extension_reason, found.extended_at) == (date(2026, 11, 2), REASON, later(20))
    with pytest.raises(WrongOrder):
        inbox.extend(found, ombudsman(city), REASON, at=later(40))
    move = found.movements.get(act=Movement.Act.EXTENDED)
    # The person reads why.
    assert (move.public, move.text, move.by) == (True, REASON, ombudsman(city))


def test_art_16_what_is_overdue_or_answered_is_not_extended(city: Town) -> None:
    late = manifestation()
    with pytest.raises(WrongOrder):
        inbox.extend(late, ombudsman(city), REASON, at=later(31))
    inbox.extend(late, ombudsman(city), REASON, at=later(30))
    answered = manifestation()
    inbox.answer(answered, ombudsman(city), "Chegou.", at=later(1))
    with pytest.raises(WrongOrder):
        inbox.extend(answered, ombudsman(city), REASON, at=later(2))


def test_art_16_a_last_day_that_is_a_holiday_moves_on(city: Town) -> None:
    found = manifestation()
    # The thirty days more would end on Monday, 2 November, which is a holiday.
    holidays(date(2026, 11, 2), date(2026, 9, 22))
    inbox.extend(found, ombudsman(city), REASON, at=later(1))
    found.refresh_from_db()
    assert found.due_on == date(2026, 11, 3)
    # Of a body's twenty days too: Tuesday, 22 September, is one.
    asked = asking.ask_body(found, ombudsman(city), city.own.id, "Por quê?", at=AT)
    assert asked.due_on == date(2026, 9, 23)
    with override_settings(CONECTA_DEADLINE_NEXT_WORKING_DAY=False):
        other = asking.ask_body(found, ombudsman(city), city.other.id, "Por quê?", at=AT)
    assert other.due_on == date(2026, 9, 22)


def test_art_16_sole_paragraph_a_body_has_twenty_days_and_twenty_once_with_a_reason(city: Town) -> None:
    found, head = manifestation(), city.people["revisao"]
    asked = asking.ask_body(found, ombudsman(city), city.own.id, "Faltou vacina?", at=AT)
    assert asked.due_on == date(2026, 9, 22)
    with pytest.raises(Unsaid):
        asking.extend_as_body(asked, head, "Falta gente", at=later(3))
    asking.extend_as_body(asked, head, REASON, at=later(20))
    asked.refresh_from_db()
    assert (asked.due_on, asked.extension_reason) == (date(2026, 10, 12), REASON)
    with pytest.raises(WrongOrder):
        asking.extend_as_body(asked, head, REASON, at=later(21))
    asking.answer_as_body(asked, head, "Faltou por três dias.", at=later(22))
    with pytest.raises(WrongOrder):
        asking.answer_as_body(asked, head, "De novo.", at=later(23))
    assert acts_of(found) == ["received", "asked", "body_extended", "body_answered"]
    # What a body tells the ombudsman is not the answer to the person.
    public = found.movements.filter(public=True).values_list("act", flat=True)
    assert list(public) == ["received", "asked"]
    found.refresh_from_db()
    assert (found.state, found.answer) == ("in_hand", "")


def test_art_16_sole_paragraph_a_body_extends_in_time_or_not_at_all(city: Town) -> None:
    asked = asking.ask_body(manifestation(), ombudsman(city), city.own.id, "Faltou vacina?", at=AT)
    with pytest.raises(WrongOrder):
        asking.extend_as_body(asked, city.people["revisao"], REASON, at=later(21))
    # A late answer is better than none.
    asking.answer_as_body(asked, city.people["revisao"], "Faltou.", at=later(40))


def test_art_12_each_is_answered_before_it_is_closed_and_the_first_answer_is_kept(city: Town) -> None:
    found = manifestation()
    with pytest.raises(WrongOrder):
        inbox.close(found, ombudsman(city), at=later(1))
    with pytest.raises(Unsaid):
        inbox.answer(found, ombudsman(city), "  ", at=later(1))
    inbox.answer(found, ombudsman(city), "A vacina chegou.", at=later(2))
    inbox.answer(found, ombudsman(city), "A vacina chegou a todos os postos.", at=later(3))
    found.refresh_from_db()
    assert (found.first_answered_at, found.answered_at, found.state) == (later(2), later(3), "answered")
    inbox.close(found, ombudsman(city), at=later(9))
    found.refresh_from_db()
    assert (found.state, found.closed_at) == ("closed", later(9))
    for act in (
        lambda: inbox.answer(found, ombudsman(city), "Mais.", at=later(10)),
        lambda: inbox.classify(found, ombudsman(city), kind="praise", at=later(10)),
        lambda: inbox.assign(found, ombudsman(city), None, at=later(10)),
        lambda: inbox.close(found, ombudsman(city), at=later(10)),
        lambda: asking.ask_body(found, ombudsman(city), city.own.id, "E?", at=later(10)),
    ):
        with pytest.raises(WrongOrder):
            act()
    assert acts_of(found) == ["received", "answered", "answered", "closed"]


def test_art_10_par_7_what_becomes_a_denunciation_leaves_the_sight_of_bodies(city: Town) -> None:
    found, head = manifestation(body_id=city.own.id), city.people["revisao"]
    asked = asking.ask_body(found, ombudsman(city), city.own.id, "Faltou vacina?", at=AT)
    assert found in Reader.of(head).manifestations()
    inbox.classify(found, ombudsman(city), kind=Manifestation.Kind.DENUNCIATION, at=later(1))
    for role in ("redacao", "revisao", "comunicacao", "controle", "administracao"):
        assert found not in Reader.of(city.people[role]).manifestations(), role
    assert found in Reader.of(ombudsman(city)).manifestations()
    with pytest.raises(NotYours):
        asking.answer_as_body(asked, head, "Faltou.", at=later(2))
    with pytest.raises(WrongOrder):
        asking.ask_body(found, ombudsman(city), city.other.id, "E vocês?", at=later(2))


def test_art_10_par_7_who_brought_it_is_for_the_ombudsman_and_each_look_is_noted(
    city: Town,
) -> None:
    found = manifestation()
    assert contacts.seal(found, contacts.Who(name="Ana", phone="77 3424-0000"))
    for role in ("redacao", "revisao", "comunicacao", "controle", "administracao"):
        with pytest.raises(NotYours):
            inbox.see_contact(found, city.people[role], at=AT)
    assert acts_of(found) == ["received"]
    told = inbox.see_contact(found, ombudsman(city), at=AT)
    assert (told["name"], told["phone"]) == ("Ana", "77 3424-0000")
    assert acts_of(found) == ["received", "contact_seen"]
    with pytest.raises(WrongOrder):
        inbox.see_contact(manifestation(), ombudsman(city), at=AT)


def test_a_body_sees_what_was_sent_to_it_and_nothing_of_others(city: Town) -> None:
    head = city.people["revisao"]
    named, asked = manifestation(body_id=city.own.id), manifestation(body_id=city.other.id)
    manifestation(body_id=city.other.id, state="in_hand")
    # A body that somebody named is not told before the ombudsman looked.
    assert list(Reader.of(head).manifestations()) == []
    inbox.classify(named, ombudsman(city), at=AT)
    request = asking.ask_body(asked, ombudsman(city), city.own.id, "Faltou vacina?", at=AT)
    assert set(Reader.of(head).manifestations()) == {named, asked}
    assert set(Reader.of(city.people["redacao"]).manifestations()) == {named, asked}
    with pytest.raises(NotYours):
        asking.answer_as_body(request, city.people["redacao"], "Faltou.", at=AT)
    own, others = rating(city.service), rating(service("Emitir boleto", secretariat=ref(city.other)))
    assert list(Reader.of(head).comments()) == [own]
    assert set(Reader.of(city.people["comunicacao"]).comments()) == {own, others}


@pytest.mark.parametrize("role", ["redacao", "revisao", "comunicacao", "controle", "administracao"])
def test_the_ombudsmans_acts_are_refused_to_others(city: Town, role: str) -> None:
    found, user = manifestation(body_id=city.own.id, state="in_hand"), city.people[role]
    acts: list[Any] = [
        lambda: inbox.classify(found, user, kind="praise", at=AT),
        lambda: inbox.assign(found, user, user, at=AT),
        lambda: inbox.extend(found, user, REASON, at=AT),
        lambda: inbox.note(found, user, "Liguei.", at=AT),
        lambda: inbox.answer(found, user, "Chegou.", at=AT),
        lambda: inbox.close(found, user, at=AT),
        lambda: asking.ask_body(found, user, city.own.id, "E?", at=AT),
    ]
    for act in acts:
        with pytest.raises(NotYours):
            act()
    before = Manifestation.objects.values().get(pk=found.pk)
    assert (before["state"], before["answer"], before["extended_at"], acts_of(found)) == (
        "in_hand",
        "",
        None,
        ["received"],
    )


def test_it_is_given_to_somebody_who_answers(city: Town) -> None:
    found = manifestation()
    with pytest.raises(WrongOrder):
        inbox.assign(found, ombudsman(city), city.people["revisao"], at=AT)
    inbox.assign(found, ombudsman(city), ombudsman(city), at=AT)
    inbox.note(found, ombudsman(city), "Liguei para o posto.", at=AT)
    found.refresh_from_db()
    assert (found.assigned_to, found.state) == (ombudsman(city), "in_hand")
    assert not found.movements.get(act=Movement.Act.NOTED).public
    with pytest.raises(WrongOrder):
        inbox.classify(found, ombudsman(city), service_id="inexistent", at=AT)


def test_a_second_request_waits_for_the_answer_to_the_first(city: Town) -> None:
    found = manifestation()
    asked = asking.ask_body(found, ombudsman(city), city.own.id, "Faltou?", at=AT)
    with pytest.raises(WrongOrder):
        asking.ask_body(found, ombudsman(city), city.own.id, "E então?", at=later(1))
    asking.answer_as_body(asked, city.people["revisao"], "Faltou.", at=later(2))
    asking.ask_body(found, ombudsman(city), city.own.id, "Por quê?", at=later(3))


def test_what_was_said_becomes_a_change_of_the_version_that_came_after(city: Town) -> None:
    row = PublishedRecord.objects.get(entry_id=city.service.id)
    old = PublishedVersion.objects.create(record=row, sequence=row.sequence, etag=row.etag, published_at=later(-9))
    found = manifestation(service_id=city.service.id, body_id=city.own.id, state="in_hand")
    said, sentence = rating(city.service), "A página diz quando há vacina."
    assert not versions_after(found).exists()
    with pytest.raises(WrongOrder):
        note_change(found, ombudsman(city), sequence=old.sequence, sentence=sentence, at=later(3))
    new = PublishedVersion.objects.create(record=row, sequence=900, etag="b", published_at=later(2), revision_id=7)
    assert list(versions_after(found)) == [new]
    told = note_change(found, city.people["revisao"], sequence=900, sentence=sentence, at=later(3))
    note_change(said, ombudsman(city), sequence=900, sentence="A espera agora está na página.", at=later(4))
    for role in ("redacao", "comunicacao", "controle", "administracao"):
        with pytest.raises(NotYours):
            note_change(said, city.people[role], sequence=900, sentence=sentence, at=later(4))
    assert [each.sentence for each in improvements_of(ref(city.service))] == [
        "A espera agora está na página.",
        sentence,
    ]
    assert (told.revision_id, told.manifestation, told.kind) == (7, found, "service")
    assert [each.rating for each in since(later(4))] == [said]
    assert found.movements.get(act=Movement.Act.CHANGED).public
    # It outlives what it came of.
    found.delete()
    assert improvements_of(ref(city.service)).count() == 2
