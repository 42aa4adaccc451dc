"""What goes live as it is saved: kept in the log with what was there before, so that Comunicação can put it back."""

import json
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from modelcluster.models import get_serializable_data_for_fields, model_from_serializable_data
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import ModelLogEntry

from services.models import LiveAtOnce, Refused
from services.newsroom.acts import may_take_down
from services.newsroom.log_actions import LIVE_AT_ONCE, REVERTED
from services.publishing import publishing


def _somebody() -> Any:
    """Who is at it in the admin; code and imports are nobody."""
    user = get_active_log_context().user
    return user if user is not None and user.is_authenticated else None


def _is_to_be_told(instance: Any) -> bool:
    return isinstance(instance, LiveAtOnce) and not hasattr(instance, "_conecta_undoing") and _somebody() is not None


@receiver(pre_save)
def keep_what_was_there(sender: Any, *, instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    """Before it is overwritten."""
    if raw or not _is_to_be_told(instance):
        return
    before = sender._default_manager.filter(pk=instance.pk).first() if instance.pk else None
    instance._conecta_before = kept(before) if before is not None else None


@receiver(post_save)
def log_what_is_live(sender: Any, *, instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    """Written with what is in the form: its children are saved a moment later."""
    if raw or not isinstance(instance, LiveAtOnce) or not hasattr(instance, "_conecta_before"):
        return
    before = instance.__dict__.pop("_conecta_before")
    after = kept(instance)
    if before != after:
        _log(instance, "changed" if before else "created", before, after)


@receiver(pre_delete)
def log_what_was_live(sender: Any, *, instance: Any, **_kwargs: Any) -> None:
    """It can be brought back."""
    if _is_to_be_told(instance):
        _log(instance, "deleted", kept(instance), None)


def kept(instance: Any) -> dict[str, Any]:
    """A row with what it points to, as the log's JSON gives it back."""
    whole = hasattr(instance, "serializable_data")
    data = instance.serializable_data() if whole else get_serializable_data_for_fields(instance)
    return dict(json.loads(json.dumps(data, cls=DjangoJSONEncoder)))


def _log(instance: Any, act: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    data = {"act": act, "before": before, "after": after}
    log(instance=instance, action=LIVE_AT_ONCE, user=_somebody(), data=data)


def undone() -> set[int]:
    """Ids of the log's entries that were undone."""
    of = ModelLogEntry.objects.filter(action=REVERTED).values_list("data__of", flat=True)
    return {int(pk) for pk in of if pk is not None}


def revert(entry_pk: int, user: Any) -> None:
    """Put back what was there before an act. Raises ``Refused``, also if it has changed again since."""
    with publishing():
        if not may_take_down(user):
            raise Refused(_("Só a Comunicação desfaz o que foi publicado sem aprovação prévia."))
        entry = ModelLogEntry.objects.filter(pk=entry_pk, action=LIVE_AT_ONCE).select_related("content_type").first()
        if entry is None or entry.pk in undone():
            raise Refused(_("Isto já foi desfeito."))
        model: Any = apps.get_model(entry.content_type.app_label, entry.content_type.model)
        present = model._default_manager.filter(pk=entry.object_id).first()
        before, after = entry.data["before"], entry.data["after"]
        if (kept(present) if present is not None else None) != after:
            raise Refused(_("Isto mudou de novo depois. Desfaça primeiro a mudança mais nova."))
        _put_back(model, present, before)
        log(
            instance=present if before is None else model._default_manager.get(pk=entry.object_id),
            action=REVERTED,
            user=user,
            data={"of": entry.pk},
        )


def _put_back(model: Any, present: Any, before: dict[str, Any] | None) -> None:
    if before is None:
        pk = present.pk
        _quietly(present).delete()
        present.pk = pk
    else:
        found = model.from_serializable_data(before) if hasattr(model, "from_serializable_data") else None
        _quietly(found or model_from_serializable_data(model, before)).save()


def _quietly(instance: Any) -> Any:
    """Undoing is an entry of its own, and not again one of what went live."""
    instance._conecta_undoing = True
    return instance
