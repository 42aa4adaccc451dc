"""Roles as data: who may do what, and the groups that hold it. Installed by ``setup_roles``, then kept by itself.

Nobody holds Wagtail's permission to publish: what goes live, goes through the newsroom's own acts.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from services.languages import source_locale
from services.models import RoleGroup, SecretariatPage, newsroom_is_set_up

#: Makes the tree of pages visible to those who may read it all, and allows nothing by itself.
_SEES_THE_TREE = "bulk_delete_page"
_WRITES_PAGES = ("add_page", "change_page", "lock_page", "unlock_page")
_FILES = ("add_image", "choose_image", "add_document", "choose_document")
_DRAFTED = ("unit", "formtemplate")
_TAXONOMY = ("topic", "audience", "lifeevent", "district", "question")
_LIVE_AT_ONCE = ("suspension", "visit", "hoursexception", "alert")


def _may(actions: Iterable[str], models: Iterable[str], app: str = "conecta_services") -> tuple[str, ...]:
    names = list(models)
    return tuple(f"{app}.{action}_{model}" for action in actions for model in names)


_ADMIN = ("wagtailadmin.access_admin",)
_READS = _may(["view"], [*_DRAFTED, *_TAXONOMY, *_LIVE_AT_ONCE, "visitcount"])
#: The register of acts, of all bodies.
_READS_ACTS = ("wagtailcore.view_pagelogentry",)


@dataclass(frozen=True)
class Role:
    """What a role may do in Wagtail; the newsroom's acts are in ``services.newsroom.acts``."""

    key: str
    label: Promise | str
    #: Whether each body has a group of its own, or the city one.
    of_a_body: bool
    pages: tuple[str, ...]
    permissions: tuple[str, ...]
    files: tuple[str, ...] = ()


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role(
            "redacao",
            _("Redação"),
            True,
            ("add_page", "change_page"),
            (*_ADMIN, *_READS, *_may(["add", "change"], _DRAFTED)),
            _FILES,
        ),
        Role(
            "revisao",
            _("Revisão"),
            True,
            _WRITES_PAGES,
            (
                *_ADMIN,
                *_READS,
                *_may(["add", "change"], _DRAFTED),
                *_may(["add", "change", "delete"], _LIVE_AT_ONCE),
            ),
            _FILES,
        ),
        Role(
            "comunicacao",
            _("Comunicação"),
            False,
            (*_WRITES_PAGES, _SEES_THE_TREE),
            (
                *_ADMIN,
                *_READS,
                *_READS_ACTS,
                *_may(["add", "change", "delete"], [*_DRAFTED, *_TAXONOMY, *_LIVE_AT_ONCE, "absence"]),
                *_may(["change"], ["city"]),
                *_may(["add", "change"], ["bookletedition"]),
                *_may(["add", "change"], ["redirect"], "wagtailredirects"),
            ),
            (*_FILES, "change_image", "change_document"),
        ),
        # The council's minutes and opinions are files.
        Role("ouvidoria", _("Ouvidoria"), False, (), _ADMIN, ("add_document", "choose_document")),
        Role("controle", _("Controle"), False, (_SEES_THE_TREE,), (*_ADMIN, *_READS, *_READS_ACTS)),
        Role(
            "administracao",
            _("Administração"),
            False,
            (_SEES_THE_TREE,),
            (
                *_ADMIN,
                *_READS,
                *_READS_ACTS,
                *_may(["view"], ["signoflife"]),
                *_may(["add", "change", "delete"], [*_TAXONOMY, "absence", "apikey", "frontend", "webhook"]),
                *_may(["change"], ["city"]),
                *_may(["add", "change"], ["user"], "auth"),
                *_may(["add", "change", "delete"], ["redirect"], "wagtailredirects"),
            ),
        ),
    )
}
#: Those who see every body's drafts.
SEE_ALL = ("comunicacao", "controle", "administracao")

_more: dict[str, list[str]] = defaultdict(list)


def grant(role: str, *permissions: str) -> None:
    """Another app's permissions for a role, as ``app_label.codename``; called when the app is ready."""
    _more[role] += [name for name in permissions if name not in _more[role]]


@transaction.atomic
def setup_roles(*, communication: str = "") -> int:
    """Make every group with its permissions, or mend them; how many groups there are.

    ``communication`` is the acronym of the body that Comunicação is; without it the body of that name is taken.
    """
    _take_away_publishing()
    for role in ROLES.values():
        if not role.of_a_body:
            _keep_group(role, _kept(role.key, ""), name=_name(role), page=Page.get_first_root_node())
    _take_seat(communication)
    for body in _bodies():
        keep_body(body)
    return RoleGroup.objects.count()


def _take_away_publishing() -> None:
    """Who holds Wagtail's permission publishes without anybody's eyes; its two first groups say so in English too."""
    Group.objects.filter(name__in=("Moderators", "Editors"), user=None, conecta_role=None).delete()
    GroupPagePermission.objects.filter(permission__codename__startswith="publish").delete()
    for permission in Permission.objects.filter(codename__startswith="publish", group__isnull=False).distinct():
        permission.group_set.clear()


def follow_bodies() -> None:
    """Give each body that has none its groups; nothing where the newsroom is not set up. Two queries if all is well."""
    if not newsroom_is_set_up():
        return
    known = set(RoleGroup.objects.filter(role="revisao").values_list("body", flat=True))
    for body in _bodies().exclude(record_id__in=known):
        keep_body(body)


def follow_body(record_id: str) -> None:
    """Make a body's groups and their names what the body says now; none are left of one that is gone."""
    if not newsroom_is_set_up():
        return
    body = _bodies().filter(record_id=record_id).first()
    if body is None:
        Group.objects.filter(conecta_role__body=record_id).exclude(conecta_role__body="").delete()
    else:
        keep_body(body)


def keep_body(body: SecretariatPage) -> None:
    """The groups of one body."""
    for role in ROLES.values():
        if role.of_a_body:
            name = f"{_name(role)} · {body.acronym or body.title}"
            _keep_group(role, _kept(role.key, body.record_id), name=name, page=body, body=body.record_id)


def _bodies() -> Any:
    found = SecretariatPage.objects.filter(locale__language_code=source_locale(), alias_of=None)
    return found.exclude(record_id="").order_by("title")


def _kept(role: str, body: str) -> RoleGroup | None:
    return RoleGroup.objects.select_related("group").filter(role=role, body=body).first()


def _keep_group(role: Role, kept: RoleGroup | None, *, name: str, page: Page, body: str = "") -> None:
    own = kept.group_id if kept else None
    name = _free(name, own)
    if kept is None:
        kept = RoleGroup.objects.create(role=role.key, body=body, group=Group.objects.create(name=name))
    elif kept.group.name != name:
        kept.group.name = name
        kept.group.save()
    group = kept.group
    wanted = {*role.permissions, *_more[role.key]}
    codenames = {name.partition(".")[2] for name in wanted}
    found = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    group.permissions.set(p for p in found if f"{p.content_type.app_label}.{p.codename}" in wanted)
    _set_page_permissions(group, page, role.pages)
    _set_file_permissions(group, role.files)


def _name(role: Role) -> str:
    """In the site's language, whoever asks."""
    with override(settings.LANGUAGE_CODE):
        return str(role.label)


def _free(name: str, own: int | None) -> str:
    """A group's name, told apart where two bodies share an acronym."""
    others = Group.objects.filter(name__startswith=name[:140])
    if own is not None:
        others = others.exclude(pk=own)
    taken = set(others.values_list("name", flat=True))
    free = name = name[:140]
    number = 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _set_page_permissions(group: Group, page: Page, codenames: tuple[str, ...]) -> None:
    held = GroupPagePermission.objects.filter(group=group)
    held.exclude(page_id=page.pk, permission__codename__in=codenames).delete()
    present = set(held.values_list("permission__codename", flat=True))
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page.pk, permission=permission)
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=set(codenames) - present
        )
    )


def _set_file_permissions(group: Group, codenames: tuple[str, ...]) -> None:
    root = Collection.get_first_root_node()
    held = GroupCollectionPermission.objects.filter(group=group)
    held.exclude(collection=root, permission__codename__in=codenames).delete()
    present = set(held.values_list("permission__codename", flat=True))
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=root, permission=permission)
        for permission in Permission.objects.filter(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=set(codenames) - present
        )
    )


def _take_seat(acronym: str) -> None:
    own = RoleGroup.objects.filter(role="comunicacao")
    if acronym:
        own.update(seat=_bodies().get(acronym=acronym).record_id)
        return
    bodies = list(_bodies().filter(title__icontains="comunicação")[:2])
    if len(bodies) == 1:
        own.filter(seat="").update(seat=bodies[0].record_id)
