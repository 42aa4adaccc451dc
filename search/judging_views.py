"""Editors mark right answers where they see them: on the portal's own results page."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.log_actions import LogContext, log

from search.models import JudgedQuery
from search.text import language_code
from services.languages import current_locale
from services.record.identity import is_id

_NEEDED = ("conecta_search.add_judgedquery", "conecta_search.change_judgedquery")
_LONGEST = JudgedQuery._meta.get_field("query").max_length or 0


def judging(request: HttpRequest, query: str, *, locale: str) -> dict[str, Any]:
    """What the results page needs for an editor; nothing at all for a visitor, and no query."""
    if not 0 < len(query) <= _LONGEST or not _may_judge(request):
        return {}
    judged = JudgedQuery.objects.filter(language=language_code(locale), query=query).first()
    return {"judging": {"query": query, "right": judged.relevant.split() if judged else []}}


def _may_judge(request: HttpRequest) -> bool:
    # Without the cookie there is no session to ask for, and the answer need not vary with it.
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perms(_NEEDED)


@never_cache
@require_POST
def judge(request: HttpRequest) -> HttpResponse:
    """Mark an entry as a right answer to a query, or take the mark away; then back to the results."""
    if not _may_judge(request):
        raise PermissionDenied
    query, entry = " ".join(request.POST.get("q", "").split()), request.POST.get("id", "")
    if not 0 < len(query) <= _LONGEST or not is_id(entry):
        return HttpResponseBadRequest()
    with LogContext(user=request.user):
        _mark(query, entry, language=language_code(current_locale()), right="right" in request.POST, by=request.user)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("conecta_search:results")
    return redirect(back)


@transaction.atomic
def _mark(query: str, entry: str, *, language: str, right: bool, by: Any) -> None:
    JudgedQuery.objects.get_or_create(language=language, query=query, defaults={"added_by": by})
    # Another editor may be marking the next result.
    judged = JudgedQuery.objects.select_for_update().get(language=language, query=query)
    marked = [each for each in judged.relevant.split() if each != entry] + ([entry] if right else [])
    if marked:
        judged.relevant = "\n".join(marked)
        judged.save()
        log(judged, "wagtail.edit", content_changed=True)
    else:
        log(judged, "wagtail.delete", deleted=True)
        judged.delete()
