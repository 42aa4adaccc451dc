"""What is asked before a body is renamed or merged."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import validate_unicode_slug
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale

from services.bodies.renaming import Name
from services.models import SecretariatPage


class RenameForm(forms.Form):
    """The new name."""

    title = forms.CharField(
        label=_("Novo nome"), max_length=255, help_text=_("Exemplo: Secretaria Municipal da Fazenda")
    )
    acronym = forms.CharField(label=_("Sigla"), max_length=64, required=False, help_text=_("Exemplo: SEFAZ"))
    slug = forms.CharField(
        label=_("Endereço da página"),
        max_length=255,
        validators=[validate_unicode_slug],
        help_text=_(
            "A parte final do endereço. Deixe como está para não mudar nenhum endereço; se mudar, quem usar os "
            "endereços antigos continua chegando. Exemplo: secretaria-da-fazenda"
        ),
    )

    @property
    def name(self) -> Name:
        """What was asked for."""
        return Name(**{key: self.cleaned_data[key].strip() for key in ("title", "acronym", "slug")})


class MergeForm(forms.Form):
    """Into which body, and since when."""

    staying: Any = forms.ModelChoiceField(
        SecretariatPage.objects.none(),
        label=_("Órgão que fica"),
        help_text=_("Recebe tudo o que hoje é deste órgão. Exemplo: Secretaria de Desenvolvimento Social"),
    )
    until = forms.DateField(
        label=_("Último dia deste órgão"),
        widget=AdminDateInput,
        help_text=_("A página dele fica na carta e diz até quando existiu. Exemplo: 31/12/2026"),
    )

    def __init__(self, *args: Any, ending: SecretariatPage, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = SecretariatPage.objects.filter(
            locale=Locale.get_default(), live=True, alias_of=None, valid_until=None
        ).exclude(pk=ending.pk)
        self.fields["staying"].queryset = bodies.order_by("title")  # type: ignore[attr-defined]
        self.fields["until"].initial = today
