"""The open data of the panels: made once a day, and asked for with an ETag."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feedback.panel.etag import etag_of
from feedback.panel.open_data import LICENCE, fields, rows
from services.languages import current_locale, wire_tag

#: For a caller to keep it, and for us: sums change once an hour at most.
_SECONDS = 900


@require_safe
def csv_file(request: HttpRequest) -> HttpResponseBase:
    """One figure a line."""
    return _answer(request, "csv", "text/csv; charset=utf-8", _as_csv)


@require_safe
def json_file(request: HttpRequest) -> HttpResponseBase:
    """The same lines, with where they come from and under which licence."""
    return _answer(request, "json", "application/json", _as_json)


@require_safe
def dictionary(request: HttpRequest) -> HttpResponseBase:
    """What each column means, as a Table Schema in a Data Package."""
    return _answer(request, "dictionary", "application/json", _as_dictionary)


def _answer(request: HttpRequest, name: str, media_type: str, make: Callable[[HttpRequest], str]) -> HttpResponseBase:
    day = timezone.localdate(timezone.now()).isoformat()
    key = f"conecta-figures-{name}-{day}-{current_locale()}-{request.get_host()}"
    made: bytes = cache.get(key) or make(request).encode()
    cache.set(key, made, _SECONDS)
    etag = etag_of(made)
    response = get_conditional_response(request, etag=etag, response=HttpResponse(made, content_type=media_type))
    assert response is not None  # noqa: S101 - the stub allows None for a call without a response
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=_SECONDS)
    return response


def _as_csv(_request: HttpRequest) -> str:
    out = io.StringIO()
    # Spreadsheets read UTF-8 only where it says that it is.
    out.write("\ufeff")
    writer = csv.DictWriter(out, [field["name"] for field in fields()], restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in rows(timezone.now(), language=current_locale()):
        writer.writerow({name: _safe(value) for name, value in row.items()})
    return out.getvalue()


def _safe(value: object) -> object:
    """A title that a spreadsheet would take for a formula is text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _as_json(request: HttpRequest) -> str:
    told = {
        "licence": LICENCE,
        "dictionary": request.build_absolute_uri(reverse("conecta_feedback:figures_dictionary")),
        "language": wire_tag(current_locale()),
        "rows": list(rows(timezone.now(), language=current_locale())),
    }
    return json.dumps(told, ensure_ascii=False)


def _as_dictionary(request: HttpRequest) -> str:
    def address(name: str) -> str:
        return request.build_absolute_uri(reverse(f"conecta_feedback:{name}"))

    schema: dict[str, Any] = {"fields": fields(), "missingValues": [""]}
    package = {
        "profile": "tabular-data-package",
        "name": "avaliacao-de-servicos",
        "title": _("O que as pessoas dizem dos serviços"),
        "description": _(
            "Médias, contagens e tempos de avaliações de quem usou os serviços (Lei 13.460/2017, art. 23). Não há "
            "comentários, contatos nem textos. O que é de menos de dez avaliações não aparece."
        ),
        "homepage": address("panel"),
        "licenses": [LICENCE],
        "resources": [
            {
                "name": "avaliacao",
                "path": address("figures_csv"),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema,
            }
        ],
    }
    return json.dumps(package, ensure_ascii=False)
