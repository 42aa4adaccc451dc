"""The service worker, its modules, the manifest, and the two pages of the shell."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.contrast import is_colour
from home.models import CityIdentity
from home.offline.giving import SCRIPT, given
from home.offline.icons import SIZES, arms_icon, own_icon
from home.offline.modules import modules, modules_version, packed, worker_source
from home.offline.shell import page_context, shell_of
from home.views import identity_now
from services.kept_pages import answer, new_page
from services.languages import current_locale

_COLOUR = "1351b4"
_IMMUTABLE = "public, max-age=31536000, immutable"


@require_safe
def worker(request: HttpRequest) -> HttpResponseBase:
    """The service worker, with what it is to keep: another version of the site is another script."""
    shell = shell_of(identity_now())
    told = {"version": shell.version, "pages": shell.pages, "assets": shell.assets}
    source = f"const SHELL = {json.dumps(told)};\n{worker_source()}"
    response = given(request, packed(source.encode(), quality=9), "no-cache", media_type=SCRIPT)
    response["ETag"] = f'"{shell.version}-{response.get("Content-Encoding", "")}"'
    found = get_conditional_response(request, etag=response["ETag"], response=response) or response
    found["Cache-Control"] = "no-cache"
    return found


@require_safe
def module(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """A module of the version that is there; none of another, which would not go with its neighbours."""
    if version != modules_version() or name not in modules():
        raise Http404(name)
    return given(request, modules()[name], _IMMUTABLE, media_type=SCRIPT)


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the portal among its applications (W3C Web Application Manifest)."""
    identity = identity_now()
    name = identity.name or _("Carta de Serviços")
    colour = identity.colour if is_colour(identity.colour or "") else f"#{_COLOUR}"
    icons = [
        {
            "src": reverse("conecta_home:offline_icon", args=[size, colour.removeprefix("#").lower()]),
            "sizes": f"{points}x{points}",
            "type": "image/png",
            "purpose": "maskable" if size == "mascara" else "any",
        }
        for size, points in SIZES.items()
    ]
    told: dict[str, Any] = {
        "id": "/",
        "name": name,
        "short_name": _("Serviços"),
        "description": _("Serviços da Prefeitura: o que é, quem pode pedir, o que levar, como fazer e quanto demora."),
        "lang": "pt-BR",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": colour,
        "icons": icons,
        "shortcuts": [
            {"name": _("Buscar um serviço"), "url": reverse("conecta_search:results")},
            {"name": _("O que está guardado"), "url": reverse("conecta_offline:keep")},
        ],
    }
    response = HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/manifest+json")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@cache_control(public=True, max_age=86400)
def icon(request: HttpRequest, name: str, colour: str) -> HttpResponse:
    """The icon: the coat of arms, which no election forbids, or else the charter's own sign. One query."""
    row = CityIdentity.objects.select_related("coat_of_arms").order_by("-site__is_default_site", "pk").first()
    body = b""
    if row and row.coat_of_arms:
        try:
            with row.coat_of_arms.file.open("rb") as file:
                body = arms_icon(name, file)
        except OSError:
            # A lost file must not take the icon away.
            body = b""
    return HttpResponse(body or own_icon(name, colour), content_type="image/png")


@require_safe
def away(request: HttpRequest) -> HttpResponseBase:
    """What opens where there is no network: a frame, which the phone fills with what it keeps."""
    return _shell_page(request, "conecta_home/offline/away.html")


@require_safe
def keep(request: HttpRequest) -> HttpResponseBase:
    """What is kept on this phone, and the whole charter for who wants it."""
    return _shell_page(request, "conecta_home/offline/keep.html")


def _shell_page(request: HttpRequest, template: str) -> HttpResponseBase:
    at = timezone.now()
    context = page_context(shell_of(identity_now()).version, language=current_locale())
    html = render(request, template, context).content.decode()
    return answer(request, new_page(html, at=at), at)
