"""Questions that people ask, each with its answer on the spot."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from services.kept_pages import answer, new_page
from services.languages import current_locale
from services.listings import plain
from services.neighbours import readable
from services.record import City, Information, Ref, from_json
from services.timing import changes_at


@require_safe
def questions(request: HttpRequest) -> HttpResponseBase:
    """Under their first theme, by name; ``?tema=`` (an id) narrows it. One query."""
    at = timezone.now()
    rows = readable(current_locale()).filter(
        Q(kind="information", body__contains='"type":"question"') & ~Q(url="") | Q(kind="city")
    )
    records = [from_json(body) for body in rows.values_list("body", flat=True)]
    city = next((record for record in records if isinstance(record, City)), None)
    asked = [record for record in records if isinstance(record, Information) and record.type == "question"]
    asked.sort(key=lambda record: plain(record.title))
    themes: dict[str, Ref] = {ref.id: ref for record in asked for ref in record.topics if ref.title}
    theme = themes.get(request.GET.get("tema", ""))
    chosen = [record for record in asked if theme is None or any(ref.id == theme.id for ref in record.topics)]
    context = {
        "questions": chosen,
        "themes": sorted(themes.values(), key=lambda ref: plain(ref.title)),
        "theme": theme,
        "at": at,
        "share_url": request.build_absolute_uri(),
    }
    html = render_to_string("conecta_services/questions.html", context, request)
    boundary = changes_at([city], at) if city else None
    return answer(request, new_page(html, at=at, boundary=boundary), at)
