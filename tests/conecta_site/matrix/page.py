"""docs/url-matrix.md, as it is written from the rules."""

from collections.abc import Iterable

from tests.conecta_site.matrix.addresses import Address
from tests.conecta_site.matrix.rules import PEOPLE, Rule

_HEAD = """\
# Who is let in at every address

Written from the rules of `tests/conecta_site/matrix/rules.py` by `CONECTA_WRITE_URL_MATRIX=1 python -m pytest
tests/conecta_site/matrix/test_matrix.py -k page`. The same file of tests asks every address of the site as everybody,
and fails where an answer is another, where an address has no rule, and where anything answers with a 5xx. What is asked
for belongs to one body: *own* are its people, *other* those of another one.

**R**: let in with GET; **W**: with POST (or PUT and DELETE, where an address takes them), empty as the form is: the
view answers, and may still refuse what is in it. What an act then does, and for whom, is in [roles.md](roles.md).
Empty: sent away, or told that there is no such thing.
"""


def page(rows: Iterable[tuple[Address, Rule]]) -> str:
    """A table for each part of the site, and why some addresses open to nobody."""
    parts: dict[str, list[tuple[Address, Rule]]] = {}
    for each, rule in rows:
        parts.setdefault(_part(each), []).append((each, rule))
    lines = [_HEAD]
    for part, found in sorted(parts.items()):
        lines += [f"## {part}", "", f"| Address | {' | '.join(PEOPLE)} | |", "|---" * (len(PEOPLE) + 2) + "|"]
        lines += sorted(_row(each, rule) for each, rule in found)
        lines.append("")
    return "\n".join(lines)


def _row(address: Address, rule: Rule) -> str:
    cells = ("R" * (who in rule.read) + "W" * (who in rule.write) for who in PEOPLE)
    shown = address.route.replace("|", r"\|") or "/"
    return f"| `{shown}` | {' | '.join(cells)} | {rule.why} |"


def _part(address: Address) -> str:
    if address.route.startswith("api/"):
        return "The APIs"
    if not address.route.startswith("admin/"):
        return "The portal"
    return "Our screens of the admin" if "conecta" in (address.name or address.route) else "Wagtail's screens"
