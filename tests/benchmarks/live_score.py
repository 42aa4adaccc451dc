"""What the score beside a form costs its editor: the answer at each pause in typing, and what the form waits for it."""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.sites import Site

#: Of all services, those that say most: a form of few words is answered sooner.
LONGEST = 40
MOST_MS, MOST_QUERIES = 150, 19


def measure(site: Site) -> Iterator[Figure]:
    """Milliseconds and queries of an answer, and milliseconds that opening a form takes longer with the panel."""
    found = site.task("live_score", LONGEST)
    note = f"p95 of the {LONGEST} longest of {found['services']} services; median {found['median']:.0f}"
    yield Figure("live-score", "ms", found["p95"], at_most=MOST_MS, note=note)
    yield Figure("live-score-queries", "SQL queries", found["queries"], at_most=MOST_QUERIES)
    note = f"median {found['form']:.0f} with the panel"
    yield Figure("live-score-form", "ms more", found["more"], at_most=MOST_MS, note=note)


def taken(number: str) -> dict[str, float]:
    """The same, of so many services, in this process. Each answer is to a text that was not judged before."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.db.models import TextField
    from django.db.models.functions import Cast, Length
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment
    from django.urls import reverse

    from services import completeness_panel
    from services.models import PublishedRecord, ServicePage
    from tests.services.editing import edit_address, filled_in

    users: Any = get_user_model()._default_manager
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(users.create_superuser(f"editor-{time.time_ns()}"))
    public = PublishedRecord.objects.public().filter(kind="service", locale="pt-br")
    longest = public.order_by(Length(Cast("body", TextField())).desc()).values_list("entry_id", flat=True)
    pages = ServicePage.objects.filter(record_id__in=list(longest[: int(number)]), locale__language_code="pt-br")
    # Only so does the client tell of which form a page was made; and only so do templates take longer.
    setup_test_environment()
    typed_in = {page.pk: filled_in(client.get(edit_address(page))) for page in pages}
    teardown_test_environment()
    answers: list[float] = []
    queries: list[int] = []
    with_panel: list[float] = []
    without: list[float] = []
    is_assessed = completeness_panel.is_assessed
    for page in pages:
        form, address = edit_address(page), reverse("conecta_completeness:page", args=[page.pk])
        with_panel.append(_ms(partial(client.get, form)))
        typed = partial(_type, client, address, typed_in[page.pk])
        typed()
        answers.append(statistics.median(_ms(typed) for _time in range(3)))
        with CaptureQueriesContext(connection) as captured:
            typed()
        queries.append(len(captured))
        completeness_panel.is_assessed = lambda _model: False
        try:
            without.append(_ms(partial(client.get, form)))
        finally:
            completeness_panel.is_assessed = is_assessed
    return {
        "p95": statistics.quantiles(answers, n=20)[-1],
        "median": statistics.median(answers),
        "queries": max(queries),
        "form": statistics.median(with_panel),
        "more": statistics.median(with_panel) - statistics.median(without),
        "services": public.count(),
    }


def _type(client: Any, address: str, data: Any) -> None:
    """Another summary, as the panel's script sends the form after a pause."""
    data["summary"] = f"{time.time_ns()} {data['summary']}"[:200]
    answer = client.post(address, data.urlencode(), content_type="application/x-www-form-urlencoded")
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")


def _ms(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1_000
