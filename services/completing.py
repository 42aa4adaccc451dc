"""An entry's own record becomes the public one: address, titles of others, inherited values."""

from services.heads import Heads
from services.record import Entry, Ref, Secretariat, Service
from services.record.service import QuestionText
from services.record.values import Standards
from services.references import references, with_references


def complete(own: Entry, *, url: str, heads: Heads) -> Entry:
    """The public record. References to what is not public are left out."""
    found = list(references(own))
    heads.load(ref for _relation, ref in found)
    record = with_references(own, heads.ref)
    assert record is not None, "an entry itself requires no reference"  # noqa: S101
    changed: dict[str, object] = {"url": url}
    if isinstance(own, Service):
        changed["questions"] = _questions(found, heads)
    return with_commitments(record.model_copy(update=changed), heads)


def with_commitments(record: Entry, heads: Heads) -> Entry:
    """The record with the commitments in force: its own, or else its body's, or else the city's."""
    if not isinstance(record, Service | Secretariat):
        return record
    body = heads.secretariat(record.secretariat) if isinstance(record, Service) else None
    above = body.standards if body else _city_standards(heads)
    return record.model_copy(update={"standards": inherited(record.standards, above)})


def inherited(own: Standards, above: Standards) -> Standards:
    """Each commitment from the entry itself, or else from above, with the origin it has there.

    One that the entry writes in words that are not translated is left out: what stands above does not hold.
    """
    held = {name: getattr(own, name) or getattr(above, name) for name in Standards.model_fields}
    return own.model_copy(update={name: text if text and text.text else None for name, text in held.items()})


def _city_standards(heads: Heads) -> Standards:
    city = heads.city()
    return city.standards if city else Standards()


def _questions(referred: list[tuple[str, Ref]], heads: Heads) -> list[QuestionText]:
    asked = {ref.id: ref for relation, ref in referred if relation == "question"}
    found = (heads.question(ref) for ref in asked.values())
    return [
        QuestionText(id=question.id, title=question.title, help=question.help, answers=question.answers)
        for question in found
        if question
    ]
