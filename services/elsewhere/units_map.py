"""Units of attendance as points on a map (GeoJSON, RFC 7946): those whose coordinates the city gives."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from services.record import Ref, Unit
from services.record.values import Coordinates
from services.wording import address


def units_map(units: Iterable[Unit], *, absolute: Callable[[str], str]) -> str:
    """A ``FeatureCollection``. ``absolute`` makes a path an address."""
    features = [_feature(unit, unit.coordinates, absolute) for unit in units if unit.coordinates is not None]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))


def _feature(unit: Unit, at: Coordinates, absolute: Callable[[str], str]) -> dict[str, Any]:
    """Flat values, which every map program shows; ids beside the names, for programs."""
    properties = {
        "id": unit.id,
        "title": unit.title,
        "type": unit.type,
        "address": address(unit.address),
        "url": absolute(unit.url),
        **_named("secretariat", unit.secretariat),
        **_named("district", unit.district),
        "accessibility": unit.accessibility,
    }
    geometry = {"type": "Point", "coordinates": [float(at.longitude), float(at.latitude)]}
    return {"type": "Feature", "id": unit.id, "geometry": geometry, "properties": properties}


def _named(name: str, ref: Ref | None) -> dict[str, str | None]:
    return {name: ref.title if ref else None, f"{name}_id": ref.id if ref else None}
