"""A page of participation begins as a draft by somebody, below the first page."""

from typing import Any, TypeVar

from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Site

from feedback.models.participation import ParticipationPage
from services.publishing import publishing

P = TypeVar("P", bound=ParticipationPage)


def new_draft(page: P, *, user: Any) -> P:
    """Put a page into the tree; nobody sees it before it went through the two stages."""
    with publishing():
        parent = Page.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id)
        page.locale = Locale.get_default()
        page.slug = find_available_slug(parent, slugify(page.title)[:200] or "pagina")
        page.live = False
        page.owner = user
        parent.add_child(instance=page)
        log(instance=page, action="wagtail.create", user=user)
        page.save_revision(user=user, log_action=True, clean=False)
    return page
