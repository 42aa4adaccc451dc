"""What the last check of accessibility found, from the file that it leaves: nothing is claimed that was not checked.

``docs/acessibilidade.json`` holds ``date`` (ISO 8601), ``pages`` (how many were looked at), ``findings`` (a number, or
a list of sentences or of objects with ``text``), and may hold ``by`` (how it was checked) and ``known`` (sentences on
what is known not to be accessible).
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop

logger = logging.getLogger(__name__)

FILE = "docs/acessibilidade.json"
#: What the check writes as ``by``; readers have it in their language.
BY_ALL_TEMPLATES = gettext_noop(
    "Cada tipo de página foi examinado com o axe-core (WCAG 2.2 A e AA) e com o verificador de HTML do W3C, "
    "em português, espanhol e inglês, em claro, escuro e alto contraste."
)


@dataclass(frozen=True)
class Statement:
    """The day of the check, how many pages it saw, how much it found, and what is known to be missing."""

    date: date
    pages: int
    findings: int
    by: str = ""
    known: Sequence[str] = ()


def last_statement(path: Path | None = None) -> Statement | None:
    """What the last check found; ``None`` where none has left a file that can be read."""
    path = path or Path(settings.BASE_DIR) / FILE
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        found = told["findings"]
        sentences = [_sentence(each) for each in found] if isinstance(found, list) else []
        return Statement(
            date=date.fromisoformat(told["date"]),
            pages=int(told["pages"]),
            findings=len(found) if isinstance(found, list) else int(found),
            by=str(told.get("by", "")),
            known=tuple(filter(None, [*sentences, *map(_sentence, told.get("known", []))])),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        logger.warning("%s can not be read: %s", path, error)
        return None


def _sentence(told: Any) -> str:
    return str(told.get("text", "")) if isinstance(told, dict) else str(told)
