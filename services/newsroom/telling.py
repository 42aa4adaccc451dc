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
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.workflow import WorkflowAction
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from services.models import LogHead, Refused


class Told:
    """For class-based views of the admin: what is sent is worked on alone, and refusals are sentences."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Of requests that change something, one at a time."""
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        try:
            with LogHead.held():
                self._read_again()
                return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except Refused as refusal:
            return told(request, refusal, request.get_full_path())

    def _read_again(self) -> None:
        """What was read before the lock may have been saved over while this one waited."""
        if getattr(self, "object", None) is not None:
            self.object = self.get_object()  # type: ignore[attr-defined]


def told(request: HttpRequest, refusal: Refused, back: str) -> Any:
    """The sentence, as the one who asked can read it."""
    if not request.accepts("text/html") or request.headers.get("X-Requested-With") == "XMLHttpRequest":
        body = {"success": False, "error_code": "refused", "error_message": str(refusal)}
        return JsonResponse(body, status=409)
    messages.error(request, str(refusal))
    return redirect(back)


def install() -> None:
    """Wrap Wagtail's doors for pages, once."""
    _wrap(EditView, "post", _alone)
    _wrap(EditView, "send_commenting_notifications", _on_commit)
    _wrap(WorkflowAction, "post", _decided)


def _wrap(owner: Any, method: str, wrapper: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    found = getattr(owner, method)
    if not hasattr(found, "_conecta"):
        wrapped = functools.wraps(found)(wrapper(found))
        wrapped._conecta = True  # type: ignore[attr-defined]
        setattr(owner, method, wrapped)


def _alone(post: Callable[..., Any]) -> Callable[..., Any]:
    """Under the log's lock: what the form compares itself with stays so until it is saved."""

    def wrapped(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            with LogHead.held():
                # What was read before the lock may have been saved over while this one waited.
                self.latest_revision = Page.objects.get(pk=self.page.pk).get_latest_revision()
                return post(self, request, *args, **kwargs)
        except Refused as refusal:
            return told(request, refusal, request.get_full_path())

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
            return told(request, refusal, self.redirect_url)
        if request.headers.get("X-Requested-With") != "XMLHttpRequest":
            messages.success(request, _("Sua decisão foi registrada."))
        return response

    return wrapped
