"""Who looks after an entry is told, once, that a link on it is dead."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.utils import get_user_display_name

from services.links.words import why
from services.models import ENTRY_MODELS, LinkUse, PublishedPage
from services.reviews.reminders import FIRST_HOUR
from services.reviews.reviewing import keeper_of
from services.telling import admin_address, tell

_MOST_IN_A_MAIL = 50


def tell_of_dead_links(at: datetime) -> int:
    """Send the mails; how many went out. Links on entries that nobody looks after stand in the report alone."""
    if timezone.localtime(at).hour < FIRST_HOUR:
        return 0
    dead = LinkUse.objects.filter(link__dead_since__isnull=False, told_at=None).select_related("link")
    by_keeper: dict[Any, list[tuple[LinkUse, Any]]] = defaultdict(list)
    uses = list(dead.order_by("kind", "entry_id", "link__url"))
    pages = _pages(uses)
    for use in uses:
        page = pages.get((use.kind, use.entry_id))
        keeper = keeper_of(page) if page is not None else None
        if keeper is not None and keeper.email:
            by_keeper[keeper].append((use, page))
    return sum(_tell(user, those, at) for user, those in by_keeper.items())


def _pages(uses: Sequence[LinkUse]) -> dict[tuple[str, str], Any]:
    """The pages on which they stand: one query a kind."""
    found: dict[tuple[str, str], Any] = {}
    for kind in {use.kind for use in uses}:
        model: Any = ENTRY_MODELS.get(kind)
        if model is None or not issubclass(model, PublishedPage):
            continue
        names = ["owner", "responsible"] if kind == "service" else ["owner"]
        rows = model.objects.filter(record_id__in={use.entry_id for use in uses if use.kind == kind}, live=True)
        # Of a page and its translations the source comes last, and stays.
        for page in rows.select_related(*names).order_by("-pk"):
            found[kind, page.record_id] = page
    return found


def _tell(user: Any, those: Sequence[tuple[LinkUse, Any]], at: datetime) -> bool:
    # Taken one by one, so that of two workers each tells of what it took.
    taken = [(use, page) for use, page in those if LinkUse.objects.filter(pk=use.pk, told_at=None).update(told_at=at)]
    if not taken:
        return False
    reference = f"links-{at:%Y%m%d%H%M%S}-{user.pk}"
    if tell(user, lambda: _mail(user, taken), reference=reference):
        return True
    LinkUse.objects.filter(pk__in=[use.pk for use, _page in taken]).update(told_at=None)
    return False


def _mail(user: Any, those: Sequence[tuple[LinkUse, Any]]) -> tuple[str, str]:
    count = len(those)
    subject = ngettext("%(count)d link que não abre", "%(count)d links que não abrem", count) % {"count": count}
    lines = [
        _("Olá, %(name)s.") % {"name": get_user_display_name(user)},
        "",
        _("Estes links não abrem. O sistema tentou mais de uma vez, em dias diferentes."),
        "",
    ]
    for use, page in those[:_MOST_IN_A_MAIL]:
        edit = admin_address(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        lines += [
            f"- {page.title} ({use.get_place_display()})",
            f"  {use.link.url}",
            f"  {why(use.link.problem, use.link.status)}",
            _("  Corrija aqui: %(address)s") % {"address": edit},
            "",
        ]
    if count > _MOST_IN_A_MAIL:
        lines += [_("E mais %(count)d.") % {"count": count - _MOST_IN_A_MAIL}, ""]
    report = admin_address(reverse("conecta_links:report"))
    lines += [_("Todos os links que não abrem: %(address)s") % {"address": report}]
    return subject, "\n".join(lines) + "\n"
