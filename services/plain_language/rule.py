"""What a rule of plain language is: where in a text it finds something, why that matters, who says so."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from services.advice import Shown

#: A place in a text, and what to write or do there: ``text[start:end]`` are the words.
Hit = tuple[int, int, Shown]

#: The technique that a rule stands for is one of the eighteen of this article.
PLAIN_LANGUAGE_LAW = "Lei 15.263/2025, art. 5º"
USERS_LAW = "Lei 13.460/2017, art. 5º, XIV"
EDITORIAL = "Regras editoriais do portal gov.br"


@dataclass(frozen=True)
class Rule:
    """One habit of plain writing."""

    key: str
    #: What it is about, in a few words.
    label: Promise | str
    #: Why it matters to who reads, in a sentence.
    why: Promise | str
    source: Promise | str
    #: Pure: all that a text holds of it, in order.
    find: Callable[[str], Iterable[Hit]]
    #: Whether it concerns only titles of services.
    of_titles: bool = False
