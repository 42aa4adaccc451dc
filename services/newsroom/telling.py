"""A refusal of the newsroom is told in its sentence; and of two who save at once, the second is told of the first.

Wagtail's views know a refusal only as "you have no permission", and save without asking what is there meanwhile.
"""

import functools
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.workflow import WorkflowAction
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from services.leave import require_down
from services.models import LogHead, Refused, newsroom_is_set_up


def alone(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view of the admin, whose changes are worked on one at a time: all that it reads, it reads under the lock."""

    @functools.wraps(view, assigned=())
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            with LogHead.held():
                return view(request, *args, **kwargs)
        except Refused as refusal:
            return told(request, refusal, request.get_full_path())

    return wrapped


def keep_as_a_draft(request: HttpRequest) -> None:
    """A superuser's ``action-publish``: what was written is kept, and goes the way of all texts.

    Taken away before Wagtail reads it: a new page is live in the database before its publication is asked about.
    """
    if request.method == "POST" and request.POST.get("action-publish") and newsroom_is_set_up():
        data: Any = request.POST.copy()
        del data["action-publish"]
        request.POST = data
        messages.warning(
            request,
            _("Salvo como rascunho. Para ir ao ar, envie para aprovação ou use “Publicar com urgência”."),
        )


def told(request: HttpRequest, refusal: Refused, back: str) -> Any:
    """The sentence, as the one who asked can read it."""
    if not request.accepts("text/html") or request.headers.get("X-Requested-With") == "XMLHttpRequest":
        body = {"success": False, "error_code": "refused", "error_message": str(refusal)}
        return JsonResponse(body, status=409)
    messages.error(request, str(refusal))
    return redirect(back)


def install() -> None:
    """Wrap Wagtail's doors for pages, once."""
    _wrap(EditView, "dispatch", _alone)
    _wrap(EditView, "send_commenting_notifications", _on_commit)
    _wrap(WorkflowAction, "post", _decided)
    _wrap(DeleteView, "dispatch", _deleted)


def _wrap(owner: Any, method: str, wrapper: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    found = getattr(owner, method)
    if not hasattr(found, "_conecta"):
        wrapped = functools.wraps(found)(wrapper(found))
        wrapped._conecta = True  # type: ignore[attr-defined]
        setattr(owner, method, wrapped)


def _alone(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    """What was read before the lock could be saved over: a page published meanwhile would be taken down by it."""

    def wrapped(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return alone(functools.partial(dispatch, self))(request, *args, **kwargs)

    return wrapped


def _on_commit(send: Callable[..., Any]) -> Callable[..., Any]:
    """Mail is slow: nobody waits for it with the log in hand."""

    def wrapped(self: Any, changes: Any) -> None:
        transaction.on_commit(partial(send, self, changes))

    return wrapped


def _decided(post: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            response = post(self, request, *args, **kwargs)
        except Refused as refusal:
            still_there = type(self.object)._default_manager.filter(pk=self.object.pk).exists()
            return told(request, refusal, self.redirect_url if still_there else reverse("wagtailadmin_home"))
        if request.headers.get("X-Requested-With") != "XMLHttpRequest":
            messages.success(request, _("Sua decisão foi registrada."))
        return response

    return wrapped


def _deleted(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    """What is public is taken down first; and who may delete is asked where nobody can publish meanwhile."""

    def wrapped(self: Any, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return dispatch(self, request, page_id, *args, **kwargs)
        try:
            with LogHead.held():
                require_down(get_object_or_404(Page, pk=page_id), request.user)
                return dispatch(self, request, page_id, *args, **kwargs)
        except Refused as refusal:
            return told(request, refusal, reverse("wagtailadmin_pages:edit", args=[page_id]))

    return wrapped
