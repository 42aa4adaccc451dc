"""A draft shown as citizens would see it: its record, built on the spot, in the portal's own template."""

from typing import Any

from django.dispatch import receiver
from django.http import HttpResponse
from django.utils import timezone

from services import views
from services.gate import draft_record
from services.models import Sourced, preview_asked


@receiver(preview_asked)
def preview_entry(sender: Any, *, instance: Sourced, request: Any, **_kwargs: Any) -> HttpResponse:
    """The page of an entry as it stands in the editor's form or in a revision; never cached."""
    response: HttpResponse = views.preview(request, draft_record(instance), at=timezone.now())  # type: ignore[arg-type]
    response["Cache-Control"] = "private, no-store"
    return response
