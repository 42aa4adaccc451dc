"""A draft shown as citizens would see it: its record, built on the spot, in the portal's own template."""

from typing import Any

from django.dispatch import receiver
from django.http import HttpResponse
from django.utils import timezone

from services import views
from services.completing import complete
from services.heads import Heads
from services.mapping import locale_of, own_record
from services.models import Sourced, preview_asked
from services.projecting import address


@receiver(preview_asked)
def preview_entry(sender: Any, *, instance: Sourced, request: Any, **_kwargs: Any) -> HttpResponse:
    """The page of an entry as it stands in the editor's form or in a revision; never cached."""
    own = own_record(instance)
    url = address(instance) if instance.pk else ""
    record = complete(own, url=url, heads=Heads(locale_of(instance)))
    response: HttpResponse = views.preview(request, record, at=timezone.now())  # type: ignore[arg-type]
    response["Cache-Control"] = "private, no-store"
    return response
