"""Pages are published, scheduled, approved, taken down and deleted."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from services.models import (
    ServicePage,
    Topic,
)
from tests.services import charter
from tests.services.editing import whole
from tests.services.pressing import admin, bulk, edit_page, post, submit
from tests.services.route_table import Case, route


def _service(**fields: Any) -> ServicePage:
    return charter.service(charter.body(), **fields)


def revision_due() -> None:
    """Wagtail's scheduler, by the name under which it is known."""
    call_command("publish_scheduled")


@route
def edit_view_publish() -> Case:
    service = _service()
    return Case(edit_page(service, title="Outro", action__publish="1"), says=[(service, {"title": "Outro"})])


@route
def create_view_publish() -> Case:
    body = charter.body()
    address = reverse("wagtailadmin_pages:add", args=["conecta_services", "servicepage", body.pk])
    data = {"title": "Novo", "slug": "novo", "action__publish": "1"}
    return Case(lambda: submit(address, **whole(ServicePage), **data), count={"service": 1})


@route
def revision_publish() -> Case:
    service = _service()
    revision = charter.edited(service, title="Outro")
    return Case(revision.publish, says=[(service, {"title": "Outro"})])


@route
def first_publication() -> Case:
    draft = charter.draft_page(charter.body(), ServicePage, "Novo")
    return Case(draft.latest_revision.publish, says=[(draft, {"title": "Novo"})])


@route
def page_save() -> Case:
    service = _service()
    service.title = "Outro"
    return Case(service.save, says=[(service, {"title": "Outro"})])


@route
def page_save_of_a_column() -> Case:
    service = _service()
    service.title = "Outro"
    return Case(lambda: service.save(update_fields=["title"]), says=[(service, {"title": "Outro"})])


@route
def base_page_save() -> Case:
    service = _service()
    page = Page.objects.get(pk=service.pk)
    page.title = "Outro"
    return Case(page.save, says=[(service, {"title": "Outro"})])


@route
def scheduled_go_live() -> Case:
    draft = charter.draft_page(charter.body(), ServicePage, "Novo")
    revision = charter.edited(draft, go_live_at=timezone.now() - timedelta(minutes=2))
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    return Case(revision_due, says=[(draft, {"title": "Novo"})])


@route
def scheduled_expiry() -> Case:
    service = _service()
    Page.objects.filter(pk=service.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    return Case(revision_due, gone=[service])


@route
def scheduled_expiry_of_a_snippet() -> Case:
    topic = charter.topic()
    Topic.objects.filter(pk=topic.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    return Case(revision_due, gone=[topic])


@route
def workflow_approval() -> Case:
    service = _service()
    revision = charter.edited(service, title="Outro")
    admin()
    workflow = service.get_workflow()
    state = workflow.start(charter.fresh(service), get_user_model().objects.get(username="admin"))
    task_state = state.current_task_state
    assert task_state.revision == revision
    return Case(
        post("wagtailadmin_pages:workflow_action", service.pk, "approve", task_state.pk),
        says=[(service, {"title": "Outro"})],
    )


@route
def unpublish_view() -> Case:
    service = _service()
    return Case(post("wagtailadmin_pages:unpublish", service.pk), gone=[service])


@route
def page_unpublish() -> Case:
    service = _service()
    return Case(service.unpublish, gone=[service])


@route
def base_page_unpublish() -> Case:
    service = _service()
    return Case(Page.objects.get(pk=service.pk).unpublish, gone=[service])


@route
def unpublish_with_descendants() -> Case:
    body = charter.body()
    services = [charter.service(body, f"Serviço {number}") for number in range(2)]
    act = post("wagtailadmin_pages:unpublish", body.pk, data={"include_descendants": "on"})
    return Case(act, gone=[body, *services])


@route
def delete_view() -> Case:
    body = charter.body()
    service = charter.service(body)
    return Case(post("wagtailadmin_pages:delete", body.pk), gone=[body, service])


@route
def page_delete() -> Case:
    body = charter.body()
    service = charter.service(body)
    return Case(body.delete, gone=[body, service])


@route
def base_page_delete() -> Case:
    service = _service()
    return Case(Page.objects.get(pk=service.pk).delete, gone=[service])


@route
def queryset_delete() -> Case:
    body = charter.body()
    services = [charter.service(body, f"Serviço {number}") for number in range(2)]
    return Case(ServicePage.objects.child_of(body).delete, gone=services)


@route
def base_queryset_delete() -> Case:
    body = charter.body()
    service = charter.service(body)
    return Case(Page.objects.filter(pk=body.pk).delete, gone=[body, service])


@route
def bulk_delete_of_pages() -> Case:
    body = charter.body()
    one, two = charter.service(body, "Um"), charter.service(body, "Dois")
    return Case(bulk(one, "delete", two), gone=[one, two])


@route
def bulk_publish_of_pages() -> Case:
    body = charter.body()
    one, two = (charter.draft_page(body, ServicePage, name) for name in ("Um", "Dois"))
    return Case(bulk(one, "publish", two), says=[(one, {"title": "Um"}), (two, {"title": "Dois"})])


@route
def bulk_unpublish_of_pages() -> Case:
    body = charter.body()
    one, two = charter.service(body, "Um"), charter.service(body, "Dois")
    return Case(bulk(one, "unpublish", two), gone=[one, two])
