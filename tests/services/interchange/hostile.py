"""Texts that have broken writers of other formats, and a service that is full of them."""

from services.record import Service, from_data
from tests.services.interchange.exchange.samples import full, leaves, put

TEXTS = [
    "</script><script>alert(1)</script>",
    "\"aspas\" e 'apóstrofos' \\ barra",
    "<!-- --> ]]> & &amp;",
    '=HYPERLINK("http://x.example")',
    "@prefix x: <y> .",
    'um\n@prefix x: <y> .\n\n"""três""" linhas\\',
    "\u202eoãçnesi\u2066",
    "👩‍👩‍👧‍👦 𝔸 İı",
    "\x00a\x08\x1fb\x85c\u2028d",
    "trailing\\",
    "a;b,c\td",
    "%s {0} {{x}} ${y}",
]


def service(text: str) -> Service:
    """A service of which every text that is free holds this one."""
    data = full("service")
    for leaf in leaves("service"):
        one = leaf.one[0] if isinstance(leaf.one, list) else leaf.one
        if isinstance(one, str) and one.removeprefix("<p>").startswith("Um ") and leaf.name != "slug":
            put(data, leaf.path, [text] if isinstance(leaf.one, list) else text)
    for name in ("url",):
        data["legislation"][0][name] = f"https://a.example/{text}"
    record = from_data(data)
    assert isinstance(record, Service)
    return record
