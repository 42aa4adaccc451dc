"""Asking an address as somebody, and what its answer says of who may."""

from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any, Literal

from django.contrib.messages import ERROR, get_messages
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from conecta_site import caching
from services.models.published import LAST_SEEN

#: ``absent``: there is no such thing, for them; ``not taken``: not with this method; ``broken``: 5xx.
Answer = Literal["let in", "kept out", "absent", "not taken", "broken"]


class Browser:
    """One person's; each request leaves nothing behind, neither in the database nor here."""

    def __init__(self, user: Any = None) -> None:
        self._client = Client(raise_request_exception=False)
        if user is not None:
            self._client.force_login(user)
        self._cookies = self._client.cookies.output(header="", sep=";")

    def ask(self, method: str, path: str) -> Any:
        """The response to an empty form, or to none."""
        return self._asked(method, lambda: getattr(self._client, method)(path))

    def send(
        self,
        method: str,
        path: str,
        *,
        query: str = "",
        body: bytes = b"",
        content_type: str = "application/octet-stream",
        headers: dict[str, str] | None = None,
    ) -> Any:
        """The response to a request as it stands."""
        return self._asked(
            method.lower(),
            lambda: self._client.generic(method, path, body, content_type, headers=headers or {}, QUERY_STRING=query),
        )

    def _asked(self, method: str, request: Callable[[], Any]) -> Any:
        self._client.cookies = SimpleCookie(self._cookies)
        with transaction.atomic():
            response = request()
            if response.streaming:
                response.getvalue()
            transaction.set_rollback(True)
        if method != "get":
            # What was read within this transaction is no longer so.
            cache.clear()
            LAST_SEEN.forget()
            caching.forget()
        return response


def answer_of(response: Any) -> Answer:
    """What a response says."""
    status = response.status_code
    if status >= 500:
        return "broken"
    if status in (401, 403):
        return "kept out"
    if status == 404:
        return "absent"
    if status == 405:
        return "not taken"
    place = response.get("Location", "").partition("?")[0]
    if place == reverse("wagtailadmin_login") and "next=" in response["Location"]:
        return "kept out"
    # Wagtail leads whoever may not to its first page, and says so there.
    refused = place == reverse("wagtailadmin_home") and any(
        message.level >= ERROR for message in get_messages(response.wsgi_request)
    )
    return "kept out" if refused else "let in"
