"""Roles are data: each body has its groups by itself, and nobody holds Wagtail's permission to publish."""

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission

from services.models import RoleGroup
from services.roles import ROLES, SEE_ALL, setup_roles
from tests import records
from tests.services import charter
from tests.services.entries import take_over

pytestmark = pytest.mark.django_db


def names() -> set[str]:
    return set(Group.objects.filter(conecta_role__isnull=False).values_list("name", flat=True))


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("setup_roles", *arguments, stdout=out)
    return out.getvalue()


CITY = {"Comunicação", "Ouvidoria", "Controle", "Administração"}


def test_the_command_makes_every_group_and_a_second_run_changes_nothing() -> None:
    charter.body("Secretaria da Saúde", acronym="SMS")
    assert command() == "groups=6\n"
    assert names() == CITY | {"Redação · SMS", "Revisão · SMS"}

    def held() -> set[tuple[object, ...]]:
        pages = GroupPagePermission.objects.values_list("group__name", "page", "permission__codename")
        return {*Group.objects.values_list("pk", "name", "permissions__codename"), *pages}

    before = held()
    assert command() == "groups=6\n"
    assert held() == before


def test_no_group_may_publish_by_wagtails_own_means() -> None:
    charter.body()
    setup_roles()
    assert GroupPagePermission.objects.filter(group__conecta_role__isnull=False).exists()
    of_roles = Group.objects.filter(conecta_role__isnull=False)
    assert not GroupPagePermission.objects.filter(
        group__in=of_roles, permission__codename__startswith="publish"
    ).exists()
    assert not Permission.objects.filter(group__in=of_roles, codename__startswith="publish").exists()


def test_no_group_at_all_may_publish_once_the_newsroom_is_set_up() -> None:
    """Wagtail's own Moderators come with a new database: they would publish past the newsroom."""
    setup_roles()
    assert not GroupPagePermission.objects.filter(permission__codename__startswith="publish").exists()
    assert not Permission.objects.filter(group__isnull=False, codename__startswith="publish").exists()


def test_every_permission_that_a_role_names_exists() -> None:
    setup_roles()
    for role in ROLES.values():
        if not role.of_a_body:
            group = RoleGroup.objects.get(role=role.key).group
            held = {
                f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")
            }
            assert set(role.permissions) <= held, role.key


def test_search_gives_its_own_permissions_to_communication() -> None:
    setup_roles()
    group = RoleGroup.objects.get(role="comunicacao").group
    assert group.permissions.filter(codename="change_synonymgroup").exists()
    assert RoleGroup.objects.get(role="controle").group.permissions.filter(codename="view_querycount").exists()


def test_a_new_body_has_its_groups_by_itself_and_they_follow_its_acronym() -> None:
    setup_roles()
    body = charter.body("Secretaria da Saúde", acronym="SMS")
    assert {"Redação · SMS", "Revisão · SMS"} <= names()
    group = RoleGroup.objects.get(role="revisao", body=body.record_id).group
    charter.edited(body, acronym="SESAU").publish()
    assert names() == CITY | {"Redação · SESAU", "Revisão · SESAU"}
    assert RoleGroup.objects.get(role="revisao", body=body.record_id).group == group
    charter.fresh(body).delete()
    assert names() == CITY


def test_two_bodies_with_one_acronym_have_groups_of_their_own() -> None:
    setup_roles()
    charter.body("Saúde", acronym="SS")
    charter.body("Serviços", acronym="SS")
    assert {"Redação · SS", "Redação · SS (2)"} <= names()
    assert RoleGroup.objects.filter(role="redacao").count() == 2


def test_without_setup_nothing_is_made() -> None:
    charter.body()
    assert not RoleGroup.objects.exists()


def test_bodies_that_an_import_brings_have_groups() -> None:
    setup_roles()
    take_over([records.secretariat("Saúde", url="", acronym="SMS")])
    assert "Revisão · SMS" in names()


def test_a_role_writes_below_its_own_body_only() -> None:
    one = charter.body("Saúde", acronym="SMS")
    setup_roles()
    for role in ("redacao", "revisao"):
        group = RoleGroup.objects.get(role=role, body=one.record_id).group
        assert set(GroupPagePermission.objects.filter(group=group).values_list("page", flat=True)) == {one.pk}


def test_those_who_see_all_see_the_whole_tree() -> None:
    setup_roles()
    for role in SEE_ALL:
        assert GroupPagePermission.objects.filter(group__conecta_role__role=role, page__depth=1).exists()


def test_which_body_communication_is_may_be_told() -> None:
    body = charter.body("Gabinete da Imagem", acronym="GIM")
    with pytest.raises(CommandError, match="XYZ"):
        command("--communication", "XYZ")
    command("--communication", "GIM")
    assert RoleGroup.objects.get(role="comunicacao").seat == body.record_id
