"""What files of posters are called: in letters that any computer takes."""

from django.utils.text import slugify
from django.utils.translation import gettext as _

from services.record import Service, Unit


def poster_name(record: Service | Unit, size: str) -> str:
    """``cartaz-posto-central-a4.pdf``."""
    return f"{_('cartaz')}-{file_name(record.title) or record.id}-{size}.pdf"


def file_name(title: str) -> str:
    """A title as a part of a file's name."""
    return slugify(title)[:80].strip("-")
