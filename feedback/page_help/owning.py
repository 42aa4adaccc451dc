"""Whose the errors are that readers found, and what is done about each: a draft, a new version, or a reason."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Comment, Locale, ModelLogEntry, Page, Revision

from feedback.models import PageError
from feedback.page_help.places import note_path, tab_of
from feedback.page_help.sections import section_of
from services.body_permissions import OfItsBody, Reach
from services.languages import source_locale
from services.models import ENTRY_MODELS, Refused
from services.models.published import PublishedRecord
from services.newsroom.acts import SHORTEST_REASON
from services.newsroom.places import edit_address

#: That a settled error is open again; the entry keeps how it had been settled.
REOPENED = "conecta.page_error_reopened"
#: Versions to choose from: the newest.
_VERSIONS = 20


def reach_of(user: Any) -> Reach:
    """Bodies whose errors somebody may see and settle: ``None`` is all of them."""
    return OfItsBody(PageError).reach(user, {"change"})


def may_settle(user: Any) -> bool:
    """Whether somebody may see any at all."""
    reach = reach_of(user)
    return reach is None or bool(reach)


def errors_for(user: Any) -> Any:
    """Those in somebody's reach, each with its page's title."""
    reach = reach_of(user)
    rows = PageError.objects.all() if reach is None else PageError.objects.filter(body_id__in=reach)
    head = PublishedRecord.objects.filter(kind=OuterRef("kind"), entry_id=OuterRef("entry_id"), locale=source_locale())
    return rows.annotate(title=Subquery(head.values("title")[:1]), url=Subquery(head.values("url")[:1]))


def entry_of(error: PageError) -> Any:
    """The page or snippet that it is about, or ``None``: it is no entry's, or the entry is gone."""
    model: Any = ENTRY_MODELS.get(error.kind)
    if model is None:
        return None
    rows = model._default_manager.filter(record_id=error.entry_id, locale=Locale.get_default())
    if issubclass(model, Page):
        rows = rows.filter(alias_of=None)
    return rows.order_by("pk").first()


def revisions_since(error: PageError) -> list[Revision]:
    """Versions of the page that were written after the error was found, the newest first."""
    entry = entry_of(error)
    if entry is None:
        return []
    rows = Revision.objects.for_instance(entry).filter(created_at__gte=error.received_at)
    return list(rows.select_related("user").order_by("-created_at", "-pk")[:_VERSIONS])


def open_draft(error: PageError, *, by: Any, at: datetime) -> str:
    """Where the draft is written, with a note beside the field; the note is made once. Raises ``Refused``.

    A note is no new version: whoever opens the draft and changes nothing may still approve it.
    """
    entry = entry_of(error)
    if entry is None:
        raise Refused(_("Esta página não está mais aqui: não há o que editar."))
    address = edit_address(entry)
    with transaction.atomic():
        error = PageError.objects.select_for_update().get(pk=error.pk)
        if isinstance(entry, Page):
            if not entry.permissions_for_user(by).can_edit():
                raise Refused(_("Você não pode editar esta página."))
            note = error.comment or _note(error, entry, by)
            error.comment = note
            address += f"?comment={note.pk}"
        error.opened_at, error.opened_by = at, by
        error.save(update_fields=["comment", "opened_at", "opened_by"])
    return address + tab_of(type(entry), section_of(error.kind, error.section).field)


def resolve(error: PageError, revision: int | None, *, by: Any, at: datetime) -> None:
    """Say which version of the page came of it; a page that is no entry's has none. Raises ``Refused``."""
    found = next((each for each in revisions_since(error) if each.pk == revision), None)
    if found is None and entry_of(error) is not None:
        raise Refused(_("Escolha a versão da página em que o erro foi corrigido."))
    changed = {"revision": found, "revised_at": found.created_at if found else None}
    _settle(error, PageError.State.DONE, by=by, at=at, **changed)


def dismiss(error: PageError, reason: str, *, by: Any, at: datetime) -> None:
    """Say why nothing is wrong. Raises ``Refused``."""
    if len(reason.strip()) < SHORTEST_REASON:
        sentence = ngettext(
            "Diga o motivo em pelo menos %d letra: ele fica guardado com o erro.",
            "Diga o motivo em pelo menos %d letras: ele fica guardado com o erro.",
            SHORTEST_REASON,
        )
        raise Refused(sentence % SHORTEST_REASON)
    _settle(error, PageError.State.DISMISSED, by=by, at=at, reason=reason.strip())


@transaction.atomic
def reopen(error: PageError, *, by: Any) -> None:
    """Open a settled error again: it is work anew, and its reviewers hear of it anew. Raises ``Refused``."""
    error = PageError.objects.select_for_update().get(pk=error.pk)
    if error.state == PageError.State.OPEN:
        raise Refused(_("Este erro já está aberto."))
    log(instance=error, action=REOPENED, user=by, data={"was": error.state, "reason": error.reason})
    error.state, error.reason, error.told_at = PageError.State.OPEN, "", None
    error.closed_at = error.closed_by = error.revision = error.revised_at = error.opened_at = error.opened_by = None
    error.save()


def reopenings(error: PageError) -> list[ModelLogEntry]:
    """When it was opened again, by whom, and how it had been settled before; the newest first."""
    rows = ModelLogEntry.objects.for_instance(error).filter(action=REOPENED)
    return list(rows.select_related("user").order_by("-timestamp", "-pk"))


def _settle(error: PageError, state: str, *, by: Any, at: datetime, **changed: Any) -> None:
    settled = PageError.objects.filter(pk=error.pk, state=PageError.State.OPEN).update(
        state=state, closed_by=by, closed_at=at, **changed
    )
    if not settled:
        raise Refused(_("Outra pessoa já concluiu este erro."))


def _note(error: PageError, page: Page, by: Any) -> Comment:
    section = section_of(error.kind, error.section)
    said = error.text
    if error.personal:
        # A note goes into each version of the page, and stays there.
        said = _("(O texto parece ter dados pessoais: leia em “Erros apontados”.)")
    text = _("Erro apontado por quem leu a página. %(section)s. %(text)s") % {"section": section.label, "text": said}
    path = note_path(page.get_latest_revision_as_object(), section.field)
    note = Comment.objects.create(page_id=page.pk, user=by, text=text.strip(), contentpath=path)
    note.log_create(user=by)
    return note
