"""Who may see and do what with what people say: a body's people see what was sent to their body, and no more."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from feedback.models import BodyRequest, Manifestation, Rating
from feedback.roles import EVERYTHING, EXPORT, SEE_RESTRICTED, VIEW, VIEW_COMMENTS
from services.body_permissions import held_by
from services.models import newsroom_is_set_up

_APP = "conecta_feedback"


@dataclass(frozen=True)
class Reader:
    """What somebody may: by permission, the ids of the bodies for which; the empty id is the whole city."""

    user: Any
    held: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, user: Any) -> "Reader":
        """Asked once for a user object: two queries at most, of a superuser one."""
        kept: Reader | None = user.__dict__.get("_conecta_reader")
        if kept is None:
            kept = cls(user, _held(user))
            user.__dict__["_conecta_reader"] = kept
        return kept

    def may(self, codename: str, *bodies: str) -> bool:
        """Whether somebody holds a permission: for the city, for one of some bodies, or, if none is named, at all."""
        reach = self.held.get(codename, frozenset())
        return "" in reach or (bool(reach & set(bodies)) if bodies else bool(reach))

    def may_everywhere(self, codename: str) -> bool:
        """Whether somebody holds it for the whole city."""
        return "" in self.held.get(codename, frozenset())

    def bodies(self, codename: str) -> frozenset[str] | None:
        """Those for which somebody holds it; ``None``: all."""
        reach = self.held.get(codename, frozenset())
        return None if "" in reach else reach

    @property
    def sees_restricted(self) -> bool:
        """Denunciations, and who brought a manifestation."""
        return self.may_everywhere(SEE_RESTRICTED)

    @property
    def opens(self) -> bool:
        """Whether there is anything in the inbox for them."""
        return self.may(VIEW) or self.may(VIEW_COMMENTS)

    @property
    def exports(self) -> bool:
        """Whether they may take rows out."""
        return self.may_everywhere(EXPORT)

    def manifestations(self) -> "QuerySet[Manifestation]":
        """Those that they may read."""
        rows = Manifestation.objects.all()
        if not self.sees_restricted:
            rows = rows.exclude(kind=Manifestation.Kind.DENUNCIATION)
        bodies = self.bodies(VIEW)
        if bodies is None:
            return rows
        if not bodies:
            return rows.none()
        asked = BodyRequest.objects.filter(manifestation=OuterRef("pk"), body_id__in=bodies)
        # Which body a person named is looked at by Ouvidoria first.
        named = Q(body_id__in=bodies) & ~Q(state=Manifestation.State.RECEIVED)
        return rows.filter(named | Exists(asked))

    def comments(self) -> "QuerySet[Rating]":
        """Ratings with a comment, of those that they may read."""
        rows = Rating.objects.exclude(comment="")
        bodies = self.bodies(VIEW_COMMENTS)
        return rows if bodies is None else rows.filter(body_id__in=bodies)


def _held(user: Any) -> dict[str, frozenset[str]]:
    if not user.is_active:
        return {}
    found: defaultdict[str, set[str]] = defaultdict(set)
    if user.is_superuser:
        # Who keeps the machines counts as Administração, and is not told who brought what.
        technical = {VIEW, VIEW_COMMENTS} if newsroom_is_set_up() else EVERYTHING
        return dict.fromkeys(technical, frozenset({""}))
    for (app, codename), bodies in held_by(user).items():
        if app == _APP:
            # A group that is no role's reaches the whole city.
            found[codename] |= {body or "" for body in bodies}
    return {codename: frozenset(bodies) for codename, bodies in found.items()}
