"""What a change of an OpenAPI description takes from those who read the API by the older one.

A reader is broken by less to ask for (an address, a parameter, a value of one), by more that must be asked
for, and by less that is sure in an answer (a field, that it is always there, its type). It is not broken by
more of either: readers pass over fields that they do not know, and over records of a kind that they do not know.
"""

from collections.abc import Iterator
from typing import Any

Description = dict[str, Any]
#: The field that tells records apart.
KIND = "kind"


def breaks(old: Description, new: Description) -> list[str]:
    """A line for each thing that is broken, empty if nothing is."""
    return list(_paths(old, new))


def _paths(old: Description, new: Description) -> Iterator[str]:
    asked, answered = _Schemas(new, old), _Schemas(old, new)
    for path, operations in old["paths"].items():
        for method, operation in operations.items():
            place = f"{method.upper()} {path}"
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                yield f"{place}: gone"
                continue
            yield from _parameters(place, operation, now, asked)
            for status, response in operation["responses"].items():
                yield from _response(f"{place} {status}", response, now["responses"].get(status), answered)


def _parameters(place: str, was: Any, now: Any, schemas: "_Schemas") -> Iterator[str]:
    before = {(each["in"], each["name"]): each for each in was.get("parameters", [])}
    after = {(each["in"], each["name"]): each for each in now.get("parameters", [])}
    for key, parameter in before.items():
        if key not in after:
            yield f"{place}: parameter {key[1]} is gone"
        else:
            # What was accepted must be: as an answer, with the two descriptions changed about.
            yield from schemas.broken(f"{place} ?{key[1]}", after[key]["schema"], parameter["schema"])
    for key, parameter in after.items():
        if parameter.get("required") and not before.get(key, {}).get("required"):
            yield f"{place}: parameter {key[1]} must be given"


def _response(place: str, was: Any, now: Any, schemas: "_Schemas") -> Iterator[str]:
    if now is None:
        if place.endswith(" 200"):
            yield f"{place}: gone"
        return
    for media_type, content in was.get("content", {}).items():
        after = now.get("content", {}).get(media_type)
        if after is None:
            yield f"{place}: {media_type} is gone"
        else:
            yield from schemas.broken(place, content["schema"], after["schema"])


class _Schemas:
    """Two descriptions, the second of which may say no more of a value than the first promised."""

    def __init__(self, old: Description, new: Description) -> None:
        self._old, self._new = old["components"]["schemas"], new["components"]["schemas"]
        # Of each pair of named schemas what is broken: asked once, and taken as sound while it is being asked.
        self._known: dict[tuple[str, str], list[str]] = {}

    def broken(self, place: str, was: Any, now: Any) -> Iterator[str]:
        """What ``now`` may hold that ``was`` promised not to, or no longer promises."""
        was, old_name = _resolved(was, self._old)
        now, new_name = _resolved(now, self._new)
        if not (old_name and new_name):
            yield from self._compared(place, was, now)
            return
        pair = (old_name, new_name)
        if pair not in self._known:
            self._known[pair] = []
            self._known[pair] = list(self._compared(old_name, was, now))
        yield from self._known[pair]

    def _compared(self, place: str, was: Any, now: Any) -> Iterator[str]:
        choices, now_choices = _choices(was), _choices(now)
        if choices or now_choices:
            yield from self._one_of(place, choices or [was], now_choices or [now])
            return
        if was.get("type") is not None and now.get("type") != was["type"]:
            yield f"{place}: {was['type']} became {now.get('type')}"
            return
        values, now_values = _values(was), _values(now)
        if values is not None and (now_values is None or not now_values <= values):
            yield f"{place}: other values than {sorted(map(str, values))}"
        for bound, sign in (("maximum", 1), ("maxLength", 1), ("maxItems", 1), ("minimum", -1), ("minLength", -1)):
            if bound in was and (bound not in now or sign * now[bound] > sign * was[bound]):
                yield f"{place}: {bound} {was[bound]} became {now.get(bound)}"
        if "pattern" in was and now.get("pattern") != was["pattern"]:
            yield f"{place}: another pattern"
        if "items" in was:
            yield from self.broken(f"{place}[]", was["items"], now.get("items", {}))
        for name in set(was.get("required", [])) - set(now.get("required", [])):
            yield f"{place}.{name}: no longer sure to be there"
        for name, schema in was.get("properties", {}).items():
            after = now.get("properties", {}).get(name)
            if after is None:
                yield f"{place}.{name}: gone"
            elif name != KIND or not _is_grown(schema, after):
                yield from self.broken(f"{place}.{name}", schema, after)

    def _one_of(self, place: str, was: list[Any], now: list[Any]) -> Iterator[str]:
        kinds = {self._kind(each, self._old) for each in was} - {None}
        for choice in now:
            if kinds and self._kind(choice, self._new) not in {None, *kinds}:
                continue
            found = [list(self.broken(place, each, choice)) for each in was]
            if all(found):
                yield from min(found, key=len)

    def _kind(self, choice: Any, schemas: Any) -> Any:
        """The one kind of record that a choice describes."""
        schema, _name = _resolved(choice, schemas)
        return schema.get("properties", {}).get(KIND, {}).get("const")


def _is_grown(was: Any, now: Any) -> bool:
    """Whether a list of kinds names all that it named, and more."""
    return bool(was.get("enum")) and set(was["enum"]) < set(now.get("enum", []))


def _resolved(schema: Any, schemas: Any) -> tuple[Any, str]:
    """What a schema refers to, and the name of it; ``""`` for one that stands where it is used."""
    name = ""
    while reference := schema.get("$ref") or _only(schema.get("allOf", [])).get("$ref"):
        name = reference.rpartition("/")[2]
        schema = schemas[name]
    return schema, name


def _only(schemas: list[Any]) -> Any:
    return schemas[0] if len(schemas) == 1 else {}


def _choices(schema: Any) -> list[Any]:
    found: list[Any] = schema.get("anyOf") or schema.get("oneOf") or []
    return found


def _values(schema: Any) -> set[Any] | None:
    if "const" in schema:
        return {schema["const"]}
    return set(schema["enum"]) if "enum" in schema else None
