"""Bringing something before the ombudsman: what can be brought, the form, the receipt. Whole without script."""

import time

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback import configured
from feedback.manifestations import contacts, forms
from feedback.manifestations.holding import RECEIPT_SECONDS, held_receipt, hold_receipt, let_go
from feedback.manifestations.receiving import receive
from feedback.models import Manifestation
from services.client_address import client_of
from services.languages import current_locale
from services.passing_names import passing_name
from services.querysets import public_of
from services.wording import whole_day


@require_safe
def explained(request: HttpRequest) -> HttpResponseBase:
    """What each kind is, what happens with it, and until when."""
    kinds = [(kind, forms.MEANINGS[kind]) for kind in Manifestation.Kind]
    context = {"kinds": kinds, "offered": configured.offered(), "elsewhere": configured.elsewhere()}
    return render(request, "conecta_feedback/manifestations/explained.html", context)


# It is brought in nobody's name, so there is nobody whose name another site could use; and a cookie that is missing
# must not refuse it (Lei 13.460 art. 11).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """The form; whatever is sent is received, and answered with the receipt at an address of its own."""
    if not configured.offered():
        return redirect("conecta_feedback:manifestations")
    if request.method == "POST":
        brought, by_program = forms.brought_by(request)
        place = passing_name("manifestation", client_of(request), now=time.time())
        receipt = receive(brought, at=timezone.now(), place=place, by_program=by_program)
        response = redirect("conecta_feedback:manifestation_receipt")
        hold_receipt(response, receipt)
        return response
    # PostgreSQL takes no null character, not even to look for it.
    asked = request.GET.get("servico", "").replace("\0", "")[:10]
    about = public_of("service", current_locale()).filter(entry_id=asked)
    service_id, title, version = about.values_list("entry_id", "title", "etag").first() or ("", "", "")
    kind = request.GET.get("tipo", "")
    initial = forms.fresh(service=service_id, version=version) | {"kind": kind}
    context = {
        "form": forms.ManifestationForm(initial=initial),
        "title": title,
        "with_contact": contacts.can_be_kept(),
        "months": configured.months_kept(),
    }
    return render(request, "conecta_feedback/manifestations/new.html", context)


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponseBase:
    """Protocol and secret, for as long as this device holds them."""
    held = held_receipt(request)
    refused = held.manifestation.movements.filter(act="received").values_list("text", flat=True) if held else []
    context = {
        "receipt": held,
        "until": whole_day(held.manifestation.due_on) if held else "",
        "refused": [line for text in refused for line in text.splitlines()],
        "minutes": RECEIPT_SECONDS // 60,
    }
    return render(request, "conecta_feedback/manifestations/receipt.html", context)


@never_cache
@require_POST
def forget(request: HttpRequest) -> HttpResponseBase:
    """The person has noted it, and others use this device."""
    response = redirect("conecta_feedback:manifestations")
    let_go(response)
    return response
