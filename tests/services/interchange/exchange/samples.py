"""A record of each kind that says something in every field, built from the records' types, and the fields' paths."""

import types
import typing
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import AwareDatetime, BaseModel

from services.interchange import Given, Site
from services.record import DERIVED, RECORD_TYPES, Entry, Kind, Ref, from_data
from services.record.identity import id_for, key_for
from services.record.values import Pageless, Rich

SITE = Site("https://servicos.example.gov.br", "pt-BR", datetime(2026, 6, 15, 15, 0, tzinfo=UTC))
#: What a reference of this name points to, where the name is not a kind's.
_TARGETS: dict[str, Kind] = {
    "superior": "secretariat",
    "predecessors": "secretariat",
    "parent": "district",
    "area_served": "district",
    "related": "service",
}
_NOT_VARIED = {"kind", "id"}
_IDENTITY = {"kind", "id", "key"}
#: Of the closed words, those with which most fields mean something.
_WORDS = {
    "TimeEstimate.type": "between",
    "Validity.type": "limited",
    "Alert.level": "warning",
    "Contact.type": "phone",
    "Information.type": "question",
}
_OTHER_WORDS = {"Contact.type": "email"}
#: Moments around that of the export, so that what holds at a moment holds then.
_MOMENTS = {"starts": datetime(2026, 6, 1, 12, tzinfo=UTC), "opens": datetime(2026, 6, 1, 12, tzinfo=UTC)}
#: How many a list must hold, where it is not one.
_NUMBERS = {"distribution": 5}
#: Parts of one.
_SHARES = {"managed", "set_aside"}
_LATER = datetime(2026, 7, 1, 12, tzinfo=UTC)

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Leaf:
    """A field that holds one value, and two values that it may hold."""

    path: Path
    one: Any
    other: Any

    @property
    def name(self) -> str:
        """``steps.documents.default.name``: a list's items go without saying."""
        return ".".join(part for part in self.path if isinstance(part, str))

    @property
    def field(self) -> str:
        """The record's own field that it is of."""
        return str(self.path[0])


def ref(kind: Kind, name: str = "um") -> dict[str, str]:
    """A reference to one of the companions."""
    return {"kind": kind, "id": id_for("amostra", kind, name), "title": f"{kind} {name}", "url": f"/{kind}/{name}/"}


def identity(kind: Kind, name: str) -> dict[str, Any]:
    """Who a record is, by the name that it has here."""
    key = key_for("amostra", kind, name)
    return {"kind": kind, "key": str(key), "id": id_for("amostra", kind, name)}


@cache
def companions() -> list[Entry]:
    """Two records of every kind to which others may point, saying no more than they must."""
    return [
        from_data(
            {**_required(RECORD_TYPES[kind]), **identity(kind, name), "title": f"{kind} {name}"} | _at(kind, name)
        )
        for kind in RECORD_TYPES
        if kind not in {"city", *DERIVED}
        for name in ("um", "dois")
    ]


def _at(kind: Kind, name: str) -> dict[str, Any]:
    return {} if kind == "alert" else {"url": f"/{kind}/{name}/", "slug": name}


def full(kind: Kind, name: str = "cheio") -> dict[str, Any]:
    """The data of a record in which every field says something."""
    data: dict[str, Any] = {**_required(RECORD_TYPES[kind]), **identity(kind, name)}
    for leaf in leaves(kind):
        put(data, leaf.path, leaf.one)
    return data | identity(kind, name)


def least(kind: Kind, name: str = "cheio") -> dict[str, Any]:
    """The data of a record that says no more than it must."""
    return {**_required(RECORD_TYPES[kind]), **identity(kind, name), "title": "Título"}


@cache
def leaves(kind: Kind) -> list[Leaf]:
    """The fields of a kind that hold a value. What has no page has no slug."""
    model = RECORD_TYPES[kind]
    return [leaf for leaf in _leaves(model, (), ()) if leaf.name != "slug" or not issubclass(model, Pageless)]


@cache
def around(kind: Kind) -> list[Entry]:
    """The companions to which a kind points."""
    held = [leaf.one[0] if isinstance(leaf.one, list) else leaf.one for leaf in leaves(kind)]
    kinds = {value["kind"] for value in held if isinstance(value, dict)}
    return [entry for entry in companions() if entry.kind in kinds]


def charter(*records: Entry) -> Given:
    """These records among the companions."""
    own = {(record.kind, record.id) for record in records}
    others = [entry for entry in companions() if (entry.kind, entry.id) not in own]
    return Given([*records, *others], SITE)  # type: ignore[list-item]


def put(data: dict[str, Any], path: Path, value: Any) -> None:
    """Set a value, with the objects above it that are not there yet."""
    here: Any = data
    for number, part in enumerate(path[:-1]):
        following = path[number + 1]
        if isinstance(part, int):
            here = here[part]
            continue
        if not here.get(part):
            here[part] = [{}] if isinstance(following, int) else {}
        here = here[part]
    last = path[-1]
    here[last] = value


def fill(model: type[BaseModel], data: dict[str, Any], path: Path) -> None:
    """Give the objects on the way to a path what they require."""
    here: Any = data
    for part in path[:-1]:
        here = here[part]
        if isinstance(part, str):
            model = _model_of(typing.get_type_hints(model, include_extras=True)[part])
        if isinstance(here, dict):
            for name, value in _required(model).items():
                here.setdefault(name, value)


def _leaves(model: type[BaseModel], path: Path, names: Sequence[str]) -> Iterator[Leaf]:
    hints = typing.get_type_hints(model, include_extras=True)
    for name in model.model_fields:
        if name in _NOT_VARIED and not names:
            continue
        hint, inner = hints[name], _inner(hints[name])
        listed = get_origin(inner) is list
        item = _inner(get_args(inner)[0]) if listed else inner
        if isinstance(item, type) and issubclass(item, BaseModel) and item is not Ref:
            yield from _leaves(item, (*path, name, 0) if listed else (*path, name), (*names, name))
            continue
        one, other = (_value(model, name, hint, item, n) for n in (0, 1))
        number = _NUMBERS.get(name, 1)
        yield Leaf((*path, name), [one] * number if listed else one, [other] * number if listed else other)


def _required(model: type[BaseModel]) -> dict[str, Any]:
    hints = typing.get_type_hints(model, include_extras=True)
    told: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if field.is_required() and not (issubclass(model, Entry) and name in _IDENTITY):
            inner = _inner(hints[name])
            listed = get_origin(inner) is list
            item = _inner(get_args(inner)[0]) if listed else inner
            if isinstance(item, type) and issubclass(item, BaseModel) and item is not Ref:
                told[name] = _required(item)
                continue
            value = _value(model, name, hints[name], item, 0)
            told[name] = [value] * _NUMBERS.get(name, 1) if listed else value
    return told


def _model_of(hint: Any) -> type[BaseModel]:
    inner = _inner(hint)
    found = _inner(get_args(inner)[0]) if get_origin(inner) is list else inner
    assert isinstance(found, type)
    return found


def _inner(hint: Any) -> Any:
    """The type without its annotations and without ``None``."""
    while True:
        if get_origin(hint) is typing.Annotated:
            hint = get_args(hint)[0]
        elif isinstance(hint, types.UnionType) or get_origin(hint) is typing.Union:
            (hint,) = (part for part in get_args(hint) if part is not type(None))
        else:
            return hint


def _value(model: type[BaseModel], name: str, hint: Any, item: Any, number: int) -> Any:
    if item is Ref:
        singular = name.removesuffix("s")
        target: Kind = _TARGETS.get(name) or typing.cast("Kind", singular)
        return ref(target, ("um", "dois")[number])
    if get_origin(item) is Literal:
        words = get_args(item)
        chosen = _WORDS.get(f"{model.__name__}.{name}", words[-1] if name == "type" else words[0])
        other = _OTHER_WORDS.get(f"{model.__name__}.{name}") or next(word for word in words if word != chosen)
        return (chosen, other)[number]
    if item is str:
        return _text(model, name, hint, number)
    if item in {datetime, AwareDatetime} or get_origin(item) is typing.Annotated:
        return (_MOMENTS.get(name, _LATER).replace(minute=number)).isoformat()
    scalars: dict[Any, tuple[Any, Any]] = {
        bool: (name != "closed", name == "closed"),
        float: ((0.25, 0.5) if name in _SHARES else (3.5, 3.6)),
        int: (3 if name != "max" else 7, 4 if name != "max" else 8),
        date: (("2026-06-01", "2026-06-02") if name != "ends" else ("2026-06-20", "2026-06-21")),
        time: (("08:00", "08:30") if name == "opens" else ("17:00", "17:30")),
        Decimal: (("12.50", "12.75") if name == "amount" else ("-14.861900", "-14.500000")),
        uuid.UUID: tuple(str(key_for("amostra", "key", str(n))) for n in (0, 1)),
    }
    return scalars[item][number]


def _text(model: type[BaseModel], name: str, hint: Any, number: int) -> str:
    if model.__name__ == "QuestionText" and name == "id":
        return ref("question", ("um", "dois")[number])["id"]
    fixed = {
        "locale": ("pt-BR", "es"),
        "timezone": ("America/Manaus", "America/Bahia"),
        "currency": ("BRL", "USD"),
        "state": ("BA", "SP"),
        "ibge_code": ("2933307", "3550308"),
        "url": (f"https://a.example/{model.__name__}", f"https://b.example/{model.__name__}"),
        "postal_code": ("45000-000", "45000-001"),
        "value": ("(77) 3000-0123", "(77) 3000-0124"),
    }
    if name == "url" and issubclass(model, Entry):
        return ("/pagina/um/", "/pagina/outra/")[number]
    if name in fixed:
        return fixed[name][number]
    said = f"{('Um', 'Outro')[number]} {model.__name__} {name}"
    return f"<p>{said}</p>" if hint == Rich else said
