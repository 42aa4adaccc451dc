"""A wrong setting in one sentence."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register("conecta_search")
def check_data_dir(app_configs: Sequence[AppConfig] | None = None, **_options: Any) -> list[CheckMessage]:
    """The embedded index needs a folder of this machine that it can write to."""
    configured = getattr(settings, "DATA_DIR", None)
    if not configured:
        return [
            Error(
                "DATA_DIR is not set: the search index needs a folder.",
                hint='Set it to a folder of this machine, such as BASE_DIR / "var".',
                id="conecta_search.E001",
            )
        ]
    folder = Path(configured).absolute()
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
        return [
            Error(
                f"DATA_DIR can not be written to: {folder}.",
                hint="Give the user that runs this site the right to write there, or set another folder.",
                id="conecta_search.E002",
            )
        ]
    return []
