"""Import: what it creates, changes, leaves alone, refuses; and what is true after it was cut off."""

import json

import pytest
from wagtail.models import Page

from services.importing import Importer, Options
from services.models import City, PublishedRecord, PublishedVersion, SecretariatPage, ServicePage
from services.projecting import differences
from services.publishing import publishing
from services.record import Alert, Entry, Information, Procedure
from services.record import City as CityRecord
from services.record.identity import id_of, key_for
from services.record.service import Channels
from tests import records
from tests.services.entries import bare, every_row, said, small_charter, stored, take_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def charter():
    return small_charter()


@pytest.fixture
def flat(charter) -> list[Entry]:
    return [entry for entries in charter.values() for entry in entries]


@pytest.fixture
def present(charter, flat):
    take_over(flat)
    return charter


def service_of(charter, title="IPTU", **more):
    body = charter["secretariat"][0]
    return records.complete_service(
        title, **{"url": "", "secretariat": bare(body), "source": "tests", "source_id": title, **more}
    )


def counts(summary):
    return summary.created, summary.updated, summary.unchanged, len(summary.refused)


def test_a_second_run_changes_nothing(flat):
    assert counts(take_over(flat)) == (len(flat), 0, 0, 0)
    before = every_row()
    assert counts(take_over(flat)) == (0, 0, len(flat), 0)
    assert every_row() == before


def test_only_what_is_counted_is_counted(flat):
    summary = Importer(Options()).run(flat, counted=frozenset({"service"}))
    assert counts(summary) == (2, 0, 0, 0)


def test_the_order_of_the_records_does_not_matter(charter, flat):
    take_over(reversed(flat))
    assert all(said(record) for record in flat)
    assert list(differences()) == []


def test_progress_is_told(flat):
    done = []
    Importer(Options(), progress=done.append).run(flat)
    assert sum(done) == len(flat)


def test_a_changed_record_changes_its_entry_and_keeps_its_address(present):
    record = service_of(present)
    take_over([record])
    url = PublishedRecord.objects.get(entry_id=record.id).url
    changed = service_of(present, summary="Outro resumo.", slug="outro-endereco", key=record.key, id=record.id)
    assert counts(take_over([changed])) == (0, 1, 0, 0)
    page = stored(record)
    assert (page.slug, page.summary) == (record.slug, "Outro resumo.")
    assert page.revisions.count() == 2
    head = PublishedRecord.objects.get(entry_id=record.id)
    assert head.url == url
    assert "Outro resumo." in head.body
    assert list(differences()) == []


def test_what_editors_wrote_stays_until_the_source_says_something_new(present):
    record = service_of(present)
    take_over([record])
    page = stored(record)
    page.summary = "Melhor dito."
    page.save_revision().publish()
    assert counts(take_over([record])) == (0, 0, 1, 0)
    assert stored(record).summary == "Melhor dito."
    take_over([record.model_copy(update={"summary": "O que a fonte diz agora."})])
    assert stored(record).summary == "O que a fonte diz agora."


def test_what_editors_unpublished_stays_so_until_the_source_says_something_new(present):
    record = service_of(present)
    take_over([record])
    stored(record).unpublish()
    assert counts(take_over([record])) == (0, 0, 1, 0)
    assert not stored(record).live


def test_a_record_of_another_body_moves_the_page(present):
    record = service_of(present)
    first, second = (stored(body) for body in present["secretariat"])
    take_over([record, service_of(present, "Outro", secretariat=bare(present["secretariat"][1]), slug=record.slug)])
    take_over([record.model_copy(update={"secretariat": bare(present["secretariat"][1])})])
    page = stored(record)
    assert page.get_parent().pk == second.pk
    assert page.slug == f"{record.slug}-2"
    assert not any(Page.find_problems())
    assert Page.objects.get(pk=first.pk).numchild == first.numchild
    assert PublishedRecord.objects.get(entry_id=record.id).url.startswith(
        PublishedRecord.objects.get(entry_id=second.record_id).url
    )
    assert list(differences()) == []


def test_new_pages_and_a_moved_one_meet_below_a_body_that_had_none(present):
    """The tree must be asked again: the body had no children when the batch began."""
    empty = present["secretariat"][1]
    record = service_of(present)
    take_over([record])
    moved = record.model_copy(update={"secretariat": bare(empty)})
    take_over([service_of(present, "Novo", secretariat=bare(empty)), moved])
    assert [page.title for page in stored(empty).get_children()] == ["Novo", "IPTU"]
    assert not any(Page.find_problems())


@pytest.mark.parametrize("record_type", [Procedure, Information])
def test_a_page_that_leaves_its_body_goes_home(present, record_type):
    kind = record_type.model_fields["kind"].annotation.__args__[0]
    key = records.key_of(kind, "x")
    body = bare(present["secretariat"][0])
    record = record_type(kind=kind, key=key, id=id_of(key), title="Guia", slug="guia", summary="x", secretariat=body)
    take_over([record])
    take_over([record.model_copy(update={"secretariat": None, "summary": "y"})])
    assert not isinstance(stored(record).get_parent().specific, SecretariatPage)
    assert list(differences()) == []


def test_deleted_and_imported_again_it_is_the_same_entry(present):
    record = service_of(present)
    take_over([record])
    stored(record).delete()
    head = PublishedRecord.objects.get(entry_id=record.id)
    assert head.deleted
    assert counts(take_over([record])) == (1, 0, 0, 0)
    again = PublishedRecord.objects.get(entry_id=record.id)
    assert (again.pk, again.deleted) == (head.pk, False)
    assert again.sequence > head.sequence
    assert PublishedVersion.objects.filter(record=again).count() == 3
    assert list(differences()) == []


def test_what_comes_back_is_named_again_by_those_that_pointed_to_it(present):
    target, pointing = service_of(present), service_of(present, "Aponta")
    take_over([target, pointing.model_copy(update={"related": [bare(target)]})])
    assert target.title in PublishedRecord.objects.get(entry_id=pointing.id).body
    topic = present["topic"][0]
    take_over([service_of(present, "Do tema", topics=[bare(topic)])])
    stored(topic).unpublish()
    assert topic.title not in PublishedRecord.objects.get(title="Do tema").body
    assert list(differences()) == []


def test_services_that_point_to_each_other(present):
    first, second, third = (service_of(present, title) for title in ("A", "B", "C"))
    ring = [
        one.model_copy(update={"related": [bare(next_one)]})
        for one, next_one in ((first, second), (second, third), (third, first))
    ]
    assert counts(take_over(ring)) == (3, 0, 0, 0)
    assert counts(take_over(ring)) == (0, 0, 3, 0)
    for record in ring:
        assert bare(record).id == record.id
        assert json.loads(said(record))["related"] == [{"id": record.related[0].id, "kind": "service"}]
    assert list(differences()) == []


def test_references_to_nothing_are_left_out(present):
    nothing = records.service("Nada")
    record = service_of(present, related=[bare(nothing)], forms=[bare(present["form"][0])])
    assert counts(take_over([record])) == (1, 0, 0, 0)
    assert "related" not in json.loads(said(record))
    assert counts(take_over([record])) == (0, 0, 1, 0)
    assert list(differences()) == []


def test_the_same_id_twice_is_refused_once(present):
    record = service_of(present)
    summary = take_over([record, record.model_copy(update={"summary": "Outro."})])
    assert counts(summary) == (1, 0, 0, 1)
    assert summary.refused[0].name == "IPTU"


def test_another_language_does_not_overwrite_the_original(present):
    record = service_of(present)
    summary = take_over([record, record.model_copy(update={"locale": "es", "title": "Impuesto"})])
    assert counts(summary) == (1, 0, 0, 1)
    assert stored(record).title == "IPTU"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"title": ""}, "título"),
        ({"secretariat": None}, "órgão"),
        ({"secretariat": bare(records.secretariat("Nenhuma"))}, "órgão"),
        ({"acronym": "A" * 100}, "acronym"),
    ],
)
def test_what_cannot_be_taken_over_is_refused_and_the_rest_is_not(present, changed, reason):
    bad, good = service_of(present), service_of(present, "Bom")
    bad = bad.model_copy(update=changed)
    for dry_run in (True, False):
        summary = take_over([bad, good], dry_run=dry_run)
        assert counts(summary) == (1, 0, 0, 1)
        assert reason in summary.refused[0].reason
    assert stored(good).live
    assert not ServicePage.objects.filter(record_id=bad.id).exists()


def test_slugs_that_are_taken_or_are_none(present):
    body = stored(present["secretariat"][0])
    body.add_child(instance=Page(title="Dos editores", slug="iptu"))
    wished = {"IPTU": "iptu", "B": "iptu", "C d!": "a/b c", "!!!": ""}
    made = [service_of(present, title, slug=slug) for title, slug in wished.items()]
    take_over(made)
    slugs = [stored(record).slug for record in made]
    assert sorted(slugs[:2]) == ["iptu-2", "iptu-3"]
    assert slugs[2:] == ["c-d", made[3].id]


def test_snippets_of_one_slug_get_two_addresses(present):
    made = [records.unit(title, slug="praca", url="", secretariat=None) for title in ("Praça 1", "Praça 2")]
    take_over(made)
    assert sorted(stored(unit).slug for unit in made) == ["praca", "praca-2"]


def test_other_sources_stay_beside(present):
    ours = service_of(present)
    key = key_for("outra", "service", "IPTU")
    theirs = service_of(present, source="outra", key=key, id=id_of(key))
    take_over([ours, theirs])
    assert {stored(ours).source, stored(theirs).source} == {"tests", "outra"}
    assert stored(ours).slug != stored(theirs).slug


def test_a_dry_run_writes_nothing_and_tells_the_same(present, flat):
    new, changed = service_of(present), flat[-1].model_copy(update={"summary": "Outro."})
    unknown = service_of(present, "Novo", secretariat=bare(records.secretariat("Nova", url="")))
    run = [new, changed, unknown, records.secretariat("Nova", url=""), *flat[:5]]
    before = every_row()
    told = counts(take_over(run, dry_run=True))
    assert every_row() == before
    assert told == counts(take_over(run))


def test_drafts_are_not_public(present):
    record = service_of(present)
    assert counts(take_over([record], publish=False)) == (1, 0, 0, 0)
    page = stored(record)
    assert (page.live, page.has_unpublished_changes, page.first_published_at) == (False, True, None)
    assert not PublishedRecord.objects.filter(entry_id=record.id).exists()
    assert counts(take_over([record], publish=False)) == (0, 0, 1, 0)
    assert counts(take_over([record])) == (0, 1, 0, 0)
    assert stored(record).live
    assert list(differences()) == []


def test_a_draft_over_a_live_entry_leaves_what_is_public(present):
    record = service_of(present)
    take_over([record])
    body = PublishedRecord.objects.get(entry_id=record.id).body
    suspension = {"starts": "2026-01-01T00:00:00Z", "message": "Férias"}
    new = type(record)(
        **record.model_dump() | {"summary": "Novo.", "suspensions": [suspension]},
    ).model_copy(update={"secretariat": bare(present["secretariat"][1])})
    take_over([new], publish=False)
    assert PublishedRecord.objects.get(entry_id=record.id).body == body
    page = stored(record)
    assert page.get_latest_revision_as_object().summary == "Novo."
    assert page.suspensions.count() == 0
    assert page.get_parent().pk == stored(present["secretariat"][0]).pk
    assert list(differences()) == []


def test_what_has_no_drafts_is_not_imported_as_one(present):
    key = records.key_of("alert", "x")
    alert = Alert(kind="alert", key=key, id=id_of(key), title="Aviso", starts="2026-01-01T00:00:00Z")
    assert counts(take_over([alert], publish=False)) == (0, 0, 0, 1)
    assert counts(take_over([alert])) == (1, 0, 0, 0)


def test_the_incomplete_comes_as_a_draft_and_is_listed(present):
    record = service_of(present, summary="")
    summary = Importer(Options()).run([record])
    assert (counts(summary), [item.name for item in summary.incomplete]) == ((1, 0, 0, 0), ["IPTU"])
    assert not stored(record).live
    again = Importer(Options()).run([record])
    assert (counts(again), len(again.incomplete)) == ((0, 0, 1, 0), 1)
    published = Importer(Options(publish_incomplete=True)).run([record])
    assert (counts(published), published.incomplete) == ((0, 1, 0, 0), [])
    page = stored(record)
    assert (page.live, page.published_incomplete) == (True, True)
    complete = record.model_copy(update={"summary": "O que é."})
    Importer(Options(publish_incomplete=True)).run([complete])
    assert not stored(record).published_incomplete


def test_a_service_is_judged_by_the_units_that_are_public(present):
    """Its only channel is a unit; if that comes as a draft, so does the service."""
    without_channel = records.STEP.model_copy(update={"channels": Channels()})
    nowhere = records.unit("Sem lugar", url="", how_to_get_there="", secretariat=None)
    service = service_of(present, steps=[without_channel], units=[bare(nowhere)])
    summary = Importer(Options()).run([service, nowhere])
    assert counts(summary) == (2, 0, 0, 0)
    assert [item.name for item in summary.incomplete] == [nowhere.id, "IPTU"]
    assert "Diga por onde se pede" in summary.incomplete[1].reason
    assert not stored(service).live
    somewhere = nowhere.model_copy(update={"how_to_get_there": "Ao lado da praça."})
    again = Importer(Options()).run([service, somewhere])
    assert (counts(again), again.incomplete) == ((0, 2, 0, 0), [])
    assert stored(service).live
    assert list(differences()) == []


def test_what_another_kind_lacks_is_marked_too(present):
    unit = records.unit("Sem lugar", url="", how_to_get_there="", secretariat=None, source="tests", source_id="u")
    take_over([unit])
    assert '"published_incomplete":true' in PublishedRecord.objects.get(entry_id=unit.id).body
    take_over([unit.model_copy(update={"how_to_get_there": "Ao lado da praça."})])
    assert "published_incomplete" not in PublishedRecord.objects.get(entry_id=unit.id).body


def test_the_city_is_one(present):
    City.objects.create(title="Velha")
    key = records.key_of("city", "Nova")
    take_over([CityRecord(kind="city", key=key, id=id_of(key), title="Nova")])
    assert [city.title for city in City.objects.all()] == ["Nova"]
    assert PublishedRecord.objects.public().filter(kind="city").count() == 1
    assert list(differences()) == []


def test_an_entry_edited_between_the_two_passes_keeps_the_editors_revision(present):
    first, second = service_of(present, "A"), service_of(present, "B")
    first.related = [bare(second)]
    importer = Importer(Options())

    def edit(_done):
        page = ServicePage.objects.filter(record_id=first.id).first()
        if page and page.revisions.count() == 1:
            page.summary = "De um editor."
            page.save_revision()

    importer.progress = edit
    importer.run([first, second])
    page = stored(first)
    assert [revision.as_object().summary for revision in page.revisions.order_by("pk")][1:2] == ["De um editor."]
    assert [block.value.pk for block in page.related] == [stored(second).pk]
    assert list(differences()) == []


def test_what_a_killed_run_left_open_is_completed_by_the_next(present):
    first, second = service_of(present, "A"), service_of(present, "B")
    first.related, second.related = [bare(second)], [bare(first)]
    cut_off = Importer(Options(), progress=interrupt)
    with pytest.raises(KeyboardInterrupt):
        cut_off.run([first, second])
    assert list(differences()) == []
    assert counts(take_over([first, second])) == (0, 2, 0, 0)
    assert json.loads(said(first))["related"]
    assert json.loads(said(second))["related"]
    assert list(differences()) == []


def interrupt(_done):
    raise KeyboardInterrupt


def test_many_changed_entries_do_not_keep_the_lock(present, monkeypatch):
    monkeypatch.setattr("services.importing.UPDATES", 2)
    made = [service_of(present, f"S{n}") for n in range(5)]
    take_over(made)
    held = []
    monkeypatch.setattr("services.importing.publishing", lambda: held.append(1) or publishing())
    assert counts(take_over([one.model_copy(update={"summary": "Novo."}) for one in made])) == (0, 5, 0, 0)
    assert len(held) == 3
    held.clear()
    take_over([one.model_copy(update={"summary": "Novo."}) for one in made])
    assert held == []
