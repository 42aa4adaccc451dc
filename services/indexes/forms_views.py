"""The library of forms: which version holds, of which body, for what; narrowed by body or by words of a name."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from services.kept_pages import answer, new_page
from services.languages import current_locale
from services.listings import BY_PATH, plain
from services.neighbours import readable
from services.record import City, Form, from_json
from services.record.form import FormVersion
from services.timing import changes_at, timezone_of, version_in_force


@dataclass(frozen=True)
class Shelved:
    """A form, the version that holds and, where there is one, the one that comes."""

    form: Form
    version: FormVersion | None
    coming: FormVersion | None


@require_safe
def forms(request: HttpRequest) -> HttpResponseBase:
    """``?orgao=`` (an id) and ``?nome=`` narrow it. One query."""
    at = timezone.now()
    rows = readable(current_locale()).filter(Q(kind="form") & ~Q(url="") | Q(kind="city"))
    records = [from_json(body) for body in rows.values_list("body", flat=True)]
    city = next((record for record in records if isinstance(record, City)), None)
    every = sorted((record for record in records if isinstance(record, Form)), key=lambda form: plain(form.title))
    bodies = {form.secretariat.id: form.secretariat for form in every if form.secretariat and form.secretariat.title}
    body = bodies.get(request.GET.get("orgao", ""))
    name = " ".join(request.GET.get("nome", "").split())[:100]
    chosen = [form for form in every if _is(form, body.id if body else "") and _has(form, name)]
    context = {
        "listing": BY_PATH["formularios"],
        "any": bool(every),
        "shelf": [_shelved(form, city, at) for form in chosen],
        "bodies": sorted(bodies.values(), key=lambda ref: plain(ref.title)),
        "body": body,
        "name": name,
        "at": at,
        "share_url": request.build_absolute_uri(),
    }
    html = render_to_string("conecta_services/forms.html", context, request)
    boundary = changes_at([*every, *([city] if city else [])], at)
    return answer(request, new_page(html, at=at, boundary=boundary), at)


def _shelved(form: Form, city: City | None, at: datetime) -> Shelved:
    today = at.astimezone(timezone_of(city)).date()
    coming = min((v for v in form.versions if v.valid_from > today), key=lambda v: v.valid_from, default=None)
    return Shelved(form, version_in_force(form, city, at), coming)


def _is(form: Form, body: str) -> bool:
    return not body or (form.secretariat is not None and form.secretariat.id == body)


def _has(form: Form, name: str) -> bool:
    text = plain(f"{form.title} {form.code} {form.summary}")
    return all(word in text for word in plain(name).split())
