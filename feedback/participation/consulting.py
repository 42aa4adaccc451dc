"""When a consultation is open. Pure."""

from datetime import date
from typing import Literal

State = Literal["opens", "open", "closed"]


def state(starts: date | None, ends: date | None, *, on: date) -> State:
    """Both days are within; without its days it has not opened."""
    if starts is None or ends is None or on < starts:
        return "opens"
    return "open" if on <= ends else "closed"
