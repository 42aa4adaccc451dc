"""Whether a person asks, or a program that says what it is: by the words that programs name themselves with.

Its words are what open lists of robots (monperrus/crawler-user-agents, matomo/device-detector) have in common;
who hides behind a browser's name is counted as a person.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpRequest

#: A telephone of the Cubot make is no robot.
_ROBOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|monitor|scan|externalhit|whatsapp/|telegram|embedly|archive|feedfetch"
    r"|lighthouse|pagespeed|validator|checker|uptime|pingdom|gptbot|ccbot",
    re.IGNORECASE,
)
_LIBRARY = re.compile(
    r"curl|wget|python|java/|ruby|perl|okhttp|go-http|axios|node|undici|httpclient|libwww|headless|phantom|scrapy|php/",
    re.IGNORECASE,
)


@lru_cache(maxsize=1_024)
def is_robot(agent: str) -> bool:
    """Whether it goes through whatever it finds, and asks for nobody."""
    return not agent or bool(_ROBOT.search(agent))


@lru_cache(maxsize=1_024)
def is_program(agent: str) -> bool:
    """Whether it is no person's browser."""
    return is_robot(agent) or bool(_LIBRARY.search(agent))


def is_person(request: HttpRequest) -> bool:
    """Whether a person looks at what is asked for: a page that a browser fetches in advance may never be seen."""
    return is_a_persons(request.META)


def is_a_persons(meta: Mapping[str, Any]) -> bool:
    """The same, of a request's environment."""
    if is_program(meta.get("HTTP_USER_AGENT", "")):
        return False
    return "prefetch" not in meta.get("HTTP_SEC_PURPOSE", "") and "prefetch" not in meta.get("HTTP_PURPOSE", "")
