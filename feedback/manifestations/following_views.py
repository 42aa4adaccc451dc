"""Following what one brought, with protocol and secret: where it stands, and what the person may do with it."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.manifestations import following, forms, holding
from feedback.manifestations.attachments import download
from feedback.manifestations.waiting_words import sentence
from feedback.models import Manifestation
from services.client_address import client_of
from services.passing_names import count_of, passing_name

#: Attempts in a quarter of an hour: from one place, which may be a room of computers, and at one protocol.
MOST_FROM_A_PLACE, MOST_AT_A_PROTOCOL = 30, 10
_QUARTER = 15 * 60

_View = Callable[..., HttpResponseBase]


def _holding(view: _View) -> _View:
    """For who proved it a while ago; others are asked for protocol and secret."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = holding.held_followed(request)
        if found is None:
            return redirect("conecta_feedback:follow")
        response = view(request, found, *args, **kwargs)
        if response.status_code < 400:
            holding.hold_followed(response, found)
        return response

    return asked


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponseBase:
    """Ask for protocol and secret. Of a wrong one nobody learns which of both was wrong."""
    form = forms.FollowForm(request.POST or None)
    status, failed = 200, ""
    if request.method == "POST":
        status = 400
        if _too_many(request):
            status, failed = 429, "slow"
        elif form.is_valid():
            found = holding.proved(form.cleaned_data["protocol"].strip(), form.cleaned_data["secret"])
            if found is not None:
                proved = redirect("conecta_feedback:followed")
                holding.hold_followed(proved, found)
                return proved
            failed = "wrong"
    context = {"form": form, "failed": failed}
    response = render(request, "conecta_feedback/manifestations/follow.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(_QUARTER)
    return response


@never_cache
@require_safe
@_holding
def followed(request: HttpRequest, found: Manifestation) -> HttpResponseBase:
    """Where it stands."""
    return _shown(request, found)


@never_cache
@require_POST
@_holding
def resolved(request: HttpRequest, found: Manifestation) -> HttpResponseBase:
    """Whether the answer solved it."""
    following.say_resolved(found.protocol, request.POST.get("resolved", ""), at=timezone.now())
    return redirect("conecta_feedback:followed")


@never_cache
@require_POST
@_holding
def reopen(request: HttpRequest, found: Manifestation) -> HttpResponseBase:
    """Put it before the city again; without a word the form is shown again."""
    text = request.POST.get("text", "")
    if following.reopen(found.protocol, text, at=timezone.now()):
        return redirect("conecta_feedback:followed")
    return _shown(request, found, silent=not text.strip(), status=400)


@never_cache
@require_safe
@_holding
def copy(request: HttpRequest, found: Manifestation) -> HttpResponseBase:
    """All that is kept of it, as a file."""
    files = [
        {
            "name": each.name,
            "content_type": each.content_type,
            "size": each.size,
            "address": request.build_absolute_uri(reverse("conecta_feedback:followed_file", args=[number])),
        }
        for number, each in enumerate(found.attachments.order_by("pk"), 1)
    ]
    response = JsonResponse(
        following.copy_of(found) | {"attachments": files}, json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = f'attachment; filename="manifestacao-{found.protocol}.json"'
    return response


@never_cache
@require_safe
@_holding
def file(request: HttpRequest, found: Manifestation, number: int) -> HttpResponseBase:
    """The first, the second file that came with it."""
    files = dict(enumerate(found.attachments.order_by("pk"), 1))
    if number not in files:
        raise Http404
    return download(files[number])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_holding
def erase(request: HttpRequest, found: Manifestation) -> HttpResponseBase:
    """Say what would be gone; once that is confirmed, it is."""
    if request.method != "POST":
        open_still = found.state in {Manifestation.State.RECEIVED, Manifestation.State.IN_HAND}
        context = {"found": found, "open_still": open_still}
        return render(request, "conecta_feedback/manifestations/erase.html", context)
    following.erase(found.protocol, at=timezone.now())
    return redirect("conecta_feedback:followed")


def _shown(request: HttpRequest, found: Manifestation, *, silent: bool = False, status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {
        "found": found,
        "deadline": sentence(found, today=timezone.localdate(now)),
        "movements": found.movements.filter(public=True),
        "files": found.attachments.order_by("pk"),
        "may_judge": following.may_judge(found),
        "may_reopen": following.may_reopen(found, at=now),
        "choices": Manifestation.Resolved.choices,
        "silent": silent,
    }
    return render(request, "conecta_feedback/manifestations/followed.html", context, status=status)


def _too_many(request: HttpRequest) -> bool:
    now = time.time()
    place = passing_name("follow", client_of(request), now=now)
    aimed = passing_name("followed", request.POST.get("protocol", "").strip()[:40], now=now)
    return (
        count_of(f"follow-{place}", seconds=_QUARTER) > MOST_FROM_A_PLACE
        or count_of(f"followed-{aimed}", seconds=_QUARTER) > MOST_AT_A_PROTOCOL
    )
