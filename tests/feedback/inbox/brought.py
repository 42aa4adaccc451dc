"""A city with two bodies and its people; what somebody brought before it."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from feedback.deadlines import ANSWER_DAYS, last_day
from feedback.models import Manifestation, Movement, Rating
from feedback.roles import OF_ROLES
from services.models import RoleGroup
from services.record import Secretariat, Service
from tests.records import put_record, ref, secretariat, service

ROLES = ("redacao", "revisao", "comunicacao", "ouvidoria", "controle", "administracao")
#: A Wednesday, nine in the morning in Bahia.
AT = datetime(2026, 9, 2, 12, tzinfo=UTC)


@dataclass
class Town:
    """One of each role, those of a body in ``own``."""

    own: Secretariat
    other: Secretariat
    service: Service
    people: dict[str, Any]


def town() -> Town:
    """Two bodies, a service, everybody: what is public of it, and no pages, which are slow to make."""
    own, other = secretariat("Saúde", acronym="SMS"), secretariat("Fazenda", acronym="SEFIN")
    vaccine = service("Tomar vacina", secretariat=ref(own))
    for record in (own, other, vaccine):
        put_record(record)
    return Town(own, other, vaccine, {role: in_role(f"de-{role}", role, own) for role in ROLES})


def in_role(login: str, role: str, body: Secretariat) -> Any:
    """Somebody in a group that holds what the role is granted, as ``setup_roles`` makes it."""
    own = body.id if role in ("redacao", "revisao") else ""
    held = RoleGroup.objects.filter(role=role, body=own).first()
    if held is None:
        group = Group.objects.create(name=f"{role} {own}")
        held = RoleGroup.objects.create(role=role, body=own, group=group)
        names = ["access_admin", *OF_ROLES.get(role, ())]
        apps = ("wagtailadmin", "conecta_feedback")
        group.permissions.set(Permission.objects.filter(codename__in=names, content_type__app_label__in=apps))
    user = get_user_model().objects.create(username=login, email=f"{login}@exemplo.gov.br")
    user.groups.add(held.group)
    return get_user_model().objects.get(pk=user.pk)


def manifestation(kind: str = "complaint", *, at: datetime = AT, **fields: Any) -> Manifestation:
    """As it is received."""
    number = Manifestation.objects.count()
    given = {
        "protocol": f"2026.{48213907 + number}",
        "secret_digest": "0" * 64,
        "token": uuid.uuid4(),
        "kind": kind,
        "text": "A vacina acabou e ninguém avisou.",
        "locale": "pt-br",
        "received_at": at,
        "due_on": last_day(timezone.localdate(at), ANSWER_DAYS, city=None),
    }
    found = Manifestation.objects.create(**(given | fields))
    Movement.objects.create(manifestation=found, act=Movement.Act.RECEIVED, at=at, public=True)
    return found


def rating(of: Service, *, at: datetime = AT, **fields: Any) -> Rating:
    """With a comment."""
    given = {
        "token": uuid.uuid4(),
        "service_id": of.id,
        "body_id": of.secretariat.id if of.secretariat else "",
        "locale": "pt-br",
        "stars": 2,
        "comment": "Esperei duas horas.",
        "received_at": at,
    }
    return Rating.objects.create(**(given | fields))


def acts_of(found: Manifestation) -> list[str]:
    """What happened to it, in order."""
    return list(found.movements.values_list("act", flat=True))


def later(days: int) -> datetime:
    """So many days after."""
    return AT + timedelta(days=days)
