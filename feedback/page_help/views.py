"""The form about a page, and the thanks for it: whole without script, and kept by no cache."""

import time

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from feedback.page_help.forms import PageHelpForm
from feedback.page_help.receiving import PAGE, About, Said, receive
from feedback.page_help.sections import sections_of
from feedback.page_help.traps import fresh
from services.client_address import client_of
from services.languages import current_locale, source_locale
from services.models.published import PublishedRecord
from services.passing_names import passing_name
from services.querysets import readable_in
from services.record import from_json

_ANSWERS = {"sim": "yes", "nao": "no"}
_LONGEST_PATH = 255


# It is said in nobody's name, so there is nobody whose name another site could use.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_of_entry(request: HttpRequest, kind: str, record_id: str) -> HttpResponseBase:
    """About the page of an entry. ``?ajudou=sim`` or ``nao`` marks the answer beforehand."""
    return _ask(request, _entry(kind, record_id), thanks=reverse("conecta_feedback:helped", args=[kind, record_id]))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_of_page(request: HttpRequest) -> HttpResponseBase:
    """About a page that is no entry's, by its address: ``?pagina=/temas/``."""
    about = _page(request)
    thanks = f"{reverse('conecta_feedback:page_helped')}?{urlencode({'pagina': about.path})}"
    return _ask(request, about, thanks=thanks)


@never_cache
@require_safe
def thank_for_entry(request: HttpRequest, kind: str, record_id: str) -> HttpResponseBase:
    """It was received, and what becomes of it."""
    return render(request, "conecta_feedback/page_help_thanks.html", {"about": _entry(kind, record_id)})


@never_cache
@require_safe
def thank_for_page(request: HttpRequest) -> HttpResponseBase:
    """The same, for a page that is no entry's."""
    return render(request, "conecta_feedback/page_help_thanks.html", {"about": _page(request)})


def _ask(request: HttpRequest, about: About, *, thanks: str) -> HttpResponseBase:
    sections = sections_of(about.kind, about.record)
    form = PageHelpForm(request.POST, sections=sections) if request.method == "POST" else None
    if form is not None and form.is_valid():
        told = form.cleaned_data
        said = Said(
            token=told["token"],
            version=told["version"],
            locale=current_locale(),
            helped=told["helped"] == "yes" if told["helped"] else None,
            wrong=form.tells_of_an_error(),
            section=told["section"],
            text=told["text"],
        )
        place = passing_name("page-help", client_of(request), now=time.time())
        receive(about, said, at=timezone.now(), place=place, by_program=form.is_by_a_program())
        return redirect(thanks)
    answer = _ANSWERS.get(request.GET.get("ajudou", ""))
    shown = form or PageHelpForm(initial=fresh(version=about.etag) | {"helped": answer}, sections=sections)
    context = {"form": shown, "about": about}
    return render(request, "conecta_feedback/page_help.html", context, status=400 if form else 200)


def _entry(kind: str, record_id: str) -> About:
    """The public entry. Raises ``Http404``."""
    rows = PublishedRecord.objects.public().filter(kind=kind, entry_id=record_id).exclude(url="")
    row = readable_in(rows, current_locale(), source=source_locale()).first()
    if row is None:
        raise Http404
    return About(kind, record_id, "", row.title, row.url, row.etag, from_json(row.body))


def _page(request: HttpRequest) -> About:
    """The page of this site that an address names. Raises ``Http404``."""
    path = request.GET.get("pagina", "")
    if not path.startswith("/") or path.startswith("//") or "\\" in path or len(path) > _LONGEST_PATH:
        raise Http404
    try:
        # In the language that the address is of: this page may be in another.
        with override(get_language_from_path(path) or source_locale()):
            resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    return About(PAGE, "", path, _("a página %(path)s") % {"path": path}, path)
