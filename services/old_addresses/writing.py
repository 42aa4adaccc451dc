"""Redirects are written, all of them or none, each with its line in the register."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log

from services.old_addresses.plans import Leading


@transaction.atomic
def write(leadings: Iterable[Leading]) -> int:
    """Make or change the redirects; how many. Of two from one path the site's own is changed, for that one counts."""
    wanted = {leading.path: leading.target for leading in leadings}
    present = {redirect.old_path: redirect for redirect in _present(list(wanted))}
    for path, target in wanted.items():
        redirect = present.get(path) or Redirect(old_path=path)
        before = redirect.redirect_link or (redirect.link if redirect.pk else "")
        redirect.redirect_link = target
        redirect.redirect_page = None
        redirect.redirect_page_route_path = ""
        redirect.is_permanent = True
        redirect.automatically_created = False
        action = "wagtail.edit" if redirect.pk else "wagtail.create"
        redirect.save()
        log(instance=redirect, action=action, data={"to": target, "before": before or ""})
    return len(wanted)


def _present(paths: list[str]) -> Iterable[Redirect]:
    for start in range(0, len(paths), 500):
        found = Redirect.objects.select_for_update().filter(old_path__in=paths[start : start + 500])
        yield from sorted(found, key=lambda redirect: redirect.site_id is not None)
