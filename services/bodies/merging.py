"""Two bodies become one: what was below the one that ends stands below the one that stays.

The ended body keeps its page, with the day it existed until, as the other's predecessor. Entries
keep their ids, their drafts and their history; old addresses lead to the new ones; translations
follow.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.dispatch import Signal
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from services.bodies.addresses import lead_on, public_addresses
from services.bodies.moving import free_slugs, move_leaves
from services.bodies.permissions import may_merge
from services.bodies.renaming import Name, other_names
from services.both_versions import publish_change, replace_reference
from services.leave import leave_given
from services.models import FormTemplate, PublishedPage, SecretariatPage, Unit
from services.projecting import restricted_paths
from services.publishing import mark, mark_all, publishing

#: Sent with ``ending``, ``staying`` and ``user`` inside the transaction, to whoever keeps more of a body.
bodies_merged = Signal()

#: What names a body, and in which column.
NAMING: tuple[tuple[Any, str], ...] = (
    (Unit, "secretariat"),
    (FormTemplate, "secretariat"),
    (SecretariatPage, "superior"),
)


@dataclass
class MergePlan:
    """What a merge will do, to be told before it is done."""

    ending: SecretariatPage
    staying: SecretariatPage
    until: date
    pages: list[PublishedPage]
    live: Counter[str] = field(default_factory=Counter)
    drafts: int = 0
    units: int = 0
    forms: int = 0
    inferiors: int = 0
    translations: int = 0
    new_slugs: dict[str, str] = field(default_factory=dict)


def plan_merge(ending: SecretariatPage, staying: SecretariatPage, *, until: date) -> MergePlan:
    """What a merge would do. Raises ``ValidationError`` if these two cannot be merged."""
    _require_mergeable(ending, staying)
    pages = _below(ending)
    slugs = free_slugs(pages, staying)
    return MergePlan(
        ending=ending,
        staying=staying,
        until=until,
        pages=pages,
        live=Counter(page.kind for page in pages if page.live),
        drafts=sum(not page.live for page in pages),
        units=Unit.objects.filter(secretariat=ending).count(),
        forms=FormTemplate.objects.filter(secretariat=ending).count(),
        inferiors=SecretariatPage.objects.filter(superior=ending).exclude(pk=staying.pk).count(),
        translations=_translations_of(pages).count(),
        new_slugs={page.title: slugs[page.pk] for page in pages if page.pk in slugs},
    )


def merge_bodies(
    ending: SecretariatPage, staying: SecretariatPage, *, until: date, user: Any, at: datetime
) -> MergePlan:
    """Merge the body that ends into the one that stays, in one transaction; what was done.

    Raises ``PermissionDenied``, ``ValidationError``, ``Incomplete`` and ``PublishingBusy``.
    """
    with publishing(), leave_given():
        # Nothing that is read is older than the log's lock.
        ending = SecretariatPage.objects.get(pk=ending.pk)
        staying = SecretariatPage.objects.get(pk=staying.pk)
        if not may_merge(user, ending, staying):
            raise PermissionDenied
        plan = plan_merge(ending, staying, until=until)
        moved = [*plan.pages, *_translations_of(plan.pages).specific()]
        addresses = public_addresses(moved)
        _move(plan.pages, staying, user=user, at=at)
        _move_translations(plan.pages, staying, user=user, at=at)
        _point_again(ending, staying, user=user)
        _end(ending, staying, until=until, user=user)
        mark_all((page.kind, page.record_id) for page in plan.pages)
        lead_on(addresses)
        data = {
            "ending": {"id": ending.pk, "title": ending.title},
            "staying": {"id": staying.pk, "title": staying.title},
        }
        for body in (ending, staying):
            log(body, "conecta.bodies.merge", user=user, data=data, content_changed=True)
        bodies_merged.send(SecretariatPage, ending=ending, staying=staying, user=user)
    return plan


def _named(body: SecretariatPage) -> dict[str, Any]:
    return {"id": body.pk, "title": body.title}


def _require_mergeable(ending: SecretariatPage, staying: SecretariatPage) -> None:
    if ending.pk == staying.pk:
        raise ValidationError(_("Escolha outro órgão: este é o mesmo."))
    if Locale.get_default().pk not in (ending.locale_id, staying.locale_id) or ending.locale_id != staying.locale_id:
        raise ValidationError(_("Junte os órgãos em português: as traduções vão atrás."))
    if ending.alias_of_id or staying.alias_of_id:
        raise ValidationError(_("Um dos dois é só um atalho para outra página."))
    if not staying.live:
        raise ValidationError(_("“%s” ainda não está publicado, e os serviços sairiam do ar.") % staying.title)
    if staying.valid_until:
        raise ValidationError(_("“%s” já acabou: escolha um órgão que existe.") % staying.title)
    closed = restricted_paths()
    if closed and ending.path.startswith(closed) != staying.path.startswith(closed):
        raise ValidationError(_("Um dos dois é fechado ao público e o outro não."))


def _below(body: SecretariatPage) -> list[PublishedPage]:
    return list(body.get_children().order_by("path").specific())


def _translations_of(pages: list[PublishedPage]) -> Any:
    keys = [page.translation_key for page in pages]
    return Page.objects.filter(translation_key__in=keys).exclude(pk__in=[page.pk for page in pages]).order_by("path")


def _move(pages: list[Any], target: Page, *, user: Any, at: datetime) -> None:
    leaves = [page for page in pages if not page.numchild]
    move_leaves(leaves, target, user=user, at=at)
    for page in pages:
        if page.numchild:
            # No page of ours has others below it; a host's own may.
            page.move(Page.objects.get(pk=target.pk), pos="last-child", user=user)


def _move_translations(pages: list[PublishedPage], staying: SecretariatPage, *, user: Any, at: datetime) -> None:
    """Below the translation of the body that stays; where it has none, below an alias of it."""
    by_locale: dict[int, list[Any]] = {}
    for translation in _translations_of(pages).specific():
        by_locale.setdefault(translation.locale_id, []).append(translation)
    for locale_id, translations in by_locale.items():
        locale = Locale.objects.get(pk=locale_id)
        target = staying.get_translation_or_none(locale)
        if target is None:
            target = staying.copy_for_translation(locale, copy_parents=True, alias=True)
        _move([page for page in translations if not page.is_child_of(target)], target, user=user, at=at)


def _point_again(ending: SecretariatPage, staying: SecretariatPage, *, user: Any) -> None:
    """Units, forms and bodies that named the one name the other, in each language its own; their drafts too."""
    for old in SecretariatPage.objects.filter(translation_key=ending.translation_key).select_related("locale"):
        new = staying.get_translation_or_none(old.locale) or staying
        for model, name in NAMING:
            naming = Q(**{name: old}) | Q(**{f"latest_revision__content__{name}": old.pk})
            for entry in model.objects.filter(naming).exclude(translation_key=staying.translation_key):
                replace_reference(entry, name, old=old, new=new)
                mark(entry.kind, entry.record_id)
                log(entry, "wagtail.edit", user=user, content_changed=True)


def _end(ending: SecretariatPage, staying: SecretariatPage, *, until: date, user: Any) -> None:
    def end(version: SecretariatPage) -> None:
        version.valid_until = until

    def take_over(version: SecretariatPage) -> None:
        name = Name(version.title, version.acronym, version.slug)
        version.other_names = other_names(version, name, ending)
        version.predecessors = [*version.predecessors.all(), ending]
        if version.superior_id == ending.pk:
            version.superior = ending.superior

    publish_change(ending, end, user=user)
    publish_change(staying, take_over, user=user)


def kinds_in_words(plan: MergePlan) -> Iterator[tuple[str, int]]:
    """How many public entries of each kind move."""
    labels = {"service": _("serviços"), "procedure": _("passo a passo"), "information": _("páginas de informação")}
    for kind, label in labels.items():
        if plan.live[kind]:
            yield label, plan.live[kind]
