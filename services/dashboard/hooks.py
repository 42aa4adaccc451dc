"""What stands on the admin's first page."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from services.dashboard import upkeep  # noqa: F401 - registers what it tells
from services.dashboard.starting import StartPanel
from services.dashboard.work import WorkPanel


@hooks.register("construct_homepage_panels")
def panels(_request: HttpRequest, home_panels: list[Any]) -> None:
    """What editors do most often first, then what there is to look after."""
    home_panels.insert(0, StartPanel())
    home_panels.append(WorkPanel())
