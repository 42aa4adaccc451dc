"""How each act of the table in docs/roles.md is tried, through the admin's own addresses."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry, Page

from services.models import (
    Absence,
    Alert,
    City,
    FrontEnd,
    HoursException,
    RoleGroup,
    SecretariatPage,
    ServicePage,
    Suspension,
    Visit,
)
from services.newsroom.log_actions import LIVE_AT_ONCE
from tests.services import charter
from tests.services.editing import add_address, edit_address, filled_in, snippet_address, whole
from tests.services.newsroom.people import decide, person, submitted, written
from tests.services.newsroom.world import DAY, World, opens, sent
from tests.services.sheets.files import confirm, upload, xlsx

ACTS: dict[str, Callable[[World], bool]] = {}
REASON = "O telefone publicado está errado."


def act(name: str) -> Callable[[Callable[[World], bool]], Callable[[World], bool]]:
    """Enter the trial of a row."""

    def entered(trial: Callable[[World], bool]) -> Callable[[World], bool]:
        ACTS[name] = trial
        return trial

    return entered


def named(name: str, entry: Any, *more: Any) -> str:
    return reverse(f"conecta_newsroom:{name}", args=[ContentType.objects.get_for_model(entry).pk, entry.pk, *more])


def _reads(world: World, page: Any) -> bool:
    own_view = opens(world.client, reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    return own_view or opens(world.client, named("read", page, page.latest_revision_id))


ACTS["open the admin"] = lambda world: opens(world.client, reverse("wagtailadmin_home"))
ACTS["read a draft of the own body"] = lambda world: _reads(world, world.draft)
ACTS["read a draft of another body"] = lambda world: _reads(world, world.other_draft)


@act("find a draft of another body in lists, search and choosers")
def find(world: World) -> bool:
    body = world.other.pk
    places = [
        reverse("wagtailadmin_explore", args=[body]),
        reverse("wagtailadmin_pages:search") + "?q=secreta",
        reverse("conecta_service_listing:index"),
        reverse("wagtailadmin_choose_page_child", args=[body]) + "?page_type=conecta_services.servicepage",
        reverse("wagtailadmin_choose_page_search") + "?q=secreta",
        f"/admin/api/main/pages/?child_of={body}",
        reverse("wagtailadmin_pages:edit", args=[world.draft.pk]),
        reverse("wagtailadmin_pages:move_confirm", args=[world.other_draft.pk, world.own.pk]),
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + "?id=all",
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={world.other_draft.pk}",
    ]
    return any("Parcelar d" in world.client.get(place, follow=True).content.decode() for place in places)


@act("read the history of another body's page")
def read_history(world: World) -> bool:
    page = world.other_draft
    places = [
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[page.pk, page.latest_revision_id]),
        reverse("wagtailadmin_pages:workflow_history", args=[page.pk]),
        reverse("wagtailadmin_pages:usage", args=[page.pk]),
        named("history", page),
    ]
    return any(opens(world.client, place) for place in places)


def _writes_below(world: World, body: SecretariatPage) -> bool:
    new = whole(ServicePage) | {"title": "Pedir exame", "slug": "pedir-exame"}
    return (
        sent(world.client, add_address(ServicePage, body), **new)
        and body.get_descendants().filter(slug="pedir-exame").exists()
    )


ACTS["write a service below the own body"] = lambda world: _writes_below(world, world.own)
ACTS["write a service below another body"] = lambda world: _writes_below(world, world.other)


def _sends(world: World, body: str, service: ServicePage) -> bool:
    rows = [["Código", "Órgão", "Nome", "Sigla"], [service.record_id, body, service.title, "ABC"]]
    seen = upload(world.client, xlsx({"Serviços": rows}))
    if "plan" not in (seen.context or {}):
        return False
    confirm(world.client, seen)
    return bool(charter.fresh(service).get_latest_revision_as_object().acronym == "ABC")


def _changes(world: World, page: Page) -> bool:
    done = sent(world.client, edit_address(page), title="Outro nome")
    return done and charter.fresh(page).latest_revision.content["title"] == "Outro nome"


ACTS["change a draft of the own body"] = lambda world: _changes(world, world.draft)
ACTS["change a draft of another body"] = lambda world: _changes(world, world.other_draft)
ACTS["change a service of the own body by a spreadsheet, as a draft"] = lambda world: _sends(world, "SMS", world.live)
ACTS["change a service of another body by a spreadsheet, as a draft"] = lambda world: _sends(
    world, "SEFIN", world.other_live
)
ACTS["change the page of the own body, as a draft"] = lambda world: _changes(world, world.own)


@act("submit for approval")
def submit(world: World) -> bool:
    sent(world.client, edit_address(world.draft), action__submit="1")
    return charter.fresh(world.draft).workflow_in_progress


@act("publish by Wagtail's own button")
def publish(world: World) -> bool:
    client, page = world.client, world.draft
    shown = client.get(edit_address(page))
    if 'name="action-publish"' in shown.content.decode():
        return True
    if shown.status_code == 200:
        client.post(edit_address(page), filled_in(shown, action__publish="1"))
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}")
    client.post(f"/admin/api/main/pages/{page.pk}/action/publish/")
    return bool(charter.fresh(page).live or charter.public(page))


@act("take down by Wagtail's own page")
def unpublish(world: World) -> bool:
    client, page = world.client, world.live
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={page.pk}")
    client.post(f"/admin/api/main/pages/{page.pk}/action/unpublish/")
    return not charter.fresh(page).live


def _decides(world: World, page: Any, action: str = "approve") -> bool:
    state = charter.fresh(page).current_workflow_task_state
    world.client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]))
    state.refresh_from_db()
    return state.status != state.STATUS_IN_PROGRESS


@act("approve at the first stage")
def approve_first(world: World) -> bool:
    submitted(world.draft, None)
    return _decides(world, world.draft)


@act("ask for changes at the first stage")
def ask_for_changes(world: World) -> bool:
    submitted(world.draft, None)
    return _decides(world, world.draft, "reject")


@act("approve at the first stage where the body has no reviewer")
def approve_first_in_place(world: World) -> bool:
    submitted(world.other_draft, None)
    return _decides(world, world.other_draft)


@act("approve at the second stage")
def approve_second(world: World) -> bool:
    submitted(world.draft, None)
    decide(world.draft, world.reviewer)
    return _decides(world, world.draft)


@act("approve Comunicação's own page at the second stage")
def approve_own(world: World) -> bool:
    submitted(world.page, None)
    decide(world.page, person("segunda", "comunicacao"))
    return _decides(world, world.page)


@act("approve what one wrote")
def approve_what_one_wrote(world: World) -> bool:
    written(world.draft, world.user, summary="Escrito por mim.")
    submitted(world.draft, world.user)
    if _decides(world, world.draft):
        return True
    decide(world.draft, world.reviewer)
    return _decides(world, world.draft)


@act("publish with urgency")
def publish_urgently(world: World) -> bool:
    data = {"reason": REASON, "revision": world.draft.latest_revision_id}
    world.client.post(named("urgent", world.draft), data)
    return charter.public(world.draft) is not None


@act("take down with a reason")
def take_down(world: World) -> bool:
    world.client.post(named("take_down", world.live), {"reason": REASON})
    return charter.public(world.live) is None


def _deletes(world: World, page: Page) -> bool:
    world.client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    return not Page.objects.filter(pk=page.pk).exists()


ACTS["delete a draft of the own body"] = lambda world: _deletes(world, world.draft)
ACTS["delete a page that is public"] = lambda world: _deletes(world, world.live)


def _adds(world: World, model: Any, **fields: Any) -> bool:
    sent(world.client, snippet_address(model, "add"), **fields)
    return bool(model.objects.exists())


def _suspends(world: World, service: ServicePage) -> bool:
    return _adds(world, Suspension, service=str(service.pk), starts="2026-05-04 08:00", message="Parado.")


ACTS["suspend a service of the own body"] = lambda world: _suspends(world, world.live)
ACTS["suspend a service of another body"] = lambda world: _suspends(world, world.other_live)
ACTS["close a unit of the own body on a day"] = lambda world: _adds(
    world, HoursException, unit=str(world.unit.pk), starts="2026-12-24", ends="2026-12-24"
)
ACTS["mark a visit of a unit of the own body"] = lambda world: _adds(
    world, Visit, unit=str(world.unit.pk), starts="2026-12-24 08:00", ends="2026-12-24 12:00", place="Praça"
)
ACTS["warn about a service of the own body"] = lambda world: _adds(
    world, Alert, title="Fila longa", starts="2026-12-24 08:00", services=str(world.live.pk)
)
ACTS["warn the whole city"] = lambda world: _adds(world, Alert, title="Falta de água", starts="2026-12-24 08:00")


@act("undo what went live at once")
def undo(world: World) -> bool:
    with LogContext(user=world.reviewer):
        Suspension(service=world.live, starts=DAY, message="Parado.").save()
    entry = ModelLogEntry.objects.get(action=LIVE_AT_ONCE)
    world.client.post(reverse("conecta_newsroom:undo", args=[entry.pk]))
    return not Suspension.objects.exists()


def _changes_snippet(world: World, entry: Any) -> bool:
    done = sent(world.client, snippet_address(type(entry), "edit", entry.pk), title="Outro nome")
    return done and charter.fresh(entry).latest_revision.content["title"] == "Outro nome"


ACTS["change a unit of the own body, as a draft"] = lambda world: _changes_snippet(world, world.unit)
ACTS["change a unit of another body, as a draft"] = lambda world: _changes_snippet(world, world.other_unit)
ACTS["change a form of the own body, as a draft"] = lambda world: _changes_snippet(world, world.form)
ACTS["change a theme, as a draft"] = lambda world: _changes_snippet(world, world.topic)


@act("delete a unit that is public")
def delete_unit(world: World) -> bool:
    world.client.post(snippet_address(type(world.unit), "delete", world.unit.pk))
    query = f"?id={world.unit.pk}"
    world.client.post(reverse("wagtail_bulk_action", args=["conecta_services", "unit", "delete"]) + query)
    return not type(world.unit).objects.filter(pk=world.unit.pk).exists()


@act("change the city")
def change_city(world: World) -> bool:
    city = City.load()
    return opens(world.client, reverse("wagtailsettings:edit", args=["conecta_services", "city", city.pk]))


@act("note an absence")
def note_absence(world: World) -> bool:
    data = {"user": world.reviewer.pk, "starts": "2026-12-24", "ends": "2026-12-31", "deputy": ""}
    world.client.post(reverse("conecta_absences:add"), data)
    return Absence.objects.exists()


@act("say which front ends show drafts")
def keep_front_ends(world: World) -> bool:
    data = {"name": "Aplicativo", "address": "https://app.example/#{token}"}
    world.client.post(reverse("conecta_front_ends:add"), data)
    return FrontEnd.objects.exists()


@act("add a person")
def add_person(world: World) -> bool:
    return opens(world.client, reverse("wagtailusers_users:add"))


@act("change what a group may do")
def change_group(world: World) -> bool:
    group = RoleGroup.objects.get(role="comunicacao").group
    return opens(world.client, reverse("wagtailusers_groups:edit", args=[group.pk]))


@act("change the rules of the search")
def change_search(world: World) -> bool:
    return opens(world.client, reverse("conecta_synonyms:add"))


@act("read what people look for")
def read_searches(world: World) -> bool:
    return opens(world.client, reverse("conecta_search_admin:asked"))


@act("read what went live without the two stages")
def read_reports(world: World) -> bool:
    reports = [reverse(f"conecta_newsroom:{name}") for name in ("at_once", "urgent_report")]
    both = [opens(world.client, report) for report in reports]
    assert both[0] == both[1]
    return both[0]


@act("export the log of all bodies")
def export_log(world: World) -> bool:
    written(world.other_draft, None, summary="Outra frase.")
    written(world.other_unit, None, title="Coletoria nova e secreta")
    response = world.client.get(reverse("wagtailadmin_reports:site_history") + "?export=csv")
    if response.status_code != 200:
        return False
    text = b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()
    said = ["Parcelar" in text, "Coletoria" in text]
    assert said[0] == said[1], said
    return said[0]


@act("read the register of acts")
def read_acts(world: World) -> bool:
    return opens(world.client, reverse("conecta_acts:index"))


@act("rename a body")
def rename(world: World) -> bool:
    data = {"title": "Secretaria da Saúde", "acronym": "SMS", "slug": "saude-nova", "confirmar": "1"}
    world.client.post(reverse("conecta_bodies:rename", args=[world.own.pk]), data)
    return SecretariatPage.objects.get(pk=world.own.pk).slug == "saude-nova"


@act("merge two bodies")
def merge(world: World) -> bool:
    data = {"staying": world.own.pk, "until": "2026-12-31", "confirmar": "1"}
    world.client.post(reverse("conecta_bodies:merge", args=[world.other.pk]), data)
    return ServicePage.objects.get(pk=world.other_live.pk).get_parent().pk == world.own.pk
