"""What every entry of the charter has in common, as a page or as a snippet.

Models do not know publishing: a full ``save()`` is atomic, takes the log's counter before
any other row, and sends ``entry_changed`` once its children are saved.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from services.models.published import LogHead
from services.record import Kind
from services.record.identity import id_of

#: Sent with ``kind`` and ``entry_id`` when what is public of an entry may have changed.
entry_changed = Signal()
#: Sent with ``request``, ``instance`` and ``mode`` by previews; the receiver answers with a response.
preview_asked = Signal()


class Sourced(models.Model):
    """Where an entry came from, set once by an import, and the short id of its key."""

    kind: ClassVar[Kind]

    record_id = models.CharField(max_length=10, editable=False, db_index=True)
    source = models.CharField(max_length=255, blank=True, editable=False)
    source_id = models.CharField(max_length=255, blank=True, editable=False)
    # Of the foreign record as it was last taken over: what has not changed there is left as editors made it here.
    import_etag = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        abstract = True

    def with_content_json(self, content: Any) -> Any:
        """A revision as an object: who the entry is, and where it came from, are not the revision's to say."""
        found = super().with_content_json(content)  # type: ignore[misc]
        for name in ("record_id", "source", "source_id", "import_etag"):
            setattr(found, name, getattr(self, name))
        return found


class PublishedPage(Sourced, Page):  # type: ignore[django-manager-missing]
    """A page whose public form is a record."""

    # A copy is another entry: it must not claim to be the imported one.
    exclude_fields_in_copy = ["source", "source_id", "import_etag"]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, and say that the public record may have changed, in one transaction."""
        self.record_id = id_of(self.translation_key)
        if kwargs.get("update_fields") is not None:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            LogHead.lock()
            result = super().save(*args, **kwargs)
            entry_changed.send(type(self), kind=self.kind, entry_id=self.record_id)
        return result

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Only for a page behind a view restriction, whose visitor was let in: all others are served by their record."""
        if not self.get_view_restrictions():
            raise Http404
        return self.serve_preview(request, "")

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """The record built from this draft, in the template that citizens see."""
        return preview_response(self, request, mode_name) or super().serve_preview(request, mode_name)


class PublishedEntry(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    Sourced,
    ClusterableModel,
):
    """A snippet whose public form is a record."""

    title = models.CharField(_("nome"), max_length=255)
    slug = models.SlugField(
        _("endereço"),
        max_length=255,
        help_text=_("A parte final do endereço da página. Exemplo: praca-de-atendimento"),
    )

    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.FilterField("locale")]

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and say that the public record may have changed, in one transaction."""
        self.record_id = id_of(self.translation_key)
        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            LogHead.lock()
            super().save(*args, **kwargs)
            entry_changed.send(type(self), kind=self.kind, entry_id=self.record_id)

    def clean(self) -> None:
        """A slug is one of its locale's."""
        super().clean()
        locale = self.locale if self.locale_id else self.get_default_locale()
        others = type(self)._default_manager.filter(slug=self.slug, locale=locale).exclude(pk=self.pk)
        if self.slug and others.exists():
            raise ValidationError({"slug": _("Já existe outro com este endereço.")})

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """The record built from this draft, in the template that citizens see."""
        return preview_response(self, request, mode_name)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Only asked for where no preview of records is installed."""
        return "wagtailadmin/shared/preview_error.html"


def preview_response(instance: models.Model, request: Any, mode_name: str) -> Any:
    """The answer of whoever renders records, or ``None``."""
    answers = preview_asked.send(type(instance), instance=instance, request=request, mode=mode_name)
    return next((response for _receiver, response in answers if response is not None), None)


class LiveAtOnce(models.Model):
    """What goes live as it is saved, and is merged into an entry's record when that is projected.

    No drafts: as inline children of the entry they would publish its draft with them.
    """

    imported = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    def owner(self) -> Sourced | None:
        """The entry whose record carries this."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save and tell, in one transaction."""
        with transaction.atomic():
            LogHead.lock()
            super().save(*args, **kwargs)
            self.tell()

    def save_quietly(self) -> None:
        """Save without telling, where the caller writes the owner's record anyway."""
        super().save()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete and tell, in one transaction."""
        with transaction.atomic():
            LogHead.lock()
            result = super().delete(*args, **kwargs)
            self.tell()
        return result

    def tell(self) -> None:
        """Say that the owner's record may have changed."""
        if owner := self.owner():
            entry_changed.send(type(self), kind=owner.kind, entry_id=owner.record_id)
