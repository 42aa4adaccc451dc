"""Why a format loses what it loses: by format, a field, alone or with all below it, and a reason.

Only a reason: what is lost is found by trying, and a reason for what is not lost fails the test.
"""

from collections.abc import Mapping

_EVERYWHERE = {
    "*.key": "of use inside an installation only",
    "*.source": "of use inside an installation only",
    "*.source_id": "of use inside an installation only",
    "*.published_incomplete": "of use inside an installation only",
    "*.slug": "the address is told instead",
    "*.standards": "the vocabulary has no commitments; where to complain is told as a contact",
    "service.steps.documents.cases.condition": "a case is told by its words, not by the question that decides it",
    "service.steps.fees.cases.condition": "a case is told by its words, not by the question that decides it",
    "service.steps.channels.cases.condition": "a case is told by its words, not by the question that decides it",
    "service.questions": "a case is told by its words, not by the question that decides it",
    "service.time.min": "a duration is one value: the longest, or the average",
    "service.steps.time.min": "a duration is one value: the longest, or the average",
    "service.review_due": "the vocabulary tells the last review, not the next",
}

REASONS: Mapping[str, Mapping[str, str]] = {
    "schema-org": {
        **_EVERYWHERE,
        "service.suspensions": "schema.org has times in which a service is given, not in which it is not",
    },
    "cpsv-ap": {
        **_EVERYWHERE,
        "service.seasons": "the profile describes a service, not when it is open",
        "service.suspensions": "the profile describes a service, not when it is open",
    },
    "hsds": {"*.url": "the columns have the lasting address, or none; only that of a service's page is told"},
}
REASONS = {**REASONS, "cpsv-ap-turtle": REASONS["cpsv-ap"]}


def is_of(path: str, field: str) -> bool:
    """Whether a path is this field or below it; ``*`` is any kind."""
    if field.startswith("*."):
        path = f"*.{path.partition('.')[2]}"
    return path == field or path.startswith(f"{field}.")
