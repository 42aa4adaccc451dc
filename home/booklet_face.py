"""The city's name, slogan, colour and coat of arms on the charter's booklet."""

from typing import Any

from wagtail import hooks
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from home.models import CityIdentity
from services.booklet.face import COLOUR, HOOK, Face


@hooks.register(HOOK)
def face() -> Face:
    """Of the one site. The brand of an administration is on no booklet: it outlives the administration."""
    row = CityIdentity.objects.select_related("coat_of_arms").order_by("-site__is_default_site", "pk").first()
    if row is None:
        return Face()
    arms, kind = _picture(row.coat_of_arms)
    return Face(row.name, row.slogan, row.primary_colour or COLOUR, arms, kind)


def _picture(image: Any) -> tuple[bytes, str]:
    if image is None:
        return b"", ""
    try:
        if image.is_svg():
            with image.open_file() as file:
                return file.read(), "svg"
        rendition = image.get_rendition("max-900x900|format-png")
        with rendition.file.open() as file:
            return file.read(), "png"
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        # A lost file must not keep the city from its booklet.
        return b"", ""
