"""Searches that found nothing lately, for the dashboard of whoever may read the report and mend it."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Window
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.permission_policies.base import ModelPermissionPolicy

from search.query_counts import QueryCount
from services.dashboard.work import FIRST, Line, Work

LATELY = timedelta(days=28)


@hooks.register("conecta_dashboard_panel", order=40)
def searches_without_result(request: HttpRequest, at: datetime) -> Work | None:
    """Of four weeks, the most frequent first."""
    user: Any = request.user
    if not ModelPermissionPolicy(QueryCount).user_has_permission(user, "view"):
        return None
    today = timezone.localdate(at)
    asked = QueryCount.objects.between(today - LATELY, today).by_query().filter(without_result_sum__gt=0)
    rows = list(asked.annotate(total=Window(Count("*"))).order_by("-without_result_sum", "query", "locale")[:FIRST])
    report = reverse("conecta_search_admin:asked")
    lines = [
        Line(
            f"“{row['query']}”",
            f"{report}?{urlencode({'q': row['query'], 'weeks': 4})}",
            ngettext("%d busca sem resultado.", "%d buscas sem resultado.", row["without_result_sum"])
            % row["without_result_sum"],
        )
        for row in rows
    ]
    total = rows[0]["total"] if rows else 0
    return Work(_("Buscas que não acharam nada"), "search", total, lines, f"{report}?problem=without_result&weeks=4")
