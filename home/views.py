"""What of the city's face is shown now."""

from django.utils import timezone

from home.identity import Identity, city_identity


def identity_now() -> Identity:
    """What of the city's identity is shown in the page that is being made."""
    return city_identity().shown_at(timezone.now())
