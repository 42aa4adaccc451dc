"""What a sheet's words refer to: bodies by acronym, units and topics by name, services by code."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from services.interchange.base import Unreadable
from services.interchange.slugs import fold
from services.record import Kind, Ref, Service

#: The services with these ids, as their latest drafts say them.
LookUp = Callable[[Iterable[str]], Mapping[str, Service]]


@dataclass
class Known:
    """What is here, as the reader and the writer of a sheet need it; words are folded (``slugs.fold``).

    ``named`` are the ids of services by the id of their body and their folded title. ``own`` are the bodies whose
    services may be read and written; ``None`` stands for all.
    """

    bodies: Mapping[str, Ref] = field(default_factory=dict)
    acronyms: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[Kind, Mapping[str, list[Ref]]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[tuple[str, str], str] = field(default_factory=dict)
    look_up: LookUp = lambda _ids: {}
    own: frozenset[str] | None = None

    def body(self, words: str) -> Ref:
        """The body of an acronym or a name. Raises ``Unreadable``."""
        found = self.bodies.get(fold(words))
        if found is None:
            raise Unreadable(f"não há órgão “{words[:60]}”: escreva a sigla como está na página do órgão")
        if self.own is not None and found.id not in self.own:
            raise Unreadable(f"você não escreve para o órgão “{words[:60]}”")
        return found

    def entry(self, kind: Kind, words: str) -> Ref:
        """The entry of a name. Raises ``Unreadable``."""
        found = self.entries.get(kind, {}).get(fold(words), [])
        if len(found) > 1:
            raise Unreadable(f"há mais de um com o nome “{words[:60]}”: escolha no formulário do serviço")
        if not found:
            raise Unreadable(f"não há “{words[:60]}” nesta carta: escreva o nome como está nela")
        return found[0]

    def title(self, ref: Ref) -> str:
        """How an entry is called, or ``""``."""
        return self.titles.get(ref.id, ref.title)
