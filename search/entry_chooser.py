"""Choose what is published: found as the public finds it, shown by its title and kind."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from search.document import KINDS
from search.kinds import KIND_LABELS
from search.searching import search
from services.languages import source_locale
from services.models.published import PublishedRecord

#: Found entries that can be paged through.
_MOST_FOUND = 50


def choosable() -> QuerySet[PublishedRecord]:
    """What can be found, in the source language."""
    return PublishedRecord.objects.public().filter(kind__in=KINDS, locale=source_locale()).order_by("title", "entry_id")


def kind_of(row: PublishedRecord) -> str:
    """What its kind is called."""
    return str(KIND_LABELS[row.kind])


def titles_of(ids: list[str]) -> dict[str, str]:
    """Id → title and kind of those that are public: one query."""
    return {row.entry_id: f"{row.title} ({kind_of(row)})" for row in choosable().filter(entry_id__in=ids)}


class _Filter(BaseFilterForm):
    q = forms.CharField(label=_("O que procura"), required=False)

    def filter(self, objects: Any) -> Any:
        """Those that the search finds, in its order."""
        self.search_query = self.cleaned_data.get("q") or ""
        self.is_searching = bool(self.search_query)
        if not self.is_searching:
            return objects
        hits = search(self.search_query, locale=source_locale(), size=_MOST_FOUND).hits
        named = Q(pk__in=())
        for hit in hits:
            named |= Q(kind=hit.kind, entry_id=hit.id)
        found = {(row.kind, row.entry_id): row for row in objects.filter(named)}
        return [found[hit.kind, hit.id] for hit in hits if (hit.kind, hit.id) in found]


class _Choosing:
    filter_form_class = _Filter

    def get_object_list(self) -> QuerySet[PublishedRecord]:
        """All that can be chosen."""
        return choosable()

    @property
    def columns(self) -> list[Column]:
        """Title and kind."""
        title: Column = self.title_column  # type: ignore[attr-defined]
        title.accessor = "title"
        return [title, Column("kind", label=_("Tipo"), accessor=kind_of)]


class _ChooseView(_Choosing, ChooseView):
    """The window."""


class _ChooseResultsView(_Choosing, ChooseResultsView):
    """What it shows when one types."""


class _ChosenView(ChosenView):
    def get_display_title(self, row: PublishedRecord) -> str:
        """As the field shows it."""
        return f"{row.title} ({kind_of(row)})"

    def get_object(self, pk: str) -> PublishedRecord:
        """One of those that can be chosen. Raises ``ObjectDoesNotExist`` for what is no number too."""
        return choosable().get(pk=int(pk) if pk.isascii() and pk.isdecimal() else 0)


class _Chooser(BaseChooser):
    show_edit_link = False

    def get_display_title(self, row: PublishedRecord) -> str:
        """Title and kind."""
        return f"{row.title} ({kind_of(row)})"


class EntryChooserViewSet(ChooserViewSet):
    """Of published entries."""

    model = PublishedRecord
    icon = "search"
    register_widget = False
    choose_one_text = _("Escolher o que vem primeiro")
    choose_another_text = _("Escolher outro")
    choose_view_class = _ChooseView
    choose_results_view_class = _ChooseResultsView
    chosen_view_class = _ChosenView
    base_widget_class = _Chooser


entry_chooser = EntryChooserViewSet("conecta_entry_chooser", url_prefix="conecta/escolher")
