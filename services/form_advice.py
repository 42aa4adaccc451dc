"""What the form of an entry advises beside the gate: plain language, documents that may not be asked for."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from wagtail import hooks

from services.record import Entry


@dataclass(frozen=True)
class Advice:
    """One thing to do better. It never keeps an entry from going public."""

    #: Under which it is shown, with others of its sort.
    heading: Promise | str
    text: Promise | str
    #: The form's field that it is about; none if empty.
    field: str = ""
    #: Where it stands that this is better: an article of law, a guide.
    source: Promise | str = ""
    #: The same while the words are; empty for what nobody can wave away.
    id: str = ""


def advice_on(entry: Any, record: Entry) -> list[Advice]:
    """What the functions behind the hook ``conecta_form_advice`` say of an entry as it stands in its form.

    Each gets the entry, saved or not, and its record as the public would get it, and returns ``Advice``. They are
    asked while an editor types: a few milliseconds, no query of their own. What has the same id is told once.
    """
    found = [advice for advise in hooks.get_hooks("conecta_form_advice") for advice in advise(entry, record)]
    first = {advice.id or str(place): advice for place, advice in reversed(list(enumerate(found)))}
    return list(reversed(first.values()))
