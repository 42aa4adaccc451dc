"""Page and record change together, by whatever route; and what is public is what the pages say."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from wagtail.models import Page, PageViewRestriction, Site

from services import changes, publishing
from services.models import (
    LogHead,
    ProjectAgain,
    PublishedRecord,
    PublishedVersion,
    RecordLink,
    Sourced,
)
from services.models.entry import BOOKKEEPING, LiveAtOnce
from services.projecting import differences
from services.record import from_json
from tests.services import charter, routes_of_pages, routes_of_snippets, routes_of_the_tree  # noqa: F401 - they fill the table
from tests.services.route_table import ROUTES, Case

pytestmark = pytest.mark.django_db

#: Deletions that Django runs as one transaction: inside the test's own they say that all of it must be rolled back.
DELETED_BY_DJANGO = {
    "snippet_queryset_delete",
    "restriction_deleted_by_queryset",
    "suspension_deleted",
    "visits_deleted_by_queryset",
    "alerts_deleted_by_queryset",
    "city_deleted",
}


class Broken(RuntimeError):
    """The middle of a publication fails."""


def tree_is_whole() -> bool:
    """Whether treebeard finds nothing wrong with the page tree."""
    return not any(Page.find_problems())


def assert_says(value: Any, expected: Any) -> None:
    """Compare the parts of a record that are named."""
    if isinstance(expected, dict):
        for name, part in expected.items():
            assert_says(getattr(value, name), part)
    elif isinstance(expected, list):
        assert len(value) == len(expected)
        for item, part in zip(value, expected, strict=True):
            assert_says(item, part)
    else:
        assert value == expected


def everything() -> dict[str, Any]:
    """All that is public and all that makes it so, without the columns that say nothing to the public."""
    sourced = [model for model in apps.get_models() if issubclass(model, Sourced | LiveAtOnce)]
    log = [LogHead, PublishedRecord, PublishedVersion, RecordLink, ProjectAgain]
    found: dict[str, Any] = {}
    for model in [Page, PageViewRestriction, Site, *sourced, *log]:
        hidden = BOOKKEEPING | {f"{name}_id" for name in BOOKKEEPING}
        rows = model._default_manager.order_by("pk").values()
        found[model.__name__] = [{k: v for k, v in row.items() if k not in hidden} for row in rows]
    return found


@pytest.mark.parametrize("arrange", ROUTES.values(), ids=ROUTES)
def test_the_record_is_right_after_it(arrange: Callable[[], Case]) -> None:
    case = arrange()
    assert list(differences()) == []
    _epoch, before = changes.head()
    case.act()
    for entry in case.gone:
        row = charter.head(entry)
        assert row is not None
        assert row.deleted
        assert (row.body, row.title, row.url) == ("", "", "")
        assert row.sequence > before
    for entry, expected in case.says:
        row = charter.public(entry)
        assert row is not None
        assert_says(from_json(row.body), expected)
        assert row.sequence > before
        assert row.versions.latest("sequence").body == row.body
    for kind, number in case.count.items():
        assert PublishedRecord.objects.public().filter(kind=kind).count() == number
    assert list(differences()) == []
    assert tree_is_whole()


@pytest.mark.parametrize("name", ROUTES)
def test_neither_changes_if_the_middle_fails(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = ROUTES[name]()
    before = everything()

    def keep_and_fail(*args: Any) -> None:
        keep(*args)
        raise Broken

    keep = publishing._keep_version
    monkeypatch.setattr(publishing, "_keep_version", keep_and_fail)
    with pytest.raises((Broken, SystemExit)):
        case.act()
    assert connection.needs_rollback == (name in DELETED_BY_DJANGO)
    if not connection.needs_rollback:
        assert everything() == before
        assert tree_is_whole()
