"""A yearly report's PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from feedback.models import YearlyReportPage
from feedback.yearly.typesetting import kept_file
from services.languages import current_locale, source_locale


@require_safe
def pdf(request: HttpRequest, record_id: str) -> HttpResponse:
    """Of the text that is public now; the same bytes for as long as the text is the same."""
    reports = YearlyReportPage.objects.live().public().filter(record_id=record_id, alias_of=None)
    by_locale = {report.locale.language_code: report for report in reports.select_related("locale")}
    report = by_locale.get(current_locale()) or by_locale.get(source_locale())
    if report is None:
        raise Http404(record_id)
    kept = kept_file(report, language=report.locale.language_code, at=timezone.now())
    response = HttpResponse(bytes(kept.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(report.title) or record_id}.pdf"'
    response["ETag"] = f'"{kept.digest[:32]}"'
    response["Cache-Control"] = "public, max-age=300"
    return response
