"""What is kept of a person, why, for how long, and what they may ask (LGPD arts. 9, 18 and 41)."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback import configured
from feedback.models import DataOfficer


@require_safe
def rights(request: HttpRequest) -> HttpResponseBase:
    """In plain words."""
    officer = DataOfficer.objects.first()
    context = {"officer": officer if officer and officer.name else None, "months": configured.months_kept()}
    return render(request, "conecta_feedback/privacy/rights.html", context)
