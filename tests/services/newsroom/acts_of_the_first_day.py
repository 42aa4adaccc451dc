"""How the rows on the first day are tried: who is invited, what is founded, what is left out."""

from django.urls import reverse
from django.utils import timezone

from home.first_day.inviting import invite
from home.first_day.models import BackupKey, Invitation, LeftOutStep
from services.models import City, District, PublishedRecord, RoleGroup, SecretariatPage
from tests.services.newsroom.acts_of_the_table import act
from tests.services.newsroom.world import World


def _post(world: World, name: str, data: dict[str, str], *args: object) -> None:
    world.client.post(reverse(f"conecta_first_day:{name}", args=args), data)


@act("invite a person by e-mail, for any role")
def invite_a_person(world: World) -> bool:
    for role in ("administracao", "ouvidoria"):
        _post(world, "invitations", {"emails": f"{role}@cidade.gov.br", "role": role, "body": ""})
    _post(world, "invitations", {"emails": "r@cidade.gov.br", "role": "redacao", "body": str(world.own.pk)})
    made = Invitation.objects.count()
    assert made in (0, 3)
    return made == 3


@act("take an invitation back")
def revoke(world: World) -> bool:
    group = RoleGroup.objects.get(role="controle").group
    waiting = invite("x@cidade.gov.br", [group], by=None, at=timezone.now()).invitation
    assert waiting is not None
    _post(world, "renew", {}, waiting.pk)
    renewed = Invitation.objects.get().nonce != waiting.nonce
    _post(world, "revoke", {}, waiting.pk)
    assert renewed is (Invitation.objects.get().revoked_at is not None)
    return renewed


@act("see the first steps, and leave one out")
def leave_out(world: World) -> bool:
    seen = world.client.get(reverse("conecta_first_day:list")).status_code == 200
    _post(world, "leave_out", {"reason": "Não havia site."}, "old_addresses")
    assert seen is LeftOutStep.objects.exists()
    return seen


def _founds(world: World) -> bool:
    _post(world, "bodies", {"text": "Secretaria Nova (SN)", "conferido": "1"})
    _post(world, "districts", {"text": "Inhobim", "conferido": "1"})
    founded = SecretariatPage.objects.filter(acronym="SN").exists()
    assert founded is District.objects.filter(title="Inhobim").exists()
    return founded


@act("found bodies and districts from a list, before the first service is public")
def found_before(world: World) -> bool:
    PublishedRecord.objects.filter(kind="service").delete()
    return _founds(world)


@act("found bodies and districts from a list, once a service is public")
def found_after(world: World) -> bool:
    return _founds(world)


@act("add a year's holidays to the calendar")
def add_holidays(world: World) -> bool:
    _post(world, "calendar", {"own": "02/07 Independência da Bahia"})
    return bool(City.load().calendar.raw_data)


@act("say with which keys backups open")
def say_keys(world: World) -> bool:
    _post(world, "backup_keys", {"name": "Cofre", "key": ""})
    return BackupKey.objects.exists()
