"""A report's parts in their order, for the page and for the PDF."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from feedback.models import YearlyReportPage
from feedback.yearly import law, sections
from services import wording
from services.keys import DatabaseKeys
from services.rich_text import plain
from services.rich_text.blocks import Block, parse


@dataclass(frozen=True)
class Words:
    """What somebody wrote; ``html`` is clean."""

    title: str
    html: str
    article: str = ""


Part = sections.Section | Words


def parts(report: YearlyReportPage) -> list[Part]:
    """Those that say something."""
    keys = DatabaseKeys()
    found: list[Part] = []
    for block in report.body:
        if block.block_type == "figures":
            if block.value in law.FIGURES and report.figures:
                found.append(sections.section(report.figures, report.kind, block.value))
            continue
        html = keys.from_wagtail(block.value["text"].source)
        if not plain(html).strip():
            continue
        if block.block_type == "required":
            key = block.value["item"]
            found.append(Words(str(law.TEXTS.get(key, "")), html, law.article_of(report.kind, key)))
        else:
            found.append(Words(block.value["title"], html))
    return found


def typeset_data(report: YearlyReportPage, *, language: str) -> dict[str, Any]:
    """All that the PDF shows, as plain data."""
    return {
        "title": report.title,
        "language": language.partition("-")[0],
        "city": report.figures["city"],
        "kind": str(law.KINDS[report.kind]),
        "intro": report.intro,
        "opening": sections.opening(report.figures),
        "sent": sent(report),
        "parts": [_data(part) for part in parts(report)],
    }


def sent(report: YearlyReportPage) -> str:
    """To whom the ombudsman's report went (art. 15, sole paragraph)."""
    return sections.sent(report.sent_to, wording.day(report.sent_on)) if report.sent_to and report.sent_on else ""


def digest_of(data: dict[str, Any]) -> str:
    """The same for the same data."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _data(part: Part) -> dict[str, Any]:
    if isinstance(part, Words):
        blocks = parse(part.html)
        # A heading below the title of its part; where there is no such title it takes its place.
        return {
            "title": part.title,
            "article": _law(part.article),
            "blocks": [_block(each, bool(part.title)) for each in blocks],
        }
    return asdict(part) | {"article": _law(part.article)}


def _law(article: str) -> str:
    return _("Lei 13.460/2017, art. %(article)s") % {"article": article} if article else ""


def _block(block: Block, titled: bool) -> dict[str, Any]:
    if block.tag in ("ol", "ul"):
        return {
            "tag": block.tag,
            "number": block.number,
            "items": [[_block(each, titled) for each in item] for item in block.items],
        }
    runs = [{"text": text, "href": style.href, "strong": style.strong, "em": style.em} for text, style in block.runs]
    tag = {"h3": "h", "h4": "h", "": "stretch"}.get(block.tag, "p")
    return {"tag": tag, "level": 3 if titled else 2, "runs": runs}
