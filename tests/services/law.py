"""Each item that an entry must say (Lei 13.460 art. 7), as fields that do not say it."""

import copy
import json
from typing import Any

from services.models import FormTemplate, InformationPage, ProcedurePage, ServicePage, Unit
from services.rules import RULES
from tests.services import charter

#: Item → the sentence that names it.
SENTENCES = {
    rule.key: str(rule.label)
    for rule in RULES
    if rule.severity == "required" and (not rule.kinds or "service" in rule.kinds)
}


def _steps(**changes: Any) -> str:
    steps = copy.deepcopy(json.loads(charter.COMPLETE["service"]["steps"]))
    steps[0]["value"] |= changes
    return json.dumps(steps)


_NOTHING: dict[str, Any] = {"default": [], "cases": []}
#: Item → fields of a service that says all but this.
LACKING: dict[str, dict[str, Any]] = {
    "title": {"title": "A definir"},
    "summary": {"summary": "A definir"},
    "applicants": {"requirements": "<p>Consulte o setor responsável.</p>"},
    "documents": {"steps": _steps(documents=_NOTHING)},
    "steps": {"steps": _steps(title="-", description="")},
    "time": {"time_type": "average", "time_max": 5, "time_unit": "working_days"},
    "channels": {"steps": _steps(channels=_NOTHING)},
    **{
        name: {f"standard_{name}": ""}
        for name in ("manifestation", "priority", "waiting", "communication", "manifestation_handling", "status_lookup")
    },
}


def fields(item: str = "") -> dict[str, Any]:
    """All fields of a service that lacks this item; of a complete one if none is named."""
    whole = {"title": "Pedir poda de árvore", "summary": "A Prefeitura poda a árvore da sua rua.", "time_max": None}
    found = whole | {"time_unit": ""} | charter.COMPLETE["service"] | (LACKING[item] if item else {})
    return {name: _as_held(name, value) for name, value in found.items()}


def _as_held(name: str, value: Any) -> Any:
    return ServicePage._meta.get_field(name).to_python(value)


#: The other kinds that must say something: model, rule, a field of it that says it, and one that does not.
OTHERS: list[tuple[Any, str, str, Any, Any]] = [
    (Unit, "place", "how_to_get_there", "Ao lado da praça.", "A definir"),
    (
        FormTemplate,
        "versions",
        "versions",
        json.dumps([{"type": "version", "value": {"valid_from": "2026-01-01", "url": "https://example.org/r.pdf"}}]),
        "",
    ),
    (ProcedurePage, "journey", "steps", charter.COMPLETE["procedure"]["steps"], ""),
    (ProcedurePage, "summary", "summary", "Do endereço ao alvará.", "-"),
    (InformationPage, "body", "body", "<p>Ligue 156.</p>", "<p>Em breve.</p>"),
    (InformationPage, "summary", "summary", "Como ligar.", ""),
]
