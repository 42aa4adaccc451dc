"""Where editors teach the search, in Wagtail's admin."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from search.entry_chooser import choosable
from search.models import BestBet, JudgedQuery, ProtectedWord, SynonymGroup
from search.rule_forms import BestBetForm, JudgedQueryForm
from search.rule_views import JudgedCreateView, RuleCreateView, RuleDeleteView, RuleEditView


def _days(bet: BestBet) -> str:
    starts, ends = (date_format(day, "d/m/Y") if day else "" for day in (bet.starts, bet.ends))
    if starts and ends:
        return gettext("de %(starts)s a %(ends)s") % {"starts": starts, "ends": ends}
    if starts or ends:
        return gettext("desde %s") % starts if starts else gettext("até %s") % ends
    return gettext("sempre")


class BestBetIndexView(IndexView):
    """With the titles of what comes first."""

    def get_base_queryset(self) -> Any:
        """One query for all."""
        entry = choosable().filter(kind=OuterRef("entry_kind"), entry_id=OuterRef("entry_id"))
        return super().get_base_queryset().annotate(entry_title=Subquery(entry.values("title")[:1]))


class _TaughtViewSet(ModelViewSet):
    """What the four have in common."""

    inspect_view_enabled = False
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50


class _RuleViewSet(_TaughtViewSet):
    """What changes results is tried first."""

    add_view_class = RuleCreateView
    edit_view_class = RuleEditView
    delete_view_class = RuleDeleteView


class SynonymViewSet(_RuleViewSet):
    """Other words for the same thing."""

    model = SynonymGroup
    name = "conecta_synonyms"
    url_prefix = "conecta/sinonimos"
    icon = "resubmit"
    search_fields = ["said", "meant", "note"]
    list_display = ["__str__", BooleanColumn("active", label=_("Em uso"), sort_key="active"), "origin"]
    list_filter = ["language", "active", "origin", "two_way"]
    form_fields = ["said", "meant", "two_way", "active", "language", "note"]


class BestBetViewSet(_RuleViewSet):
    """What comes first for a query."""

    model = BestBet
    name = "conecta_best_bets"
    url_prefix = "conecta/melhores-respostas"
    icon = "pick"
    search_fields = ["query", "note"]
    index_view_class = BestBetIndexView
    list_display = [
        "query",
        Column("entry_title", label=_("O que vem primeiro")),
        Column("days", label=_("Quando vale"), accessor=_days, sort_key="starts"),
    ]
    list_filter = ["language"]

    def get_form_class(self, for_update: bool = False) -> type[BestBetForm]:
        """With a chooser."""
        return BestBetForm


class ProtectedWordViewSet(_RuleViewSet):
    """Words that are spelt right."""

    model = ProtectedWord
    name = "conecta_protected_words"
    url_prefix = "conecta/palavras-protegidas"
    icon = "lock"
    search_fields = ["word", "note"]
    list_display = ["word", "note"]
    list_filter = ["language"]
    form_fields = ["word", "language", "note"]


class JudgedQueryViewSet(_TaughtViewSet):
    """What the search is measured by."""

    model = JudgedQuery
    name = "conecta_judged_queries"
    url_prefix = "conecta/consultas-avaliadas"
    icon = "clipboard-list"
    search_fields = ["query", "kind"]
    list_display = ["query", "kind", "added_by"]
    list_filter = ["language", "kind"]
    add_view_class = JudgedCreateView

    def get_form_class(self, for_update: bool = False) -> type[JudgedQueryForm]:
        """With results to tick."""
        return JudgedQueryForm


class SearchGroup(ModelViewSetGroup):
    """All of it."""

    menu_label = _("Busca do portal")
    menu_icon = "search"
    menu_order = 170
    items = (SynonymViewSet, BestBetViewSet, ProtectedWordViewSet, JudgedQueryViewSet)
