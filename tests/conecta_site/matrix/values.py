"""What the parameters of an address are filled in with, by the names of views and of the parameter."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.models import Locale, Site, Task, Workflow
from wagtail_localize.models import OverridableSegment, StringSegment

from home.first_day.inviting import link_of
from services.booklet.shelf import file_name
from services.models import RoleGroup
from services.models.entry import RECORD_PREVIEW
from tests.conecta_site.matrix.town import Town

Values = Mapping[tuple[str, str], object]


def values(town: Town) -> Values:
    """The first whose pattern of names fits is taken."""
    return _snippets(town) | _screens(town) | _pages(town) | _wagtail(town) | _portal(town)


#: What is asked for beside the address, where without it there is nothing.
def queries(town: Town) -> dict[str, str]:
    """By a pattern of names."""
    return {
        "wagtail*api:pages:find": f"id={town.live.pk}",
        "wagtail*api:documents:find": f"id={town.document.pk}",
        "wagtail*api:images:find": f"id={town.image.pk}",
        "wagtail_bulk_action": f"id={town.draft.pk}",
        "conecta_sheets:services": f"orgao={town.own.record_id}",
        "conecta_feedback:page_help*_page": "pagina=/servicos/",
        "conecta_feedback:page_helped": "pagina=/servicos/",
    }


def _snippets(town: Town) -> dict[tuple[str, str], object]:
    kinds = {
        "conecta_services_unit": town.unit,
        "conecta_services_formtemplate": town.form,
        "conecta_services_topic": town.topic,
        "conecta_services_audience": town.audience,
        "conecta_services_lifeevent": town.life_event,
        "conecta_services_district": town.district,
        "conecta_services_question": town.question,
        "conecta_services_alert": town.alert,
        "conecta_services_suspension": town.suspension,
        "conecta_services_hoursexception": town.hours,
        "conecta_services_visit": town.visit,
        "conecta_home_glossaryterm": town.term,
    }
    found: dict[tuple[str, str], object] = {}
    for name, entry in kinds.items():
        found[f"wagtailsnippet*_{name}:*", "pk"] = entry.pk
        revision = getattr(entry, "latest_revision_id", None)
        state = getattr(entry, "current_workflow_state", None)
        found[f"wagtailsnippets_{name}:*", "revision_id"] = revision
        found[f"wagtailsnippets_{name}:*", "revision_id_a"] = "earliest"
        found[f"wagtailsnippets_{name}:*", "revision_id_b"] = "live"
        if state is not None:
            found[f"wagtailsnippets_{name}:*", "workflow_state_id"] = state.pk
            found[f"wagtailsnippets_{name}:*", "task_state_id"] = state.current_task_state_id
            found[f"wagtailsnippets_{name}:*", "task_id"] = state.current_task_state.task_id
            found[f"wagtailsnippets_{name}:*", "action_name"] = "approve"
    return found


def _screens(town: Town) -> dict[tuple[str, str], object]:
    pks = {
        "conecta_absences": town.absence,
        "conecta_api_keys": town.key,
        "conecta_synonyms": town.synonym,
        "conecta_best_bets": town.bet,
        "conecta_protected_words": town.word,
        "conecta_judged_queries": town.judged,
        "conecta_webhooks": town.webhook,
        "conecta_front_ends": town.front_end,
        "conecta_review": town.live,
        "conecta_page_errors": town.error,
        "conecta_inbox:attachment": town.attachment,
        "conecta_inbox:comment": town.comment,
        "conecta_inbox:comment_act": town.comment,
        "conecta_inbox": town.manifestation,
        "conecta_answer_options": town.question,
    }
    found: dict[tuple[str, str], object] = {(f"{name}*", "pk"): entry.pk for name, entry in pks.items()}
    return found | {
        ("conecta_webhooks:*", "delivery"): town.delivery.pk,
        ("conecta_entry_chooser:*", "pk"): town.head(town.live).pk,
        ("conecta_invitation", "token"): link_of(town.invitation).rstrip("/").rpartition("/")[2],
        ("conecta_first_day:leave_out", "key"): "elections",
        ("conecta_first_day:*", "pk"): town.invitation.pk,
        ("conecta_second_factor:reset", "user_id"): town.people["Revisão"].pk,
        ("conecta_inbox:comment_act", "act"): "show",
        ("conecta_inbox:request_act", "act"): "answer",
        ("conecta_inbox:request_act", "request_pk"): town.asked.pk,
        ("conecta_inbox:*", "act"): "note",
        ("conecta_booklets:*", "code"): town.edition.code,
        ("conecta_posters:*", "body_id"): town.own.record_id,
        ("conecta_posters:*", "size"): "a4",
        ("conecta_completeness:new_snippet", "kind"): "unit",
        ("conecta_completeness:snippet", "kind"): "unit",
        ("conecta_completeness:snippet", "pk"): town.unit.pk,
        ("conecta_changes:*", "kind"): "service",
        ("conecta_changes:*", "pk"): town.live.pk,
        ("conecta_bodies:*", "body_id"): town.own.pk,
        ("conecta_participation:*", "page_id"): town.consultation.pk,
        ("conecta_sheets:*", "sheet"): town.sheet.pk,
        ("conecta_old_addresses:*", "sheet"): town.sheet.pk,
        ("conecta_newsroom:undo", "entry"): town.logged.pk,
        ("conecta_newsroom:take_down", "pk"): town.live.pk,
        ("conecta_newsroom:*", "pk"): town.draft.pk,
        ("conecta_newsroom:*", "content_type"): _type(town.draft),
        ("conecta_newsroom:*", "revision"): town.draft.latest_revision_id,
        ("conecta_dismissing:*", "content_type"): _type(town.advised),
        ("conecta_dismissing:*", "pk"): town.advised.pk,
        ("conecta_dismissing:dismiss", "finding"): town.open_finding,
        ("conecta_dismissing:restore", "finding"): town.dismissed_finding,
    }


def _pages(town: Town) -> dict[tuple[str, str], object]:
    state = town.draft.current_workflow_state
    service = {"content_type_app_name": "conecta_services", "content_type_model_name": "servicepage"}
    return {
        ("wagtailadmin_pages:unpublish", "page_id"): town.live.pk,
        ("wagtailadmin_pages:convert_alias", "page_id"): town.alias.pk,
        ("wagtailadmin_pages:*", "page_id"): town.draft.pk,
        ("conecta_completeness:page", "page_id"): town.draft.pk,
        ("wagtailadmin_pages:*", "page_to_move_id"): town.draft.pk,
        ("wagtailadmin_pages:*", "destination_id"): town.other.pk,
        ("*", "parent_page_id"): town.own.pk,
        ("wagtailadmin_pages:revisions_compare", "pk"): town.draft.pk,
        ("wagtailadmin_pages:*", "revision_id_a"): "earliest",
        ("wagtailadmin_pages:*", "revision_id_b"): "latest",
        ("wagtailadmin_pages:*", "revision_id"): town.draft.latest_revision_id,
        ("wagtailadmin_pages:*", "workflow_state_id"): state.pk,
        ("wagtailadmin_pages:*", "task_state_id"): state.current_task_state_id,
        ("wagtailadmin_pages:*", "task_id"): state.current_task_state.task_id,
        ("wagtailadmin_pages:*", "action_name"): "approve",
        ("wagtailadmin_pages:choose_parent", "app_label"): "conecta_services",
        ("wagtailadmin_pages:choose_parent", "model_name"): "servicepage",
        **{("*", name): value for name, value in service.items()},
        ("wagtailadmin_api:pages:*", "pk"): town.draft.pk,
        ("wagtailadmin_api:pages:*", "action_name"): "unpublish",
    }


def _wagtail(town: Town) -> dict[tuple[str, str], object]:
    workflow = Workflow.objects.filter(active=True).first()
    task = Task.objects.filter(active=True).first()
    person = town.people["Revisão"]
    work = town.translation
    return {
        ("wagtailadmin_password_reset_confirm", "uidb64"): urlsafe_base64_encode(force_bytes(person.pk)),
        ("wagtailadmin_password_reset_confirm", "token"): default_token_generator.make_token(person),
        ("wagtail_bulk_action", "app_label"): "wagtailcore",
        ("wagtail_bulk_action", "model_name"): "page",
        ("wagtail_bulk_action", "action"): "move",
        ("wagtailadmin_tag_model_autocomplete", "app_name"): "taggit",
        ("wagtailadmin_tag_model_autocomplete", "model_name"): "tag",
        ("wagtailadmin_collections:*", "pk"): town.collection.pk,
        ("wagtailadmin_collections:*", "collection_id"): town.collection.pk,
        ("wagtailadmin_editing_sessions:*", "app_label"): "conecta_services",
        ("wagtailadmin_editing_sessions:*", "model_name"): "servicepage",
        ("wagtailadmin_editing_sessions:*", "object_id"): town.draft.pk,
        ("wagtailadmin_editing_sessions:*", "session_id"): town.session.pk,
        ("wagtaildocs*", "document_id"): town.document.pk,
        ("wagtaildocs*", "doc_id"): town.document.pk,
        # Neither of our forms asks for more than a file has, so none waits for a second step.
        ("wagtaildocs:*", "uploaded_file_id"): 1,
        ("wagtailimages:*", "uploaded_file_id"): 1,
        ("wagtailimages*", "image_id"): town.image.pk,
        ("wagtailimages:*", "filter_spec"): "width-100",
        ("wagtaildocs*", "pk"): town.document.pk,
        ("wagtailimages*", "pk"): town.image.pk,
        ("wagtail*api:documents:*", "pk"): town.document.pk,
        ("wagtail*api:images:*", "pk"): town.image.pk,
        ("wagtailapi:pages:*", "pk"): town.live.pk,
        ("wagtailforms:*", "page_id"): town.live.pk,
        ("wagtaillocales:*", "pk"): Locale.objects.get(language_code="es").pk,
        ("wagtailsites:*", "pk"): Site.objects.get(is_default_site=True).pk,
        ("wagtailusers_users:*", "pk"): person.pk,
        ("wagtailusers_groups:*", "pk"): RoleGroup.objects.get(role="ouvidoria").group_id,
        ("wagtailredirects:*", "redirect_id"): town.redirect.pk,
        ("wagtailsettings:*", "app_name"): "conecta_services",
        ("wagtailsettings:*", "model_name"): "city",
        ("wagtailsettings:*", "pk"): town.city.pk,
        ("wagtailadmin_workflows:add_task", "app_label"): "conecta_services",
        ("wagtailadmin_workflows:add_task", "model_name"): "bodyreview",
        ("wagtailadmin_workflows:*task", "pk"): task.pk if task else 0,
        ("wagtailadmin_workflows:*", "pk"): workflow.pk if workflow else 0,
        ("wagtailadmin_workflows:*", "workflow_pk"): workflow.pk if workflow else 0,
        ("wagtailadmin_workflows:*", "page_pk"): town.own.pk,
        ("wagtailadmin_workflows:*", "task_id"): task.pk if task else 0,
        ("wagtail_localize:submit_page_translation", "page_id"): town.live.pk,
        ("wagtail_localize:*", "page_id"): town.translated.pk,
        ("wagtail_localize:*", "app_label"): "conecta_services",
        ("wagtail_localize:*", "model_name"): "topic",
        ("wagtail_localize:*", "pk"): town.topic.pk,
        ("wagtail_localize:*", "translation_id"): work.pk,
        ("wagtail_localize:*", "translation_source_id"): work.source_id,
        ("wagtail_localize:*", "mode"): RECORD_PREVIEW,
        ("wagtail_localize:*", "string_segment_id"): _first(StringSegment.objects.filter(source=work.source)),
        ("wagtail_localize:*", "overridable_segment_id"): _first(OverridableSegment.objects.filter(source=work.source)),
    }


def _portal(town: Town) -> dict[tuple[str, str], object]:
    live = town.live.record_id
    kinds = {
        "service": town.live,
        "procedure": town.procedure,
        "secretariat": town.own,
        "information": town.information,
        "unit": town.unit,
        "form": town.form,
        "topic": town.topic,
        "audience": town.audience,
        "life_event": town.life_event,
        "district": town.district,
        "question": town.question,
        "alert": town.alert,
        "city": town.city,
    }
    found: dict[tuple[str, str], object] = {}
    for kind, entry in kinds.items():
        found[f"api-v1:*_{kind}", "entry_id"] = entry.record_id
        head = town.head(entry)
        found[f"api-v1:*_{kind}", "sequence"] = head.sequence
    return found | {
        ("api-v1:get_demand", "entry_id"): town.demand.entry_id,
        ("api-v1:get_rating", "entry_id"): town.rating.entry_id,
        ("api-v1:get_checklist", "entry_id"): live,
        ("api-v1:get_export", "format_name"): "conecta",
        ("api-v1:preview", "token"): town.preview,
        ("wagtailapi*", "rest"): "nada",
        ("api/v1/*", "rest"): "nada",
        ("api/v2/*", "rest"): "nada",
        ("api-v1*", "rest"): "nada",
        ("sitemap", "section"): "entries",
        ("media/*", "path"): town.image.file.name,
        ("wagtail_serve", "_0"): "",
        ("conecta_services:entry", "_0"): town.live.url.strip("/") + "/",
        ("conecta_services:*", "path"): town.live.url.strip("/") + "/",
        ("conecta_services:newest_booklet_of", "body"): town.own.record_id,
        ("conecta_services:edition_file", "code"): town.edition.code,
        ("conecta_services:edition_file", "name"): file_name(town.edition, "pdf"),
        ("conecta_feedback:*unidade*", "record_id"): town.unit.record_id,
        ("conecta_feedback:rate_unit", "record_id"): town.unit.record_id,
        ("conecta_feedback:panel_secretariat", "record_id"): town.own.record_id,
        ("conecta_feedback:yearly_pdf", "record_id"): town.report.record_id,
        ("conecta_feedback:respond", "record_id"): town.consultation.record_id,
        ("conecta_feedback:consultation_thanks", "record_id"): town.consultation.record_id,
        ("*", "record_id"): live,
        ("*", "entry_id"): live,
        ("conecta_feedback:*", "kind"): "service",
        ("conecta_feedback:link", "signed"): town.link,
        ("conecta_feedback:followed_file", "number"): 1,
        ("conecta_home:style", "digest"): town.style.partition(".")[0],
        ("conecta_home:script", "digest"): town.script.partition(".")[0],
        ("conecta_home:card", "stem"): town.card,
        ("conecta_home:widget_version", "version"): 1,
        ("conecta_home:offline_icon", "name"): "192",
        ("conecta_home:offline_icon", "colour"): "1351b4",
        ("conecta_home:*", "locale"): "pt-br",
        ("conecta_home:offline_charter", "cursor"): town.cursor,
        ("conecta_home:offline_entry", "kind"): "service",
        ("conecta_home:offline_module", "version"): town.module[0],
        ("conecta_home:offline_module", "name"): town.module[1],
        ("conecta_home:observatory*", "name"): "mudancas",
        ("conecta_observatory:section", "name"): "carta",
        ("wagtaildocs_serve", "_0"): town.document.pk,
        ("wagtaildocs_serve", "_1"): town.document.filename,
        ("wagtaildocs_authenticate_with_password", "restriction_id"): town.closed_collection.pk,
        ("wagtailcore_authenticate_with_password", "page_view_restriction_id"): town.restriction.pk,
        ("wagtailcore_authenticate_with_password", "page_id"): town.restriction.page_id,
    }


def _type(entry: Any) -> int:
    return ContentType.objects.get_for_model(entry).pk


def _first(rows: Any) -> int:
    return rows.values_list("pk", flat=True)[0]
