"""What a sheet's words refer to: bodies by acronym, units and topics by name, services by code."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.interchange.base import Unreadable
from services.interchange.slugs import fold
from services.record import Kind, Ref, Service


@dataclass
class Known:
    """What is here, as the reader of a sheet needs it; words are folded (``slugs.fold``).

    ``services`` are the latest drafts by id; ``named`` the ids of services by body id and folded title.
    """

    bodies: Mapping[str, Ref] = field(default_factory=dict)
    acronyms: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[Kind, Mapping[str, Ref]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=dict)
    named: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def body(self, words: str) -> Ref:
        """The body of an acronym or a name. Raises ``Unreadable``."""
        found = self.bodies.get(fold(words))
        if found is None:
            raise Unreadable(f"não há órgão “{words}”: escreva a sigla como está na página do órgão")
        return found

    def entry(self, kind: Kind, words: str) -> Ref:
        """The entry of a name. Raises ``Unreadable``."""
        found = self.entries.get(kind, {}).get(fold(words))
        if found is None:
            raise Unreadable(f"não há “{words}” nesta carta: escreva o nome como está nela")
        return found

    def title(self, ref: Ref) -> str:
        """How an entry is called."""
        return self.titles.get(ref.id, ref.title)
