"""What every entry of the charter has in common, as a page or as a snippet.

Models do not know publishing: a full ``save()`` is atomic, takes the log's counter before
any other row, and sends ``entry_changed`` once its children are saved.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.dispatch import Signal
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    DraftStateMixin,
    LockableMixin,
    Page,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from services.models.front_end import FrontEnd
from services.models.published import LogHead
from services.record import Kind
from services.record.identity import id_of

#: Sent with ``kind`` and ``entry_id`` when what is public of an entry may have changed; with ``instance`` if the entry
#: itself was saved.
entry_changed = Signal()
#: Sent with ``entry`` when a revision of it was written.
entry_drafted = Signal()
#: Sent with ``request``, ``instance`` and ``mode`` by previews; the receiver answers with a response.
preview_asked = Signal()
#: The mode of a preview in which the record itself is shown.
RECORD_PREVIEW = "api"

#: Columns that say nothing to the public: saving them alone changes no record.
BOOKKEEPING = frozenset(
    {
        "alias_of_id",
        "draft_title",
        "first_published_at",
        "has_unpublished_changes",
        "import_etag",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        # Written with each revision: comments are between editors.
        COMMENTS_RELATION_NAME,
    }
)


def is_bookkeeping(update_fields: Iterable[str] | None) -> bool:
    """Whether a save writes only columns that say nothing to the public."""
    return update_fields is not None and BOOKKEEPING.issuperset(update_fields)


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
        for name in ("record_id", "source", "source_id", "import_etag", "published_incomplete"):
            if hasattr(self, name):
                setattr(found, name, getattr(self, name))
        return found


class OwnPreviews:
    """A draft is looked at as citizens will see it here, as programs will read it, and in each front end outside."""

    kind: ClassVar[Kind]

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The page first: it is what editors open."""
        return [("", _("Página no portal")), (RECORD_PREVIEW, _("Registro da API")), *self._elsewhere]

    @cached_property
    def _elsewhere(self) -> list[tuple[str, str]]:
        found = [front_end for front_end in FrontEnd.objects.all() if front_end.shows(self.kind)]
        return [(front_end.mode, gettext("No site %s") % front_end.name) for front_end in found]


class TakenOver(models.Model):
    """What an import may publish as it was, short of what the law asks; it says so until it is published complete."""

    published_incomplete = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True


class PublishedPage(OwnPreviews, Sourced, Page):  # type: ignore[django-manager-missing]
    """A page whose public form is a record."""

    # A copy is another entry: it must not claim to be the imported one.
    exclude_fields_in_copy = ["source", "source_id", "import_etag"]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, and say that the public record may have changed, in one transaction."""
        self.record_id = id_of(self.translation_key)
        if is_bookkeeping(kwargs.get("update_fields")):
            return super().save(*args, **kwargs)
        with LogHead.held():
            self._take_its_place()
            result = super().save(*args, **kwargs)
            entry_changed.send(type(self), kind=self.kind, entry_id=self.record_id, instance=self)
        return result

    def _take_its_place(self) -> None:
        """Where the page stands in the tree is read again under the lock.

        Since it was loaded, it or what is above it may have been moved or renamed, and
        saving the old place would break the tree.
        """
        place = Page.objects.filter(pk=self.pk).values("path", "depth", "numchild", "url_path", "slug").first()
        if place is None:
            return
        self.path, self.depth, self.numchild = place["path"], place["depth"], place["numchild"]
        self.__dict__.pop("_cached_parent_obj", None)
        if self.slug == place["slug"]:
            self.url_path = place["url_path"]

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Write a revision, and tell."""
        revision = super().save_revision(*args, **kwargs)
        entry_drafted.send(type(self), entry=self)
        return revision

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Behind a view restriction, for a visitor who was let in; an alias leads to its source.

        All other pages are served by their record.
        """
        if self.alias_of_id:
            return redirect("conecta_services:short_link", entry_id=id_of(self.alias_of.translation_key))
        if not self.get_view_restrictions():
            raise Http404
        return self.serve_preview(request, "")

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """The record built from this draft, in the template that citizens see."""
        return preview_response(self, request, mode_name) or super().serve_preview(request, mode_name)


class PublishedEntry(
    OwnPreviews,
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
        if is_bookkeeping(kwargs.get("update_fields")):
            super().save(*args, **kwargs)
            return
        with LogHead.held():
            super().save(*args, **kwargs)
            entry_changed.send(type(self), kind=self.kind, entry_id=self.record_id, instance=self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Write a revision, and tell."""
        revision = super().save_revision(*args, **kwargs)
        entry_drafted.send(type(self), entry=self)
        return revision

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save and tell, in one transaction."""
        with LogHead.held():
            before = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            self.tell()
            if before is not None:
                # It may have been another entry's.
                before.tell()

    def owner(self) -> Sourced | None:
        """The entry whose record carries this."""
        raise NotImplementedError

    def save_quietly(self) -> None:
        """Save without telling, where the caller writes the owner's record anyway."""
        super().save()

    def tell(self) -> None:
        """Say that the owner's record may have changed; of deletions, which come by many routes, a receiver does."""
        try:
            owner = self.owner()
        except ObjectDoesNotExist:
            return
        if owner:
            entry_changed.send(type(self), kind=owner.kind, entry_id=owner.record_id)
