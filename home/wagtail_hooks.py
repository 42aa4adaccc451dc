"""The admin as this city's editors see it: without what is only about Wagtail, and in English."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from home import booklet_face  # noqa: F401 - registers itself
from home.first_day import hooks as _first_day  # noqa: F401 - registers itself
from home.offline import hooks as _offline  # noqa: F401 - registers itself
from home.reading import hooks as _reading  # noqa: F401 - registers
from home.signing_in import hooks as _door  # noqa: F401 - registers itself
from home.state import hooks as state_hooks  # noqa: F401 - registers itself


@hooks.register("construct_help_menu")
def without_release_notes(request: HttpRequest, menu_items: list[Any]) -> None:
    """Keep the keyboard shortcuts: the guide and the release notes of Wagtail are not for a city's editors."""
    menu_items[:] = [item for item in menu_items if item.name == "keyboard-shortcuts-trigger"]
