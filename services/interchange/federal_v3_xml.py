"""A federal v3 file as an element tree: safe against hostile XML, and strict where a guess would lose something."""

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from services.interchange.base import Unreadable, printable
from services.interchange.federal_v3_fields import DROPPED, HANDLED, NAMESPACE, OTHER_NAME

_PREFIX = f"{{{NAMESPACE}}}"
_MAX_DEPTH = 20
_MAX_ELEMENTS = 20_000
_CONTAINERS = frozenset(path.rpartition("/")[0] for path in HANDLED if "/" in path)


class _Builder(TreeBuilder):
    """Builds a tree of bounded depth and size."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > _MAX_DEPTH:
            raise Unreadable(f"tem elementos aninhados em mais de {_MAX_DEPTH} níveis")
        if self._count > _MAX_ELEMENTS:
            raise Unreadable(f"tem mais de {_MAX_ELEMENTS} elementos")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse(data: bytes) -> Element:
    """The ``servico`` element of a file. Raises ``Unreadable``."""
    if not data.strip():
        raise Unreadable("o arquivo está vazio")
    parser = DefusedXMLParser(target=_Builder(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ParseError as error:
        line, column = error.position
        raise Unreadable(f"não é um XML válido (linha {line}, coluna {column + 1})") from None
    except DefusedXmlException:
        raise Unreadable("declara DTD ou entidades, que não são aceitas") from None
    except (LookupError, ValueError):
        raise Unreadable("a codificação declarada no XML não é conhecida") from None
    if root.tag != f"{_PREFIX}servico":
        raise Unreadable(f"não é um serviço do esquema federal v3 (o elemento principal é {printable(root.tag, 80)})")
    return root


def only(parent: Element, name: str) -> Element | None:
    """The child of that name. Raises ``Unreadable`` if there are several: which one holds, nobody knows."""
    found = parent.findall(_PREFIX + name)
    if len(found) > 1:
        raise Unreadable(f"o elemento {name} aparece {len(found)} vezes")
    return found[0] if found else None


def text_of(parent: Element | None, name: str) -> str:
    """The raw text of the only child of that name."""
    element = None if parent is None else only(parent, name)
    return "" if element is None else element.text or ""


def children(parent: Element | None, name: str) -> list[Element]:
    """All children of that name."""
    return [] if parent is None else parent.findall(_PREFIX + name)


def other_names(body: Element | None) -> list[Element]:
    """Other spellings of a body's name, as this project writes them."""
    return [] if body is None else body.findall(OTHER_NAME)


def items(root: Element, name: str) -> list[str]:
    """The raw texts of ``NAME/item``."""
    return [item.text or "" for item in children(only(root, name), "item")]


def paths(root: Element) -> Iterator[tuple[str, str]]:
    """Every element and attribute below the root as ``(path, text)``, also text that stands between elements."""
    stack = [("", root)]
    while stack:
        path, element = stack.pop()
        for name, value in element.attrib.items():
            yield _attribute(path, name), value
        if path:
            yield path, element.text or ""
        elif element.text and element.text.strip():
            yield "", element.text
        for child in reversed(element):
            if child.tail and child.tail.strip():
                yield f"{path}/", child.tail
            stack.append((_below(path, child.tag), child))


# A corpus has few paths, each thousands of times.
@lru_cache(maxsize=2048)
def _below(path: str, tag: str) -> str:
    return f"{path}/{_local(tag)}".lstrip("/")


@lru_cache(maxsize=2048)
def _attribute(path: str, name: str) -> str:
    return f"{path}@{_local(name)}"


def unknown(root: Element) -> list[str]:
    """What a file holds and no one knows: elements, attributes and stray text, each said once."""
    said: dict[str, None] = {}
    for path, text in paths(root):
        if path in HANDLED or path in DROPPED:
            # An element that only holds others has no text of its own.
            if path in _CONTAINERS and text.strip():
                said[f"texto solto em {path}: {printable(text, 80)}"] = None
            continue
        place = "servico" if not path.strip("/") else path.rstrip("/")
        stray = not path or path.endswith("/")
        kind = "texto solto em" if stray else "atributo desconhecido" if "@" in path else "elemento desconhecido"
        value = f": {printable(text, 80)}" if text.strip() else ""
        said[f"{kind} {place}{value}"] = None
    return list(said)


def _local(tag: str) -> str:
    """A name without the schema's namespace; of a foreign one (``xsi:``) only its last part is known here."""
    return tag.rpartition("}")[2] if tag.startswith((_PREFIX, "{http://www.w3.org/")) else tag
