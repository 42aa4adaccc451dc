"""Where a page first uses a word of the glossary, the word leads to what it means.

Pure: HTML as Django's templates write it in, HTML out. Whole words, the longest first, whatever their accents and
capitals; never within links, headings, controls, or what is in another language than the page.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.text import slugify

_PIECES = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)")
#: Words, with what holds two of them together; entities are none.
_WORDS = re.compile(r"&#?\w+;|(?P<word>[^\W_]+(?:[-'’][^\W_]+)*)")
#: Nothing in these is a text to read in, or a link cannot stand there.
_CLOSED = frozenset(
    {"a", "abbr", "button", "dfn", "form", "h1", "h2", "h3", "h4", "h5", "h6", "label", "nav", "option", "script"}
    | {"select", "style", "summary", "svg", "template", "textarea"}
)
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "use", "wbr"})
#: Marks on one page: more would be noise.
MOST = 12


@dataclass(frozen=True, slots=True)
class Explained:
    """A word and what it means."""

    term: str
    meaning: str
    forms: tuple[str, ...] = ()
    #: In which language this is said, if it is not the reader's.
    locale: str = ""

    @property
    def letter(self) -> str:
        """Under which it stands."""
        first = folded(self.term)[:1].upper()
        return first if first.isalpha() else "#"

    @property
    def anchor(self) -> str:
        """Where it stands on the glossary's page."""
        return slugify(self.term) or "palavra"


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    explained: Explained
    #: An acronym is meant only in capitals: CAR is a register, "car" is not.
    exact: str = ""


class _Word(NamedTuple):
    start: int
    end: int
    folded: str


@dataclass(frozen=True)
class Marker:
    """A glossary made ready to be looked for."""

    forms: dict[str, list[_Form]] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: Sequence[Explained]) -> "Marker":
        """Forms by their first word, the longest first."""
        by_first: dict[str, list[_Form]] = {}
        for explained in terms:
            for text in explained.forms or (explained.term,):
                spelled = tuple(found["word"] for found in _WORDS.finditer(text) if found["word"])
                if spelled:
                    exact = spelled[0] if len(spelled) == 1 and text.isupper() else ""
                    form = _Form(tuple(folded(word) for word in spelled), explained, exact)
                    by_first.setdefault(form.words[0], []).append(form)
        for found in by_first.values():
            found.sort(key=lambda form: -len(form.words))
        return cls(by_first)

    def mark(self, html: str, address: str) -> str:
        """The HTML with the first use of each word as a link to its place at ``address``."""
        if not self.forms:
            return html
        return "".join(self._pieces(html, address))

    def _pieces(self, html: str, address: str) -> Iterator[str]:
        used: set[str] = set()
        # The element within which nothing is marked, and how many of its name are open in it.
        closed, depth = "", 0
        for piece in _PIECES.finditer(html):
            text = piece[0]
            if not text.startswith("<"):
                yield text if closed or len(used) >= MOST or text.isspace() else self._marked(text, address, used)
                continue
            yield text
            tag = _TAG.match(text)
            if tag is None:
                continue
            name, ends = tag[2].lower(), bool(tag[1])
            if closed:
                if name == closed and name not in _VOID:
                    depth += -1 if ends else 1
                    closed = closed if depth else ""
            elif (
                not ends
                and name not in _VOID
                and (name in _CLOSED or " lang=" in text or " hidden" in text or "c-hidden" in text)
            ):
                closed, depth = name, 1

    def _marked(self, text: str, address: str, used: set[str]) -> str:
        words = [
            _Word(found.start(), found.end(), folded(found[0])) for found in _WORDS.finditer(text) if found["word"]
        ]
        # Most pieces hold no word of the glossary.
        if self.forms.keys().isdisjoint(word.folded for word in words):
            return text
        said: list[str] = []
        written = place = 0
        while place < len(words) and len(used) < MOST:
            form = self._at(text, words, place, used)
            if form is None:
                place += 1
                continue
            start, end = words[place].start, words[place + len(form.words) - 1].end
            used.add(form.explained.term)
            said += [text[written:start], _link(form.explained, text[start:end], address)]
            written = end
            place += len(form.words)
        return "".join([*said, text[written:]])

    def _at(self, text: str, words: list[_Word], place: int, used: set[str]) -> _Form | None:
        for form in self.forms.get(words[place].folded, ()):
            these = words[place : place + len(form.words)]
            if (
                form.explained.term not in used
                and tuple(word.folded for word in these) == form.words
                and all(text[a.end : b.start].isspace() for a, b in pairwise(these))
                and form.exact in ("", text[these[0].start : these[0].end])
            ):
                return form
        return None


@lru_cache(maxsize=16_384)
def folded(word: str) -> str:
    """A word without accents and capitals. Pages of a city say the same words again and again."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _link(explained: Explained, said: str, address: str) -> str:
    # ``said`` is a piece of HTML already: words only, without entities.
    opened = format_html('<a class="c-term" href="{}#{}" title="{}"', address, explained.anchor, explained.meaning)
    return f"{opened}>{said}</a>"
