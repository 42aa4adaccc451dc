"""What the law wants of a page of participation is a gap like any other: none goes public with one."""

from typing import Any

from wagtail import hooks

from feedback.models.participation import ParticipationPage
from services.completeness import Gap
from services.rules import Rule


@hooks.register("conecta_publication_gaps")
def wanting(content: Any) -> list[Gap]:
    """Nothing for any other page."""
    if not isinstance(content, ParticipationPage) or content.alias_of_id:
        return []
    return [
        Gap(Rule("participation", "", "Lei 13.460/2017", sentence, "required", lambda _record: True))
        for sentence in content.wanting()
    ]
