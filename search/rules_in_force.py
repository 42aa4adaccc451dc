"""The rules that hold now, kept in this process: looked for again at most once a second."""

from collections.abc import Mapping
from threading import Lock

from search.models import BestBet, ProtectedWord, RulesHead, SynonymGroup
from search.rules import NO_RULES, Rules, rules_of
from search.text import LANGUAGES, language_code

#: What an editor saves holds in every process after this many seconds.
LOOK_AGAIN_SECONDS = 1.0


class RulesInForce:
    """One snapshot for all threads of a process, replaced as a whole."""

    def __init__(self) -> None:
        self._version: str | None = None
        self._rules: Mapping[str, Rules] = {}
        self._looked: float | None = None
        self._looking = Lock()

    def of(self, locale: str, *, seconds: float) -> Rules:
        """The rules for queries in a locale; ``seconds`` is a clock that only goes forward.

        One query if a second has passed since the last one, three more if the rules are others. While one thread reads
        them, the others go on with those they know.
        """
        if self._looked is None or seconds - self._looked >= LOOK_AGAIN_SECONDS:
            known = self._version is not None
            if self._looking.acquire(blocking=not known):
                try:
                    self._look(seconds)
                finally:
                    self._looking.release()
        return self._rules.get(language_code(locale), NO_RULES)

    def forget(self) -> None:
        """Read all of it again when next asked."""
        self._version = self._looked = None

    def _look(self, seconds: float) -> None:
        # The version first: rules that change meanwhile are then read once more, never missed.
        version = RulesHead.objects.values_list("version", flat=True).filter(pk=1).first() or ""
        if version != self._version:
            self._rules = _read() if version else {}
            self._version = version
        self._looked = seconds


def _read() -> Mapping[str, Rules]:
    groups = list(SynonymGroup.objects.filter(active=True))
    bets, words = list(BestBet.objects.all()), list(ProtectedWord.objects.all())
    return {
        code: rules_of(
            language,
            synonyms=[group.as_rule() for group in groups if group.language == code],
            pins=[bet.as_rule() for bet in bets if bet.language == code],
            protected=[each.word for each in words if each.language == code],
        )
        for code, language in LANGUAGES.items()
    }


rules_in_force = RulesInForce()
