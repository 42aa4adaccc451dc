"""What of the device no page asks for (W3C Permissions Policy), so that nothing that gets into one can either."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: The portal reads aloud, copies and prints, none of which this names; where somebody is, it is told in words.
NOTHING = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)


#: A style or a picture asks for nothing, and its bytes count on a first visit.
_NO_DOCUMENTS = ("text/css", "image/webp", "image/png", "image/jpeg", "image/avif", "image/gif", "font/")


class PermissionsPolicyMiddleware:
    """Stands before what keeps pages: it is no part of any."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """With the header, unless a page has its own, or it is no document."""
        response = self.get_response(request)
        if not response.get("Content-Type", "").startswith(_NO_DOCUMENTS):
            response.headers.setdefault("Permissions-Policy", NOTHING)
        return response
