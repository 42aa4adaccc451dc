"""What the rules find in some texts: each thing told once, by the rule that says most of it."""

import functools
from collections.abc import Collection, Iterable, Iterator

from services.advice import Finding, Shown
from services.plain_language.acronyms import explained_in
from services.plain_language.record_texts import Passage, texts_of
from services.plain_language.rule import Rule
from services.plain_language.rules import RULES
from services.record import Entry

#: Rules that speak of words and phrases: of two that find the same words, the first is told.
_OF_WORDS = ("opening", "nominalisation", "jargon", "latin")


def findings(texts: Iterable[Passage], *, known_acronyms: Collection[str] = ()) -> list[Finding]:
    """What could be plainer, in the order of the texts and, within one, of the words.

    An acronym that one text explains, or that is known, is explained in all; it is told once, where it first stands.
    """
    passages = list(texts)
    explained = set(known_acronyms).union(*(explained_in(passage.text) for passage in passages))
    found: list[Finding] = []
    told: set[tuple[str, str, str]] = set()
    for passage in passages:
        for finding in sorted(_of_passage(passage), key=lambda each: (each.start, each.end)):
            acronym = finding.words if finding.rule == "acronym" else None
            said = (finding.rule, finding.field, finding.words)
            if acronym in explained or said in told:
                continue
            if acronym:
                explained.add(acronym)
            told.add(said)
            found.append(finding)
    return found


def record_findings(record: Entry, *, known_acronyms: Collection[str] = ()) -> list[Finding]:
    """What could be plainer in a record: none in another language than Portuguese.

    ``known_acronyms`` are those that the page itself explains, such as its body's; the record's own is known anyway.
    """
    if not record.locale.lower().startswith("pt"):
        return []
    own = {acronym} if (acronym := getattr(record, "acronym", "")) else set()
    return findings(texts_of(record), known_acronyms=own.union(known_acronyms))


def _of_passage(passage: Passage) -> Iterator[Finding]:
    for rule, start, end, alternative in _found_in(passage.text, passage.is_title):
        yield _finding(rule, passage, start, end, alternative)


# While somebody types, all passages but one are what they were a moment ago.
@functools.lru_cache(maxsize=2_048)
def _found_in(text: str, is_title: bool) -> tuple[tuple[Rule, int, int, Shown], ...]:
    # A mark for each letter: to look through all that was told before would take time in its square.
    taken = bytearray(len(text))
    found = []
    for rule in RULES:
        if rule.of_titles and not is_title:
            continue
        for start, end, alternative in rule.find(text):
            if rule.key in _OF_WORDS:
                if taken.find(1, start, end) >= 0:
                    continue
                taken[start:end] = b"\1" * (end - start)
            found.append((rule, start, end, alternative))
    return tuple(found)


def _finding(rule: Rule, passage: Passage, start: int, end: int, alternative: Shown) -> Finding:
    return Finding(
        rule=rule.key,
        field=passage.field,
        start=start,
        end=end,
        words=passage.text[start:end],
        why=rule.why,
        alternative=alternative,
        source=rule.source,
    )
