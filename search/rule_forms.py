"""The forms in which editors teach the search: of what needs more than the model's own fields."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from search.entry_chooser import choosable, entry_chooser, titles_of
from search.models import BestBet, JudgedQuery
from search.searching import search
from search.text import language_code
from services.languages import source_locale
from services.models.fields import joined
from services.models.published import PublishedRecord
from services.record.identity import is_id

#: Results that are offered as right answers.
_OFFERED = 20


class BestBetForm(forms.ModelForm):  # type: ignore[type-arg]
    """The entry is chosen by its title; the rule keeps its kind and id."""

    entry = forms.ModelChoiceField(
        label=_("O que vem primeiro"),
        queryset=PublishedRecord.objects.none(),
        widget=entry_chooser.widget_class,
        help_text=_("Procure pelo nome. Exemplo: Emitir a segunda via do IPTU"),
    )
    field_order = ["query", "entry", "position", "starts", "ends", "language", "note"]

    class Meta:
        model = BestBet
        fields = ["query", "position", "starts", "ends", "language", "note"]
        widgets = {"starts": AdminDateInput, "ends": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry = self.fields["entry"]
        entry.queryset = choosable()  # type: ignore[attr-defined]
        chosen = choosable().filter(kind=self.instance.entry_kind, entry_id=self.instance.entry_id).first()
        entry.initial = chosen.pk if chosen else None

    def _post_clean(self) -> None:
        # Without an entry the model would complain of a field that is not here.
        if "entry" not in self.errors:
            super()._post_clean()  # type: ignore[misc]

    def clean(self) -> dict[str, Any] | None:
        """The rule is about what was chosen."""
        cleaned = super().clean()
        entry = (cleaned or {}).get("entry")
        if entry is not None:
            self.instance.entry_kind, self.instance.entry_id = entry.kind, entry.entry_id
        return cleaned


class JudgedQueryForm(forms.ModelForm):  # type: ignore[type-arg]
    """What answers the query is ticked among its results, and what was ticked before."""

    relevant = forms.MultipleChoiceField(
        label=_("Respostas certas"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Marque tudo o que responde a esta consulta, e só isso."),
        error_messages={"required": _("Marque ao menos uma resposta certa.")},
    )

    class Meta:
        model = JudgedQuery
        fields = ["query", "relevant", "kind", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        right = self.instance.relevant.split()
        self.initial["relevant"] = right
        query = self.data.get("query") or self.instance.query or self.initial.get("query") or ""
        ticked = [each for each in self.data.getlist("relevant") if is_id(each)] if self.is_bound else []  # type: ignore[attr-defined]
        language = self.instance.language
        locale = source_locale()
        found = search(query, locale=locale, size=_OFFERED).hits if query and language == language_code(locale) else ()
        offered = list(dict.fromkeys([*right, *ticked, *(hit.id for hit in found)]))
        titles = titles_of(offered)
        self.fields["relevant"].choices = [  # type: ignore[attr-defined]
            (each, titles.get(each) or _("%s (não está publicado)") % each) for each in offered
        ]

    def clean_relevant(self) -> str:
        """As the model keeps it."""
        return joined(self.cleaned_data["relevant"])
