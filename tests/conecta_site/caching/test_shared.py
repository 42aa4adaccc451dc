"""Processes that share a cache make a page once for all of them; a cache that is away holds nobody up."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from conecta_site import caching
from conecta_site.caching import PageCacheMiddleware, key_of
from conecta_site.kept_answers import SharedStore
from services.kept_pages import answer, new_page
from tests import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> list[str]:
    """What was made, in its order."""
    return []


@pytest.fixture
def view(made: list[str]) -> Any:
    """A page that says which one it is."""

    def page(request: Any) -> Any:
        made.append(f"página {len(made) + 1}")
        at = timezone.now()
        return answer(request, new_page(made[-1], at=at), at)

    return page


@pytest.fixture
def _shared(settings: Any, tmp_path: Path) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    }


def another_process(view: Any) -> str:
    """What a process answers that has kept nothing itself."""
    caching.STORE.clear()
    return str(PageCacheMiddleware(view)(RequestFactory().get("/pagina/")).content.decode())


@pytest.mark.usefixtures("_shared")
def test_what_one_process_made_all_give_out_until_it_changes(view: Any, made: list[str]) -> None:
    assert [another_process(view) for _each in range(3)] == ["página 1"] * 3
    records.put_record(records.service("Podar"))
    assert [another_process(view) for _each in range(3)] == ["página 2"] * 3
    assert made == ["página 1", "página 2"]


@pytest.mark.usefixtures("_shared")
def test_while_another_process_makes_it_the_old_one_is_given(view: Any, made: list[str]) -> None:
    another_process(view)
    records.put_record(records.service("Podar"))
    key = key_of(RequestFactory().get("/pagina/"))
    assert key is not None
    assert SharedStore().is_mine_to_make(key)
    assert another_process(view) == "página 1"
    SharedStore().give_up(key)
    assert another_process(view) == "página 2"
    assert len(made) == 2


@pytest.mark.usefixtures("_shared")
def test_who_has_no_old_one_waits_for_the_one_who_makes_it(view: Any, made: list[str]) -> None:
    key = key_of(RequestFactory().get("/pagina/"))
    assert key is not None
    another_process(view)
    kept = caching.STORE.get(key)
    assert kept is not None
    cache.clear()
    assert SharedStore().is_mine_to_make(key)
    late = threading.Timer(0.1, lambda: SharedStore().put(key, kept, timezone.now()))
    late.start()
    assert another_process(view) == "página 1"
    late.join()
    assert made == ["página 1"]


@pytest.mark.usefixtures("_shared")
def test_what_may_not_be_kept_leaves_no_sign_that_somebody_makes_it(view: Any) -> None:
    def private(request: Any) -> Any:
        response = view(request)
        response.set_cookie("quem", "eu")
        return response

    assert [another_process(private) for _each in range(2)] == ["página 1", "página 2"]


def test_a_cache_that_is_away_holds_nobody_up(view: Any, settings: Any, tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("", encoding="utf-8")
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(nowhere)}
    }
    assert [another_process(view) for _each in range(2)] == ["página 1", "página 2"]
