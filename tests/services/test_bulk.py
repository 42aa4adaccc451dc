"""The fast writer leaves behind what the plain loop does."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.log_actions import LogContext
from wagtail.models import (
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
)

from services import bulk
from services.gate import gate_opened
from services.heads import Heads
from services.keys import DatabaseKeys
from services.live_at_once import bulk_live_at_once
from services.mapping import write_entry
from services.models import (
    PublishedRecord,
    PublishedVersion,
    RecordLink,
    ServicePage,
)
from services.projecting import differences
from services.publishing import publishing
from services.record import Service
from tests import records
from tests.services.entries import bare, small_charter, stored, take_over

pytestmark = pytest.mark.django_db

#: What is another at each writing: numbers, moments, and what hangs on them.
VOLATILE = {
    "id",
    "pk",
    "page_ptr_id",
    "page_ptr",
    "latest_revision",
    "latest_revision_id",
    "live_revision",
    "live_revision_id",
    "latest_revision_created_at",
    "first_published_at",
    "last_published_at",
    "draft_title",
}


#: What a revision keeps of the row at its time, and coming back takes from the row.
BOOKKEEPING = (
    "first_published_at",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
)


@pytest.fixture
def charter():
    found = small_charter()
    take_over(entry for entries in found.values() for entry in entries)
    return found


def rich_services(charter):
    """Services that use what a service can."""

    def made(title, **more):
        return records.complete_service(
            title,
            url="",
            source="tests",
            source_id=title,
            secretariat=bare(charter["secretariat"][0]),
            popular_names=["Isenção", "desconto"],
            keywords=["imposto"],
            topics=[bare(topic) for topic in charter["topic"]],
            audiences=[bare(charter["audience"][0])],
            units=[bare(unit) for unit in charter["unit"]],
            forms=[bare(charter["form"][0])],
            related=[bare(charter["service"][0])],
            outcome='<p>Um <strong>boleto</strong>: <a href="https://x.example/">aqui</a>.</p>',
            steps=[
                {
                    "title": "Pedir",
                    "channels": {"default": [{"type": "phone", "text": "156"}]},
                    "documents": {
                        "default": [{"name": "RG", "service": bare(charter["service"][1])}],
                        "cases": [
                            {
                                "text": "Se é empresa",
                                "condition": {"question": bare(charter["question"][0]), "answers": ["sim"]},
                                "items": [{"name": "CNPJ", "form": bare(charter["form"][1])}],
                            }
                        ],
                    },
                }
            ],
            suspensions=[{"starts": "2026-01-01T00:00:00Z", "message": "Férias"}],
            **more,
        )

    return [
        made("IPTU: isenção", acronym="IPTU", slug="iptu"),
        made("Alvará"),
        made("Poda de árvore", summary="", slug="poda", published_incomplete=True),
    ]


def write_plainly(record: Service, parent: Page, *, live: bool) -> ServicePage:
    """As Wagtail's own code would: one page after the other."""
    page = ServicePage(locale=Locale.get_default())
    write_entry(page, record, DatabaseKeys())
    page.import_etag, page.live = "etag", live
    with gate_opened():
        parent.add_child(instance=page)
        bulk_live_at_once(page, record, DatabaseKeys())
        revision = page.save_revision()
        if live:
            revision.publish()
    return ServicePage.objects.get(pk=page.pk)


def write_in_bulk(found, parent, *, live: bool):
    with publishing():
        return bulk.create(
            [bulk.New(record, parent, live, "etag") for record in found],
            DatabaseKeys(),
            Heads("pt-br"),
            locale=Locale.get_default(),
        )


def columns(row, *without):
    return {
        field.attname: str(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if field.attname not in VOLATILE | set(without)
    }


def picture(page, parent):
    """All that the database says of a page, without what is another at each writing."""
    page_type = ContentType.objects.get_for_model(ServicePage)
    revisions = Revision.objects.filter(
        object_id=str(page.pk), base_content_type=ContentType.objects.get_for_model(Page)
    )
    head = PublishedRecord.objects.filter(kind="service", entry_id=page.record_id).first()
    below = parent.get_children().order_by("path")
    return {
        "row": columns(page),
        "has_times": [getattr(page, name) is not None for name in ("first_published_at", "last_published_at")],
        "content_type": page.content_type_id == page_type.pk,
        "many": {name: [e.pk for e in getattr(page, name).all()] for name in ("topics", "audiences", "units")},
        "suspensions": [columns(row, "service_id") for row in page.suspensions.all()],
        "revisions": [
            (
                columns(revision, "content", "created_at", "object_id"),
                {
                    name: held
                    for name, held in revision.content.items()
                    if name not in VOLATILE | {"has_unpublished_changes"}
                },
                page.latest_revision_id == revision.pk,
                page.live_revision_id == revision.pk,
            )
            for revision in revisions
        ],
        "log": sorted(
            (entry.action, entry.label, entry.content_changed, entry.revision_id == page.latest_revision_id)
            for entry in PageLogEntry.objects.filter(page_id=page.pk)
        ),
        "references": sorted(
            ReferenceIndex.objects.filter(base_content_type__model="page", object_id=str(page.pk)).values_list(
                "to_content_type_id",
                "to_object_id",
                "model_path",
                "content_path",
                "content_path_hash",
                "content_type_id",
            )
        ),
        "head": head and columns(head, "sequence", "changed_at", "published_at"),
        "versions": [
            (
                columns(version, "sequence", "published_at", "record_id", "revision_id"),
                version.revision_id == page.live_revision_id,
            )
            for version in PublishedVersion.objects.filter(record=head)
        ],
        "links": sorted(RecordLink.objects.filter(record=head).values_list("relation", "target_kind", "target_id")),
        "place": (parent.numchild, list(below.values_list("path", flat=True)).index(page.path)),
    }


@pytest.mark.parametrize("live", [True, False])
def test_it_is_the_plain_loop(charter, live):
    body = Page.objects.get(pk=stored(charter["secretariat"][0]).pk)
    found = rich_services(charter)
    plain = []
    for record in found:
        # One transaction, or the log would keep each state between.
        with publishing():
            plain.append(write_plainly(record, body, live=live))
    body = Page.objects.get(pk=body.pk)
    expected = [picture(page, body) for page in plain]
    for page in plain:
        page.delete()
    PublishedRecord.objects.filter(kind="service", entry_id__in=[record.id for record in found]).delete()
    body = Page.objects.get(pk=body.pk)

    made = write_in_bulk(found, body, live=live)
    body = Page.objects.get(pk=body.pk)
    for page, wanted in zip(made, expected, strict=True):
        for part, held in picture(ServicePage.objects.get(pk=page.pk), body).items():
            assert held == wanted[part], part
    assert list(differences()) == []
    assert not any(Page.find_problems())


def test_it_appends_behind_what_is_there(charter):
    body = Page.objects.get(pk=stored(charter["secretariat"][0]).pk)
    before = list(body.get_children().order_by("path").values_list("path", flat=True))
    write_in_bulk(rich_services(charter), body, live=True)
    body.refresh_from_db()
    after = list(body.get_children().order_by("path").values_list("path", flat=True))
    assert after[: len(before)] == before
    assert body.numchild == len(after) == len(before) + 3


def test_snippets_are_as_if_saved_one_by_one(charter):
    made = [records.unit(f"Posto {n}", url="", secretariat=bare(charter["secretariat"][0])) for n in range(3)]
    with publishing(), LogContext(user=None):
        bulk.create(
            [bulk.New(record, None, True, "etag") for record in made],
            DatabaseKeys(),
            Heads("pt-br"),
            locale=Locale.get_default(),
        )
    for record in made:
        unit = stored(record)
        assert (unit.live, unit.has_unpublished_changes) == (True, False)
        assert unit.latest_revision_id == unit.live_revision_id is not None
        assert unit.latest_revision.as_object().title == record.title
        history = ModelLogEntry.objects.for_instance(unit).values_list("action", "revision_id")
        assert set(history) == {
            ("wagtail.create", None),
            ("wagtail.publish", unit.latest_revision_id),
        }
        assert ReferenceIndex.get_references_for_object(unit).count() == 1
    assert list(differences()) == []


def test_below_a_closed_page_nothing_is_public(charter):
    body = stored(charter["secretariat"][0])
    PageViewRestriction.objects.create(page=body, restriction_type="login")
    made = rich_services(charter)
    take_over(made)
    assert not PublishedRecord.objects.public().filter(entry_id__in=[record.id for record in made]).exists()
    assert list(differences()) == []


def test_links_come_in_a_second_pass_in_the_same_revision(charter):
    first, second, _third = rich_services(charter)
    first.related = [bare(second)]
    second.related = [bare(first)]
    take_over([first, second])
    for record, other in ((first, second), (second, first)):
        page = stored(record)
        assert [block.value.specific.record_id for block in page.related] == [other.id]
        assert page.revisions.count() == 1
        content = page.latest_revision.content
        assert content == page.latest_revision.as_object().serializable_data() | {
            name: content[name] for name in BOOKKEEPING
        }
        assert [block.value.pk for block in page.latest_revision.as_object().related] == [stored(other).pk]
        assert ReferenceIndex.get_references_for_object(page).filter(to_object_id=str(stored(other).pk)).exists()
    assert list(differences()) == []


def test_a_known_editor_stands_in_the_history(charter, admin_user):
    with LogContext(user=admin_user):
        take_over(rich_services(charter)[:1])
    page = stored(rich_services(charter)[0])
    assert set(PageLogEntry.objects.filter(page_id=page.pk).values_list("user_id", flat=True)) == {admin_user.pk}
    assert PublishedVersion.objects.get(record__entry_id=page.record_id).user_id == admin_user.pk


@pytest.fixture
def page(charter):
    take_over(rich_services(charter))
    return stored(rich_services(charter)[0])


@pytest.mark.parametrize("words", ["IPTU", "isencao", "Isenção", "desconto", "imposto"])
def test_the_admins_search_finds_what_was_written(page, words):
    assert page.pk in [found.pk for found in ServicePage.objects.all().search(words)]
    assert page.pk in [found.pk for found in Page.objects.all().autocomplete(words[:4])]


@pytest.mark.parametrize("name", ["edit", "history", "usage", "delete", "move", "copy"])
def test_the_admin_shows_it(admin_client, page, name):
    address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    answer = admin_client.get(address)
    assert answer.status_code == 200
    if name == "usage":
        return
    assert page.title in answer.content.decode()


def test_its_revision_comes_back_and_is_published_again(page):
    before = picture_of_content(page)
    page.get_latest_revision().publish()
    assert picture_of_content(stored_page(page)) == before
    assert list(differences()) == []


def stored_page(page):
    return ServicePage.objects.get(pk=page.pk)


def picture_of_content(page):
    volatile = {
        "latest_revision",
        "live_revision",
        "first_published_at",
        "last_published_at",
        "latest_revision_created_at",
    }
    return {name: held for name, held in page.serializable_data().items() if name not in volatile}


def test_it_moves_is_copied_translated_and_deleted(charter, page):
    other = Page.objects.get(pk=stored(charter["secretariat"][1]).pk)
    page.move(other, pos="last-child")
    assert stored_page(page).url_path.startswith(other.url_path)
    spanish, _new = Locale.objects.get_or_create(language_code="es")
    translated = CopyPageForTranslationAction(stored_page(page), spanish, copy_parents=True).execute(
        skip_permission_checks=True
    )
    assert translated.translation_key == page.translation_key
    copied = stored_page(page).copy(update_attrs={"slug": "copia"})
    assert copied.record_id != page.record_id
    stored_page(page).delete()
    assert not any(Page.find_problems())
    assert list(differences()) == []
    assert not PublishedRecord.objects.public().filter(entry_id=page.record_id).exists()


def test_it_expires_and_is_unpublished_as_any_page(page):
    page.unpublish()
    assert not PublishedRecord.objects.public().filter(entry_id=page.record_id).exists()
    page = stored_page(page)
    page.expire_at = timezone.now() - timedelta(days=1)
    page.save_revision()
    assert list(differences()) == []
