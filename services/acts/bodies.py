"""Whose acts are whose: the body below which something stands, or to which it belongs."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from services.models import FormTemplate, HoursException, SecretariatPage, Suspension, Unit, Visit

#: What is no page and belongs to a body → the way to it.
OWNED: dict[type[Model], str] = {
    Unit: "secretariat",
    FormTemplate: "secretariat",
    HoursException: "unit__secretariat",
    Visit: "unit__secretariat",
}


def body_id_of(instance: Any) -> str:
    """The id of the body that something belongs to, ``""`` if to none."""
    if isinstance(instance, Suspension):
        instance = instance.service
    if isinstance(instance, Page):
        return _of_path(instance.path)
    way = OWNED.get(type(instance))
    for name in way.split("__") if way else ():
        instance = getattr(instance, name)
        if instance is None:
            return ""
    return str(instance.record_id) if way else ""


def whose(entries: Iterable[ModelLogEntry]) -> dict[tuple[int, str], tuple[str, str]]:
    """What acts on no page are about, by content type and number → the body's id, or a path below it.

    One query a kind; of what is gone, and of what is the city's, there is nothing.
    """
    numbers: dict[int, set[str]] = defaultdict(set)
    for entry in entries:
        numbers[entry.content_type_id].add(entry.object_id)
    found = {}
    for content_type, pks in numbers.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        way = OWNED.get(model)
        if way is None and model is not Suspension:
            continue
        held_by = f"{way}__record_id" if way else "service__path"
        rows = model._default_manager.filter(pk__in=pks).values_list("pk", held_by)
        for pk, held in rows:
            found[content_type, str(pk)] = (held or "", "") if way else ("", held)
    return found


def _of_path(path: str) -> str:
    steps = [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
    bodies = SecretariatPage.objects.filter(path__in=steps).order_by("-depth")
    return bodies.values_list("record_id", flat=True).first() or ""


def acts_of(entries: QuerySet[Any], body: SecretariatPage) -> QuerySet[Any]:
    """Those of the body, of all that stands below it now, and of what was deleted while it did."""
    # What is gone cannot be asked for its place: the entry of its deletion says it.
    found = Q(data__body=body.record_id)
    if entries.model is PageLogEntry:
        for path in SecretariatPage.objects.filter(record_id=body.record_id).values_list("path", flat=True):
            found |= Q(page_id__in=Page.objects.filter(path__startswith=path).values("pk"))
    elif entries.model is ModelLogEntry:
        for model, way in OWNED.items():
            found |= _about(model, {f"{way}__record_id": body.record_id})
        found |= _about(Suspension, {"service__path__startswith": body.path})
    return entries.filter(found)


def _about(model: Any, which: dict[str, Any]) -> Q:
    # History names rows by text, and a database does not compare text with numbers.
    numbers = [str(pk) for pk in model._default_manager.filter(**which).values_list("pk", flat=True)]
    return Q(content_type=ContentType.objects.get_for_model(model), object_id__in=numbers)
