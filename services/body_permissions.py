"""A permission that a body's group holds reaches that body only; any other reaches the whole city.

Where the newsroom is not set up no group is a body's, and Wagtail's own rule holds.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Max, Q, Subquery
from wagtail.models import DraftStateMixin, GroupPagePermission, Page
from wagtail.permission_policies.base import ModelPermissionPolicy

from services.models import (
    Alert,
    Bodies,
    FormTemplate,
    HoursException,
    SecretariatPage,
    Suspension,
    Unit,
    Visit,
    newsroom_is_set_up,
)

#: Record ids of the bodies that somebody's permission reaches; ``None`` is all of them.
Reach = frozenset[str] | None
#: Each model that belongs to a body, and how a row leads to it: to the page it is below, or to the body itself.
_TO_BODY = {
    Unit: "secretariat",
    FormTemplate: "secretariat",
    HoursException: "unit__secretariat",
    Visit: "unit__secretariat",
}
_TO_PAGE = {Suspension: "service", Alert: "services"}
OF_A_BODY = (*_TO_BODY, *_TO_PAGE)


def held_by(user: Any) -> Mapping[tuple[str, str], set[str | None]]:
    """App and codename of each permission that somebody holds → the bodies for which; ``None`` is no body's group.

    One query, once for a user object, and Django's own for what is somebody's own.
    """
    kept: defaultdict[tuple[str, str], set[str | None]] | None = user.__dict__.get("_conecta_held")
    if kept is None:
        kept = defaultdict(set)
        for named in user.get_user_permissions():
            app, _dot, codename = named.partition(".")
            kept[app, codename].add(None)
        through = ("permissions__content_type__app_label", "permissions__codename", "conecta_role__body")
        for app, codename, body in Group.objects.filter(user=user).values_list(*through):
            kept[app, codename].add(body)
        user.__dict__["_conecta_held"] = kept
    return kept


class OfItsBody(ModelPermissionPolicy):
    """For models that belong to a body."""

    def reach(self, user: Any, actions: Any) -> Reach:
        """How far somebody's permission for any of some actions goes; asked once for a user object."""
        codenames = frozenset(self._get_permission_codenames(actions))
        kept = user.__dict__.setdefault("_conecta_reach", {})
        key = (self.model, codenames)
        if key not in kept:
            kept[key] = self._reach(user, codenames)
        found: Reach = kept[key]
        return found

    def _reach(self, user: Any, codenames: frozenset[str]) -> Reach:
        if user.is_superuser:
            return None
        held = held_by(user)
        bodies = {body for codename in codenames for body in held[self.model._meta.app_label, codename]}
        # A permission of one's own, a group of no role, and a role of the whole city reach everything.
        if bodies & {None, ""}:
            return None
        return frozenset(body for body in bodies if body)

    def within(self, reach: Reach, rows: Any, *, bodies: Bodies | None = None) -> Any:
        """Those of some rows that are in reach; ``bodies``, where they are at hand already."""
        if reach is None:
            return rows
        if path := _TO_BODY.get(self.model):
            return rows.filter(**{f"{path}__record_id__in": reach})
        if self.model is not Alert:
            return rows.filter(_below(reach, _TO_PAGE[self.model], bodies))
        # An alert that concerns another body's service too is not this body's to change.
        links = Alert.services.through._default_manager
        below = _below(reach, "servicepage", bodies)
        wider = links.exclude(below).values("alert")
        return rows.filter(pk__in=links.filter(below).values("alert")).exclude(pk__in=wider)

    def reaches(self, user: Any, actions: Any, instance: Any) -> bool:
        """Whether somebody's permission goes as far as an instance, as it was stored when it was first asked."""
        reach = self.reach(user, actions)
        if reach is None or instance.pk is None:
            return True
        kept = user.__dict__.setdefault("_conecta_in_reach", {})
        key = (self.model, reach)
        if key not in kept:
            # A report asks for each of its rows: what a body has is few rows, and one query for all of them.
            rows = self.model._default_manager.all()
            newest = Subquery(rows.order_by("-pk").values("pk")[:1])
            found = dict(self.within(reach, rows).values_list("pk", newest))
            kept[key] = next(iter(found.values())) if found else _newest(rows), frozenset(found)
        newest, in_reach = kept[key]
        if instance.pk > newest:
            return bool(self.within(reach, self.model._default_manager.filter(pk=instance.pk)).exists())
        return instance.pk in in_reach

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Held, in reach; and what is public is taken down before it is deleted."""
        if not self.user_has_permission(user, action) or not self.reaches(user, {action}, instance):
            return False
        return not (action == "delete" and is_kept_while_public(user, instance))

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        """Any of them."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        """Those in reach."""
        rows = super().instances_user_has_any_permission_for(user, actions)
        return self.within(self.reach(user, actions), rows)


class OfTheCity(ModelPermissionPolicy):
    """For what is filed under: drafted too, so what is public is taken down before it is deleted."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Held; and not deleted while public."""
        if not self.user_has_permission(user, action):
            return False
        return not (action == "delete" and is_kept_while_public(user, instance))


def _newest(rows: Any) -> int:
    return rows.aggregate(Max("pk"))["pk__max"] or 0


def is_kept_while_public(user: Any, instance: Any) -> bool:
    """Whether only a superuser may delete this, because it would vanish from the portal unapproved."""
    public = isinstance(instance, DraftStateMixin) and instance.live
    return public and not user.is_superuser and newsroom_is_set_up()


def visible_to(user: Any, rows: Any) -> Any:
    """Those of some entries that somebody may know of: what is public, and drafts in reach."""
    model = rows.model
    if issubclass(model, Page):
        pages = GroupPagePermission.objects.filter(group__user=user)
        paths = set(pages.values_list("page__path", flat=True))
        root = user.is_superuser or any(len(path) <= Page.steplen for path in paths)
        if root or not newsroom_is_set_up():
            return rows
        seen = Q(live=True)
        for path in paths:
            seen |= Q(path__startswith=path)
        return rows.filter(seen)
    if not issubclass(model, DraftStateMixin) or model not in OF_A_BODY:
        return rows
    policy = OfItsBody(model)
    reach = policy.reach(user, {"add", "change", "view"})
    if reach is None:
        return rows
    return rows.filter(Q(live=True) | Q(pk__in=policy.within(reach, model._default_manager.all()).values("pk")))


def of_bodies(rows: Any, reach: frozenset[str]) -> Any:
    """Those of some bodies, services or units that are, or belong to, the bodies in reach."""
    if rows.model is SecretariatPage:
        return rows.filter(record_id__in=reach)
    if rows.model is Unit:
        return rows.filter(secretariat__record_id__in=reach)
    return rows.filter(_below(reach, ""))


def _below(reach: frozenset[str], name: str, bodies: Bodies | None = None) -> Q:
    bodies = bodies or Bodies()
    condition = Q(pk__in=[])
    for record_id in reach:
        if (body := bodies.named(record_id)) is not None:
            condition |= Q(**{f"{name}__path__startswith" if name else "path__startswith": body.path})
    return condition
