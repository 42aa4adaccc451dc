"""Advice on an entry's words: what is shown to an editor beside a field, and what may be waved away with a reason.

Advice never keeps an entry from going public: what must be said is in ``services.completeness``.
"""

import hashlib
from dataclasses import dataclass

from django.utils.functional import Promise

#: What is shown to a person: translated when it is shown.
Shown = str | Promise


@dataclass(frozen=True)
class Finding:
    """Words of an entry that could be better, why, and what to write or do in their place."""

    #: Key of the rule.
    rule: str
    #: Path of the record's field: ``summary``, ``steps[1].description``.
    field: str
    #: Where the words stand in the field's plain text: ``text[start:end] == words``.
    start: int
    end: int
    words: str
    why: Shown
    #: What to write in their place, or a concrete thing to do.
    alternative: Shown
    #: The law or the guide that asks for it.
    source: Shown

    @property
    def id(self) -> str:
        """The same for the same rule, field and words, wherever in the field they stand: 16 hexadecimal digits."""
        said = "\0".join((self.rule, self.field, self.words))
        return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
