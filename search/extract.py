"""Why an entry was found: the passages of its texts that have the words of the query. Pure."""

from collections.abc import Iterator, Sequence
from itertools import chain

from search.display import Display, cut
from search.marking import Mark, Part, Words, marks, parts_of

#: Characters of a passage that stands alone, and of each of several.
_ALONE, _EACH = 300, 150
_MOST_PASSAGES = 3
#: How far before its first word of the query a passage may begin.
_LEAD = 40
_ELLIPSIS, _GAP, _SPACE = Part("…"), Part(" … "), Part(" ")

_Line = tuple[str, list[Mark]]


def extract(display: Display, words: Words) -> list[Part]:
    """The summary, and where else those words stand that neither the title nor the summary has."""
    missing = words.numbers() - _words_in(marks(display.title, words))
    first = (display.summary, marks(display.summary, words))
    missing -= _words_in(first[1])
    more = _passages(display, words, missing) if missing else []
    if not more:
        return _passage(first, length=_ALONE)
    passages = [_passage(line, length=_EACH) for line in (first, *more) if line[0]]
    for passage in passages[1:]:
        if passage[0] == _ELLIPSIS:
            # The gap before it says so.
            del passage[0]
    for passage in passages[:-1]:
        passage.append(_SPACE if passage[-1].text.endswith(_ELLIPSIS.text) else _GAP)
    return list(chain.from_iterable(passages))


def _passages(display: Display, words: Words, missing: set[int]) -> list[_Line]:
    """Lines that have words which are missing so far, in their order."""
    text = "\n".join((*display.names, *display.keywords, display.text))
    chosen: list[_Line] = []
    for line in _lines(text, marks(text, words)):
        found = _words_in(line[1])
        if found & missing:
            chosen.append(line)
            missing = missing - found
        if not missing or len(chosen) == _MOST_PASSAGES - 1:
            break
    return chosen


def _lines(text: str, found: Sequence[Mark]) -> Iterator[_Line]:
    """The lines of a text that have marks."""
    at = 0
    while at < len(found):
        start = text.rfind("\n", 0, found[at].start) + 1
        end = text.find("\n", found[at].end)
        end = len(text) if end < 0 else end
        inside = [mark for mark in found[at:] if mark.end <= end]
        yield text[start:end], [Mark(mark.start - start, mark.end - start, mark.word) for mark in inside]
        at += len(inside)


def _words_in(found: Sequence[Mark]) -> set[int]:
    return {mark.word for mark in found}


def _passage(line: _Line, *, length: int) -> list[Part]:
    """As much of a line as ``length`` allows, with the most different words in it."""
    text, found = line
    start = _start(text, found, length) if len(text) > length else 0
    shown = cut(text[start:], length)
    end = start + len(shown.removesuffix(_ELLIPSIS.text))
    inside = [Mark(mark.start - start, mark.end - start, mark.word) for mark in found if start <= mark.start < end]
    return [*([_ELLIPSIS] if start else []), *parts_of(shown, inside)]


def _start(text: str, found: Sequence[Mark], length: int) -> int:
    """Where the best passage begins: a few words before the first mark of the most that fit together."""

    def worth(first: Mark) -> int:
        return len({mark.word for mark in found if first.start <= mark.start <= first.start + length - 2 * _LEAD})

    if not found:
        return 0
    best = max(found, key=lambda mark: (worth(mark), -mark.start))
    if best.start <= _LEAD or (best.start + _LEAD < length and worth(found[0]) == worth(best)):
        return 0
    earliest = best.start - _LEAD
    return text.find(" ", earliest, best.start) + 1 or best.start
