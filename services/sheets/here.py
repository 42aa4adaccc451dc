"""What a spreadsheet may speak of: this installation's bodies, names and services, as their latest drafts are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from wagtail.models import Locale, Page

from services.drafting import bodies_for
from services.interchange.planilha import Known
from services.interchange.slugs import fold
from services.keys import DatabaseKeys
from services.mapping import FIELDS, own_record
from services.models import Audience, SecretariatPage, ServicePage, Topic, Unit
from services.record import Kind, Ref, Service

#: What a row may name, besides its body.
_NAMED: dict[Kind, Any] = {"unit": Unit, "topic": Topic, "audience": Audience}


def known_to(user: Any, *, visible: Callable[[Any, Any], Any]) -> Known:
    """For a person: services of the bodies that they write for, names that ``visible(user, rows)`` leaves."""
    own = frozenset(bodies_for(user).values_list("record_id", flat=True))
    return _known(own, lambda rows: visible(user, rows))


def known_here() -> Known:
    """For a command: all."""
    return _known(None, lambda rows: rows)


def services_below(bodies: Iterable[SecretariatPage]) -> list[Service]:
    """All services of some bodies as their latest drafts are, by name."""
    paths = [body.path for body in bodies]
    numbers = [
        page.pk
        for page in _services().only("pk", "path", "locale", "alias_of")
        if any(page.path.startswith(path) for path in paths)
    ]
    found = [draft for _page, draft in drafts(_services().filter(pk__in=numbers))]
    return sorted(found, key=lambda record: record.title.casefold())


def drafts(pages: Any) -> Iterator[tuple[ServicePage, Service]]:
    """Pages of services, each with the record of its latest draft. A handful of queries, and a few for each."""
    objects = []
    for page in pages.select_related("locale", "latest_revision", "content_type"):
        revision = page.latest_revision
        draft = page if revision is None else page.with_content_json(revision.content)
        draft.locale = page.locale
        objects.append((page, draft))
    keys = DatabaseKeys()
    keys.load_ids(pair for _page, draft in objects for field in FIELDS["service"] for pair in field.chosen(draft))
    for page, draft in objects:
        record = own_record(draft, keys)
        if isinstance(record, Service):
            yield page, record


def _services() -> Any:
    return ServicePage.objects.filter(locale=Locale.get_default(), alias_of=None)


def _known(own: frozenset[str] | None, seen: Callable[[Any], Any]) -> Known:
    bodies, acronyms, paths = {}, {}, {}
    rows = SecretariatPage.objects.filter(locale=Locale.get_default(), alias_of=None).exclude(record_id="")
    for entry_id, acronym, title, path in rows.values_list("record_id", "acronym", "title", "path"):
        ref = Ref(kind="secretariat", id=entry_id)
        acronyms[entry_id] = acronym or title
        paths[path] = entry_id
        bodies[fold(title)] = ref
        bodies.setdefault(fold(acronym), ref)
    for entry_id, acronym in acronyms.items():
        # An acronym is what the sheet writes: it wins over another body's name.
        bodies[fold(acronym)] = Ref(kind="secretariat", id=entry_id)
    bodies.pop("", None)
    entries: dict[Kind, dict[str, list[Ref]]] = {}
    titles: dict[str, str] = {}
    for kind, model in _NAMED.items():
        named: dict[str, list[Ref]] = defaultdict(list)
        for entry_id, title in seen(model.objects.filter(locale=Locale.get_default())).values_list(
            "record_id", "title"
        ):
            named[fold(title)].append(Ref(kind=kind, id=entry_id))
            titles[entry_id] = title
        entries[kind] = named
    return Known(
        bodies=bodies,
        acronyms=acronyms,
        entries=entries,
        titles=titles,
        named=_named(own, paths),
        look_up=lambda ids: _look_up(own, paths, ids),
        own=own,
    )


def _named(own: frozenset[str] | None, paths: dict[str, str]) -> dict[tuple[str, str], str]:
    found = {}
    for entry_id, title, path in _services().values_list("record_id", "draft_title", "path"):
        body = paths.get(path[: -Page.steplen], "")
        if own is None or body in own:
            found[body, fold(title)] = entry_id
    return found


def _look_up(own: frozenset[str] | None, paths: dict[str, str], ids: Iterable[str]) -> dict[str, Service]:
    pages = [
        pk
        for pk, path in _services().filter(record_id__in=list(ids)).values_list("pk", "path")
        if own is None or paths.get(path[: -Page.steplen]) in own
    ]
    return {record.id: record for _page, record in drafts(_services().filter(pk__in=pages))}


__all__ = ["drafts", "known_here", "known_to", "services_below"]
