"""Every error of the API as ``application/problem+json`` (RFC 9457), and what to do about it."""

import json
import logging
from collections.abc import Callable
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from services.languages import wire_tag
from services.schemas import Problem

MEDIA_TYPE = "application/problem+json"

logger = logging.getLogger(__name__)


def problem(status: int, detail: str = "", errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """An error response: its title is the status's own phrase, its detail says what to do."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or [])
    text = json.dumps(body.model_dump(exclude_defaults=True) | {"type": body.type}, ensure_ascii=False, default=str)
    response = HttpResponse(text, status=status, content_type=MEDIA_TYPE)
    response["Content-Language"] = wire_tag(get_language() or settings.LANGUAGE_CODE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="conecta"'
    return response


def handle_errors(api: NinjaAPI) -> None:
    """Answer every exception of an operation with a problem."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        HttpError: lambda _request, error: problem(error.status_code, str(error)),
        Http404: lambda _request, error: problem(404, _sentence(error)),
        PermissionDenied: lambda _request, error: problem(403, _sentence(error)),
        ValidationError: _invalid,
        BadRequest: _bad,
        SuspiciousOperation: _bad,
        Exception: _unexpected,
    }
    for error, handler in handlers.items():
        api.exception_handler(error)(handler)


def _sentence(error: Exception) -> str:
    return str(error.args[0]) if error.args and isinstance(error.args[0], str) else ""


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(422, _("Há valores que não são aceitos; errors diz quais."), error.errors)


def _bad(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(400, _("O pedido não pôde ser lido."))


def _unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("API: %s %s", request.method, request.path, exc_info=error)
    return problem(500, _("Erro inesperado; ele foi registrado. Tente de novo em instantes."))


def refuse_unknown_parameters(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorate an operation's ``run``: a query parameter that it does not know is an error that names the near one."""
    operation = run.__self__  # type: ignore[attr-defined]
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }

    def checked(request: HttpRequest, **values: Any) -> HttpResponseBase:
        unknown = [name for name in request.GET if name not in known]
        if unknown:
            advice = [_advice(name[:60], known) for name in unknown]
            errors = [
                {"type": "unknown_parameter", "loc": ["query", name], "msg": message}
                for name, message in zip(unknown, advice, strict=True)
            ]
            return problem(422, advice[0], errors)
        return run(request, **values)

    return checked


def _advice(name: str, known: set[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return _("Parâmetro desconhecido: %(name)s. Seria %(near)s?") % {"name": name, "near": near[0]}
    listed = ", ".join(sorted(known)) or _("nenhum")
    return _("Parâmetro desconhecido: %(name)s. Este endereço aceita: %(known)s.") % {"name": name, "known": listed}
