"""Who acts where no person does: an import or a command names itself in the register."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_actor: ContextVar[str] = ContextVar("conecta_actor", default="")


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    """What is logged inside without a person is this actor's doing; who is named already stays."""
    token = _actor.set(_actor.get() or name)
    try:
        yield
    finally:
        _actor.reset(token)


def actor() -> str:
    """The name of what acts now: as it was given, or else the command that this process runs, or ``""``."""
    return _actor.get() or _command()


def _command() -> str:
    program, *rest = sys.argv or [""]
    name = Path(program).name
    return f"{name} {rest[0]}" if name in ("manage.py", "django-admin") and rest else ""
