"""What a person brings, or has at hand, to ask for a service: in a few words, for its short answer. Pure but for words.

The list itself is the page's; here three short names are told, and of longer lists their length.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.record import Service
from services.wording import asking, joined

#: More names, or longer ones, would be no short answer.
_MOST_NAMES = 3
_MOST_LETTERS = 64
#: Where somebody looks at the papers.
_IN_PERSON = frozenset({"in_person", "home_visit"})


def bringing(service: Service) -> str:
    """``leve RG e CPF``, ``tenha em mãos 6 documentos``, ``não precisa de documento``; ``""`` if it is not told."""
    names = list(dict.fromkeys(_named(service)))
    by_case = any(step.documents.cases for step in service.steps)
    if not names:
        if by_case:
            return _("os documentos dependem do seu caso")
        waived = any(each.rule == "documents" for each in service.not_applicable)
        return _("não precisa de documento") if waived else ""
    said = _said(names)
    if by_case:
        said = _("%(documents)s e o que o seu caso pedir") % {"documents": said}
    if asking(service) & _IN_PERSON:
        return _("leve %(documents)s") % {"documents": said}
    return _("tenha em mãos %(documents)s") % {"documents": said}


def _named(service: Service) -> Iterable[str]:
    for step in service.steps:
        for document in step.documents.default:
            yield document.name.strip().rstrip(".")


def _said(names: list[str]) -> str:
    if len(names) > _MOST_NAMES or len("".join(names)) > _MOST_LETTERS:
        return ngettext("%(n)s documento", "%(n)s documentos", len(names)) % {"n": len(names)}
    small = [_small(name) for name in names]
    # "RG e CPF e conta de luz" would not tell which of them are one.
    return ", ".join(small) if any(" " in name for name in small[:-1]) else joined(small)


def _small(name: str) -> str:
    """Without its capital, unless it is of an acronym."""
    return name if name[1:2].isupper() or name[1:2].isdigit() else name[:1].lower() + name[1:]
