"""How a file that somebody sent is given out: to be kept, in no place of this site, and never guessed at."""

from django.http.response import HttpResponseBase

#: It runs nothing, asks for nothing, and has no address of its own.
HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}


def guarded(response: HttpResponseBase) -> HttpResponseBase:
    """The same answer with the headers."""
    for name, value in HEADERS.items():
        response[name] = value
    return response
