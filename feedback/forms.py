"""The form by which a person rates a service: stars alone are enough."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback import by_programs
from feedback.elapsed import MOST as MOST_TIME
from feedback.elapsed import minutes_of
from feedback.models import LONGEST_COMMENT, Rating
from feedback.reasons import GOOD, MOST, STARS, TO_BETTER, offered
from feedback.written import Written
from services.record.values import DurationUnit

UNITS: dict[DurationUnit, Promise | str] = {
    "minutes": _("minutos"),
    "hours": _("horas"),
    "calendar_days": _("dias"),
    "working_days": _("dias úteis"),
    "months": _("meses"),
}


class RatingForm(forms.Form):
    """Stars, and what else a person wants to say."""

    stars = forms.TypedChoiceField(
        coerce=int,
        choices=[(stars, word) for stars, word in STARS.items()],
        widget=forms.RadioSelect,
        label=_("Que nota você dá?"),
        error_messages={"required": _("Escolha uma nota."), "invalid_choice": _("Escolha uma das cinco notas.")},
    )
    reasons = forms.MultipleChoiceField(
        choices=[*GOOD.items(), *TO_BETTER.items()], widget=forms.CheckboxSelectMultiple, required=False
    )
    managed = forms.ChoiceField(
        choices=Rating.Managed.choices,
        widget=forms.RadioSelect,
        required=False,
        label=_("Você conseguiu o que foi fazer?"),
    )
    channel = forms.ChoiceField(widget=forms.RadioSelect, required=False, label=_("Como você foi atendido?"))
    took = forms.IntegerField(
        min_value=0,
        max_value=MOST_TIME,
        required=False,
        label=_("Quanto tempo levou, do pedido até ficar pronto?"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Escreva só o número, sem letras. Exemplo: 5."),
            "min_value": _("O tempo não pode ser menor que zero."),
            "max_value": _("Escreva um número até %d. Para um tempo maior, escolha outra medida.") % MOST_TIME,
        },
    )
    took_unit = forms.ChoiceField(
        choices=UNITS.items(), required=False, initial="calendar_days", label=_("Medida do tempo")
    )
    comment = Written(
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_COMMENT,
        strip=True,
        label=_("Quer contar mais?"),
        help_text=_("Não escreva CPF, telefone nem o nome de outras pessoas."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
    begun = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
    # Which counter, and whether its code brought them.
    unit = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    way = forms.ChoiceField(choices=[("portal", ""), ("qr", "")], widget=forms.HiddenInput, required=False)
    # What a person does not see is filled in by programs alone.
    site = forms.CharField(required=False, label=_("Deixe este campo em branco"))

    def __init__(self, *args: Any, channels: Mapping[str, Promise | str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ChoiceField)  # noqa: S101 - for the checker
        channel.choices = list(channels.items())
        if self.is_bound:
            for name in {"stars", "reasons", "took", "comment"} & set(self.errors):
                described = {"aria-invalid": "true", "aria-describedby": f"id_{name}_said"}
                self.fields[name].widget.attrs.update(described)

    def clean(self) -> dict[str, Any]:
        """Of the reasons those that go with the stars, three at most; the time in minutes.

        Who changed the stars after they chose reasons sees the others no more, and does not mean them.
        """
        said = self.cleaned_data
        fitting = offered(said["stars"]) if "stars" in said else {}
        said["reasons"] = [reason for reason in said.get("reasons", []) if reason in fitting]
        if len(said["reasons"]) > MOST:
            self.add_error("reasons", _("Escolha até %d.") % MOST)
        took, unit = said.get("took"), cast("DurationUnit", said.get("took_unit") or "calendar_days")
        said["took_minutes"] = None if took is None else minutes_of(took, unit=unit)
        return said

    def reason_groups(self) -> Iterator[tuple[str, Promise | str, list[tuple[str, Promise | str, bool]]]]:
        """What was good, and what to better: a name for the style, the question, its answers and which are chosen."""
        chosen = set(self["reasons"].value() or [])
        for name, question, reasons in (
            ("good", _("O que foi bom?"), GOOD),
            ("better", _("O que precisa melhorar?"), TO_BETTER),
        ):
            yield name, question, [(value, word, value in chosen) for value, word in reasons.items()]

    def is_by_a_program(self) -> bool:
        """Whether it was filled in as no person does."""
        return by_programs.is_by_a_program(self.cleaned_data["site"], self.cleaned_data["begun"])


def fresh(*, stars: int, version: str, unit: str = "", way: str = "portal", channel: str = "") -> dict[str, Any]:
    """What a form that nobody has filled in yet begins with."""
    return {
        "stars": stars or None,
        "token": uuid.uuid4(),
        "begun": by_programs.begun(),
        "version": version,
        "unit": unit,
        "way": way,
        "channel": channel,
        "took_unit": "calendar_days",
    }
