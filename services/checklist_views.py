"""A service's checklist at its own address: the answers are in the address and nowhere else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import segno
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from services.cases import Question, key_of, questions_of
from services.checklist import Asked, Checklist, checklist, known
from services.kept_pages import answer, new_page
from services.languages import current_locale, wire_tag
from services.models.published import PublishedRecord
from services.neighbours import Neighbours, around
from services.record import Service, from_json
from services.record.service import Document
from services.timing import changes_at, open_now, status, timezone_of
from services.views import entry

#: The last part of the address.
ENDING = "vale-para-mim/"
#: Parameter of whoever found that none of the answers is theirs.
NOTHING = "nada"


@require_safe
def own_checklist(request: HttpRequest, path: str) -> HttpResponseBase:
    """What holds for whoever answers; for whom nothing holds, whom to ask. Two queries.

    Parameters are the questions' ids and the keys of their answers. What the service does not ask (any more) is passed
    over: links are old, and messengers add parameters of their own.
    """
    row = _service_at(request.path.removesuffix(ENDING), request.path)
    record = from_json(row.body) if row is not None else None
    if row is None or not isinstance(record, Service):
        return entry(request, path + ENDING)
    at = timezone.now()
    answers = known(record, {name: request.GET.getlist(name) for name in request.GET})
    neighbours = around(record, language=wire_tag(current_locale()))
    context = _context(request, record, answers, neighbours, at)
    html = render_to_string("conecta_services/checklist/page.html", context, request)
    changed = max(row.changed_at, neighbours.changed_at or row.changed_at)
    boundary = changes_at([record, *neighbours.every()], at)
    response = answer(request, new_page(html, at=at, changed=changed, boundary=boundary), at)
    if context["answered"]:
        # What somebody answered is for no shared cache.
        response["Cache-Control"] = response["Cache-Control"].replace("public", "private", 1)
    return response


def _service_at(address: str, itself: str) -> PublishedRecord | None:
    """The public service at an address; an entry's own address may end as a checklist's does, and comes first."""
    addresses = [address, iri_to_uri(address), itself, iri_to_uri(itself)]
    rows = {row.url: row for row in PublishedRecord.objects.public().filter(url__in=addresses)}
    if not {itself, iri_to_uri(itself)}.isdisjoint(rows):
        return None
    row: PublishedRecord | None = rows.get(address) or rows.get(iri_to_uri(address))
    return row if row is not None and row.kind == "service" else None


def _context(
    request: HttpRequest, record: Service, answers: dict[str, list[str]], neighbours: Neighbours, at: datetime
) -> dict[str, Any]:
    found = checklist(record, answers)
    asked = questions_of(record)
    nothing = NOTHING in request.GET or not found.fits
    pairs = [(name, key) for name, keys in answers.items() for key in keys]
    address = record.url + ENDING
    share_url = request.build_absolute_uri(address + (f"?{urlencode(pairs)}" if pairs else ""))
    done = not found.left and not nothing
    documents, steps = _once(found.documents), _by_step(found)
    return {
        "record": record,
        "asked": [_field(question, answers) for question in asked],
        "answered": bool(pairs) or NOTHING in request.GET,
        "incomplete": bool(pairs) and bool(found.left),
        "nothing": nothing,
        "done": done,
        "code": _code(share_url) if done else "",
        "found": found,
        "documents": documents,
        "steps": steps,
        "total": len(documents) + len(steps),
        "in_person": any(asked.item.type == "in_person" for asked in found.channels),
        "places": [{"unit": unit, "state": open_now(unit, neighbours.city, at)} for unit in neighbours.units],
        "status": status(record, at),
        "alerts": neighbours.alerts_for(record, at),
        "city": neighbours.city,
        "zone": timezone_of(neighbours.city),
        "at": at,
        "address": address,
        "in_languages": {locale: url + ENDING for locale, url in neighbours.in_languages.items()},
        "nothing_address": f"{address}?{NOTHING}=1",
        "share_url": share_url,
    }


def _field(question: Question, answers: dict[str, list[str]]) -> dict[str, Any]:
    given = answers.get(question.id, [])
    return {
        "question": question,
        "options": [{"option": option, "chosen": option.key in given} for option in question.options],
        "chosen": [option for option in question.options if option.key in given],
        "missing": bool(answers) and not given,
    }


def _once(documents: Sequence[Asked[Document]]) -> list[dict[str, Any]]:
    """What several steps or cases ask for is brought once."""
    kept: dict[str, Asked[Document]] = {}
    for asked in documents:
        kept.setdefault(asked.item.model_dump_json(), asked)
    return [{"asked": asked, "tick": key_of(f"{asked.item.name} {asked.item.note}")} for asked in kept.values()]


def _by_step(found: Checklist) -> list[dict[str, Any]]:
    return [
        {
            "step": step,
            "tick": key_of(f"{number} {step.title}"),
            "channels": [asked for asked in found.channels if asked.step == number],
        }
        for number, step in found.steps
    ]


def _code(address: str) -> SafeString:
    """The address as a code that leads from the paper back to the list."""
    svg: str = segno.make_qr(address, error="l").svg_inline(omitsize=True, border=0)
    return mark_safe(svg)  # noqa: S308 - of black squares alone
