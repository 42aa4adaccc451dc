"""What a page says to the phone's program."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from home.offline.modules import modules_version
from home.offline.shell import shell_of
from home.views import identity_now
from services.languages import current_locale

register = template.Library()


@register.inclusion_tag("conecta_home/offline/head.html", takes_context=True)
def offline_head(context: dict[str, Any]) -> dict[str, Any]:
    """The manifest, and which version of the site this page is of; asks nothing of the database by itself."""
    version = context.get("offline_version")
    identity = identity_now()
    return {
        # Empty while the shell is being counted: the version can not hang on itself.
        "version": shell_of(identity).version if version is None else version,
        "modules": modules_version(),
        "locale": current_locale(),
        "colour": identity.colour or "#1351b4",
    }


@register.simple_tag
def offline_module(name: str) -> SafeString:
    """One of the program's modules, which loads those that it needs."""
    address = reverse("conecta_home:offline_module", args=[modules_version(), name])
    return format_html('<script type="module" src="{}"></script>', address)
