"""What a yearly report is made of: kept figures, what the law wants in words, and free text between."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from feedback.yearly.law import FIGURES, TEXTS
from services.block_fields import line, rich


class FiguresBlock(blocks.ChoiceBlock):
    """Where kept figures stand."""

    choices = list(FIGURES.items())

    def __init__(self, **kwargs: Any) -> None:
        # Alone in its block it has no label of its own.
        super().__init__(**({"widget": forms.Select(attrs={"aria-label": _("Quadro de números")})} | kwargs))

    class Meta:
        label = _("Quadro de números")
        icon = "list-ol"
        help_text = _("Os números são os do dia em que o relatório foi criado e não mudam.")


class RequiredTextBlock(blocks.StructBlock):
    """What the law wants somebody to write."""

    item = blocks.ChoiceBlock(choices=list(TEXTS.items()), label=_("O que a lei pede"))
    text = rich(_("Texto"), _("Frases curtas. Exemplo: Abrimos a Praça de Atendimento também aos sábados."))

    class Meta:
        label = _("Texto que a lei pede")
        icon = "form"


class FreeTextBlock(blocks.StructBlock):
    """What somebody wants to add."""

    title = line(_("Título"), _("Exemplo: Como o ano começou"))
    text = rich(_("Texto"))

    class Meta:
        label = _("Texto livre")
        icon = "pilcrow"


REPORT_BLOCKS = [
    ("figures", FiguresBlock()),
    ("required", RequiredTextBlock()),
    ("text", FreeTextBlock()),
]
