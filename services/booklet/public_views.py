"""The charter's editions on the portal: the page that lists them, and their files."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from services.booklet.shelf import file_name, shelf
from services.kept_pages import answer, new_page
from services.languages import current_locale, source_locale, wire_tag
from services.models.booklet import BookletEdition, EditionFile
from services.neighbours import the_city
from services.timing import changes_at, timezone_of

#: A file never changes: whoever has it need not ask again.
_FOR_EVER = "public, max-age=31536000, immutable"
#: What is the newest today may not be tomorrow.
_NEWEST = "public, max-age=300"


@require_safe
def editions(request: HttpRequest) -> HttpResponseBase:
    """The newest, of each body, of each year, and former ones: three queries."""
    at = timezone.now()
    city = the_city()
    shown = shelf(language=current_locale(), source=source_locale())
    context = {"shelf": shown, "zone": timezone_of(city), "share_url": request.build_absolute_uri()}
    html = render_to_string("conecta_services/editions.html", context, request)
    return answer(request, new_page(html, at=at, boundary=changes_at([city], at) if city else None), at)


@require_safe
def newest(request: HttpRequest, body: str = "") -> HttpResponseBase:
    """The newest booklet of the whole city or of a body, at an address that always leads to it."""
    for language in dict.fromkeys((current_locale(), source_locale())):
        rows = BookletEdition.objects.filter(kind="booklet", state="done", as_of=None, body=body, language=language)
        if row := rows.order_by("-made_at", "-pk").first():
            return _file(request, row, "pdf", _NEWEST)
    raise Http404


@require_safe
def edition_file(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """A file of an edition, for as long as it is kept."""
    row = BookletEdition.objects.filter(code=code, state="done").first()
    form = name.rpartition(".")[2]
    if row is None or name != file_name(row, form):
        raise Http404
    return _file(request, row, form, _FOR_EVER)


def _file(request: HttpRequest, row: BookletEdition, form: str, cache: str) -> HttpResponseBase:
    files = EditionFile.objects.filter(edition=row, form=form)
    digest = files.values_list("digest", flat=True).first()
    if digest is None:
        raise Http404
    etag = f'"{digest[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        data = files.values_list("data", flat=True)[0]
        response = HttpResponse(bytes(data), content_type=EditionFile.TYPES[form])
        response["Content-Language"] = wire_tag(row.language)
        response["Content-Disposition"] = content_disposition_header(form != "pdf", file_name(row, form)) or ""
    if row.made_at:
        response["Last-Modified"] = http_date(row.made_at.timestamp())
    response["ETag"] = etag
    response["Cache-Control"] = cache
    return response
