"""The federal API v1: ``{"resposta": [...]}``, schema v3 in JSON (names in camel case, lists as arrays)."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from services.interchange.base import LARGEST_CHARTER, Charter, Files, Format, Reading, Rejected, SourceFile, Unreadable
from services.interchange.federal_v3 import Tree, read_trees
from services.interchange.federal_v3_fields import DROPPED, HANDLED, NAMESPACE, OTHER_NAME
from services.interchange.federal_v3_tree import Named, tree
from services.record import Service

NAME = "federal-v1"
_MAX_NESTING = 12
#: Lists of items, each ``{"item": text}``.
_ITEMS = frozenset(
    [
        "nomes-populares",
        "segmentos-da-sociedade",
        "areas-de-interesse",
        "palavras-chave",
        "legislacoes",
        "servicos-relacionados",
    ]
)
_PARTS = {"documentos": "documento", "custos": "custo", "canais-de-prestacao": "canal-de-prestacao"}
_TRUTH = {"true": True, "false": False, "": None}
_ATTRIBUTES = frozenset(path for path in (*HANDLED, *DROPPED) if "@" in path)
_KEBAB = {
    re.sub(r"-(\w)", lambda match: match.group(1).upper(), name): name
    for path in (*HANDLED, *DROPPED)
    for name in re.split("[/@]", path)
}
_CAMEL = {kebab: camel for camel, kebab in _KEBAB.items()}


def write(charter: Charter) -> Iterator[bytes]:
    """The envelope, with the service objects of the federal API."""
    named = Named.of(charter, NAME)
    between = b'{"resposta":[\n'
    for service in charter.of("service"):
        if isinstance(service, Service):
            said = json.dumps(_object(tree(service, named)), ensure_ascii=False, separators=(",", ":"))
            yield between + said.encode()
            between = b",\n"
    yield b"\n]}\n" if between == b",\n" else b'{"resposta":[]}\n'


def _object(root: Element) -> dict[str, Any]:
    return {_CAMEL[child.tag]: _value(child) for child in root}


def _value(element: Element) -> Any:
    """What stands below an element, as the API has it."""
    name = element.tag
    if name in {"gratuito", "servico-digital"}:
        return _TRUTH[element.text or ""]
    if name in _ITEMS:
        return {"item": [{"item": item.text or ""} for item in element]}
    if name == "solicitantes":
        return {"solicitante": [_fields(child) for child in element]}
    if name == "etapas":
        return [_fields(step) for step in element]
    if name in _PARTS:
        cases = [{"descricao": case.get("descricao", ""), **_list(case, name)} for case in element.iterfind("caso")]
        return {"default": _list(element[0], name), "casos": cases}
    if name == "orgao":
        others = [child.text or "" for child in element.iterfind(OTHER_NAME)]
        own = {"id": element.get("id", ""), "nomeOrgao": element.findtext("nomeOrgao", "")}
        return own | ({"outrosNomes": others} if others else {})
    return _fields(element) if len(element) or element.attrib else element.text or ""


def _list(parent: Element, name: str) -> dict[str, Any]:
    part = _PARTS[name]
    found = [_fields(child) if len(child) else {"descricao": child.text or ""} for child in parent]
    return {_CAMEL[part]: found}


def _fields(element: Element) -> dict[str, Any]:
    """Attributes and children by name; a time that has no bounds is an object all the same."""
    held: dict[str, Any] = {_CAMEL[name]: value for name, value in element.attrib.items()}
    for child in element:
        bare = child.tag in {"atendimento-imediato", "nao-estimado-ainda"}
        held[_CAMEL[child.tag]] = {} if bare else _value(child)
    return held


def read(files: Files) -> Reading:
    """The services of these files, and the bodies, topics and audiences that they name."""
    return read_trees(_trees(files), source=NAME)


def _trees(files: Files) -> Iterator[Tree | Rejected]:
    for file in files:
        if isinstance(file, Rejected):
            yield file
            continue
        try:
            answers = _answers(file)
        except Unreadable as error:
            yield Rejected(file.name, str(error))
            continue
        for number, data in enumerate(answers, start=1):
            place = f"{file.name}, serviço {number}"
            try:
                yield place, "", _root(data)
            except Unreadable as error:
                yield Rejected(place, str(error))


def _answers(file: SourceFile) -> list[Any]:
    try:
        envelope = json.loads(file.data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable("não está em UTF-8") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"não é um JSON válido (linha {error.lineno}, coluna {error.colno})") from None
    except (RecursionError, ValueError):
        raise Unreadable("tem valores que não se podem ler") from None
    found = envelope.get("resposta") if isinstance(envelope, dict) else None
    # Of one service the API answers with the object alone.
    found = [found] if isinstance(found, dict) else found
    if not isinstance(found, list):
        raise Unreadable('não é uma resposta da API federal v1: {"resposta": [...]}')
    return found


def _root(data: Any) -> Element:
    if not isinstance(data, dict):
        raise Unreadable("devia ser um objeto")
    root = Element(_tag("servico"))
    _fill(root, "", data)
    return root


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _fill(parent: Element, path: str, data: dict[str, Any]) -> None:
    """Put what an object says below an element. Raises ``Unreadable``."""
    if path.count("/") > _MAX_NESTING:
        raise Unreadable("tem valores aninhados demais")
    for camel, value in data.items():
        name = _KEBAB.get(camel, camel)
        if f"{path}@{name}" in _ATTRIBUTES:
            parent.set(name, _text(value))
        elif camel == "outrosNomes":
            for other in _each(value):
                SubElement(parent, OTHER_NAME).text = _text(other)
        elif value is not None:
            _put(parent, path, name, value)


def _put(parent: Element, path: str, name: str, value: Any) -> None:
    below = f"{path}/{name}".lstrip("/")
    if name == "casos":
        for case in _each(value):
            _put(parent, path, "caso", case)
    elif name in _ITEMS:
        element = SubElement(parent, _tag(name))
        for item in _each(value.get("item") if isinstance(value, dict) else value):
            SubElement(element, _tag("item")).text = _text(item.get("item") if isinstance(item, dict) else item)
    elif name == "etapas":
        element = SubElement(parent, _tag(name))
        for step in _each(value.get("etapa") if isinstance(value, dict) else value):
            _put(element, below, "etapa", step)
    elif isinstance(value, list):
        for one in value:
            _put(parent, path, name, one)
    elif isinstance(value, dict):
        _fill(SubElement(parent, _tag(name)), below, value)
    else:
        SubElement(parent, _tag(name)).text = _text(value)


def _each(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        raise Unreadable(f"há um objeto onde devia haver um texto: {str(value)[:60]}")
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


FORMAT = Format(
    name=NAME,
    suffixes=frozenset({".json"}),
    source=NAME,
    media_type="application/json",
    counted=frozenset({"service"}),
    read=read,
    write=write,
    suffix=".json",
    of_one=frozenset({"service"}),
    largest=LARGEST_CHARTER,
)
