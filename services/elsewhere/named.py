"""What a parameter names, by id or slug."""

import re

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from services.languages import current_locale
from services.neighbours import readable
from services.record import Kind, Ref

_NAME = re.compile(r"[-\w]{1,255}")


def named(request: HttpRequest, kind: Kind, *parameters: str) -> Ref | None:
    """The entry that one of these parameters names; ``None`` where none is given. One query.

    Raises ``Http404`` where it names nothing.
    """
    name = next((request.GET[each] for each in parameters if each in request.GET), None)
    if name is None:
        return None
    # What has not the form of a name is not asked for: it may hold what a database refuses.
    rows = readable(current_locale()).filter(Q(entry_id=name) | Q(slug=name), kind=kind)
    found = rows.values_list("entry_id", "title", "url").first() if _NAME.fullmatch(name) else None
    if found is None:
        raise Http404(_("Não há nada com este nome: %s.") % name[:80])
    return Ref(kind=kind, id=found[0], title=found[1], url=found[2])
