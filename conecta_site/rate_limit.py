"""How often one client may ask the API: counted by the minute, without keeping who it was.

Counts are in the cache, under a name that holds for a day (``services.passing_names``). With a cache of each process,
each process counts for itself.
"""

import time
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from conecta_site.problems import problem
from services.api_keys.keys import asking
from services.client_address import client_of
from services.passing_names import count_of, passing_name

#: Seconds.
WINDOW = 60


@dataclass(frozen=True)
class Allowance:
    """What is left of a client's requests in this minute; below zero, it has asked too often."""

    policy: str
    limit: int
    left: int
    #: Seconds until the next minute.
    resets_in: int

    def describe(self, response: HttpResponseBase) -> None:
        """Say it in the headers of draft-ietf-httpapi-ratelimit-headers."""
        response["RateLimit-Policy"] = f'"{self.policy}";q={self.limit};w={WINDOW}'
        response["RateLimit"] = f'"{self.policy}";r={max(self.left, 0)};t={self.resets_in}'


def take(request: HttpRequest) -> Allowance | HttpResponseBase | None:
    """Count a request: what is left, the refusal of a key that is none, or ``None`` where nothing is limited."""
    authorization = request.headers.get("Authorization", "")
    if authorization:
        key = asking(request)
        if key is None:
            return problem(401, _("Esta chave da API não vale. Sem chave, a API responde a todos."))
        return _counted("key", str(key.number), key.per_minute)
    if not settings.API_REQUESTS_PER_MINUTE:
        return None
    return _counted("client", client_of(request), settings.API_REQUESTS_PER_MINUTE)


def refused(allowance: Allowance) -> HttpResponseBase:
    """The answer to who has asked too often."""
    response = problem(
        429,
        _("Pedidos demais neste minuto: espere %d s. Com uma chave da API o limite é maior.") % allowance.resets_in,
    )
    response["Retry-After"] = str(allowance.resets_in)
    return response


def _counted(policy: str, who: str, limit: int) -> Allowance:
    now = time.time()
    count = count_of(f"{int(now // WINDOW)}-{passing_name(policy, who, now=now)}", seconds=2 * WINDOW)
    return Allowance(policy, limit, limit - count, WINDOW - int(now % WINDOW))
