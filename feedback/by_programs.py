"""Whether a form was filled in as no person does: before anybody could have read it, or where nobody sees a field."""

import time

from django.core import signing

#: Seconds in which nobody reads and fills in a form: a tap on a star and one on the button take longer.
TOO_FAST = 1
_SALT = "conecta.feedback.begun"
_OPEN_FOR = 24 * 3600


def begun() -> str:
    """What a form carries to tell when it was given out."""
    return signing.dumps(str(time.time()), salt=_SALT)


def is_by_a_program(trap: str, began: str) -> bool:
    """``trap``: what stands in the field that nobody sees; ``began``: what ``begun`` gave."""
    if trap:
        return True
    try:
        moment = float(signing.loads(began, salt=_SALT, max_age=_OPEN_FOR))
    except (signing.BadSignature, ValueError):
        return True
    return time.time() - moment < TOO_FAST
