"""A newsroom in a process of its own: does what it is told, a JSON line each, and says what came of it once it is sure.

Run as a script, by this version of the code or by another one.
"""

import json
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import close_old_connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from feedback.models import RatingSum  # noqa: E402
from feedback.summing import sum_up  # noqa: E402
from services.models import SecretariatPage, ServicePage, Topic  # noqa: E402
from tests.services import charter  # noqa: E402


def new(title: str) -> str:
    """Publish a service that was not there."""
    return str(charter.service(SecretariatPage.objects.order_by("pk").first(), title).record_id)


def edit(entry: str, title: str) -> str:
    """Publish another title of a service."""
    charter.edited(_page(entry), title=title).publish()
    return entry


def down(entry: str) -> str:
    """Take a service off the portal."""
    _page(entry).unpublish()
    return entry


def schedule(entry: str, title: str, seconds: float) -> str:
    """Have the worker publish another title in a moment."""
    page = charter.fresh(_page(entry))
    page.title, page.go_live_at = title, timezone.now() + timedelta(seconds=seconds)
    page.save_revision(clean=False).publish()
    return entry


def editor() -> dict[str, str]:
    """A browser's session of somebody who may publish, a theme, and where it is edited."""
    user, _created = get_user_model().objects.get_or_create(
        username="chefe", defaults={"is_superuser": True, "is_staff": True}
    )
    client = Client()
    client.force_login(user)
    topic = Topic.objects.order_by("pk").first()
    address = reverse("wagtailsnippets_conecta_services_topic:edit", args=[topic.pk])
    return {"session": client.cookies["sessionid"].value, "address": address, "entry": topic.record_id}


def booklet() -> str:
    """Ask for one, which the worker makes."""
    # Not every version of the code has booklets.
    from services.booklet import editions

    return str(editions.ask(at=timezone.now(), language="pt-br").code)


def sums(days: int) -> dict[str, list[int]]:
    """Ratings of each service from one to five stars, summed up as if it were some days later."""
    sum_up(timezone.now() + timedelta(days=days))
    found: dict[str, list[int]] = {}
    for row in RatingSum.objects.filter(split="").exclude(subject=""):
        held = found.setdefault(row.subject, [0] * 5)
        found[row.subject] = [
            a + b for a, b in zip(held, (row.one, row.two, row.three, row.four, row.five), strict=True)
        ]
    return found


def _page(entry: str) -> Any:
    return ServicePage.objects.get(record_id=entry, locale__language_code="pt-br")


def main() -> None:
    """Until nobody tells it more."""
    known = {each.__name__: each for each in (new, edit, down, schedule, editor, booklet, sums)}
    for line in sys.stdin:
        told = json.loads(line)
        close_old_connections()
        try:
            answer = {"done": known[told.pop("do")](**told)}
        except Exception as error:  # noqa: BLE001 - whatever it was, it was not accepted
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
