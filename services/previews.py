"""A draft shown as citizens would see it, and as programs would read it: its record, built on the spot."""

import json
from typing import Any

from django.dispatch import receiver
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from services import views
from services.freshness import told_at
from services.front_ends.previews import preview_elsewhere
from services.gate import draft_record
from services.models import RECORD_PREVIEW, FrontEnd, preview_asked
from services.record import to_json


@receiver(preview_asked)
def preview_entry(sender: Any, *, instance: Any, request: Any, mode: str = "", **_kwargs: Any) -> HttpResponse:
    """An entry as it stands in the editor's form or in a revision; never cached."""
    record, at = draft_record(instance), timezone.now()
    response: HttpResponse
    if mode in dict(instance.preview_modes) and (front_end := FrontEnd.of_mode(mode)) is not None:
        response = preview_elsewhere(request, front_end, instance, record, at=at)
    elif mode == RECORD_PREVIEW:
        told = json.loads(told_at(to_json(record), at))
        body = json.dumps(told, ensure_ascii=False, indent=2)
        response = render(request, "conecta_services/admin/record.html", {"record": record, "body": body})
    else:
        response = views.preview(request, record, at=at)  # type: ignore[arg-type]
    response["Cache-Control"] = "private, no-store"
    return response
