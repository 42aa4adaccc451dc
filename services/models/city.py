"""The city: its calendar, its default commitments, where to complain."""

import uuid
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseGenericSetting

from services import blocks
from services.models.entry import LiveAtOnce, Sourced
from services.models.fields import StreamField
from services.models.standards import StandardTexts
from services.record.identity import id_of


class City(StandardTexts, LiveAtOnce, Sourced, ClusterableModel, BaseGenericSetting):
    """One installation is one city: this model has one row."""

    kind = "city"

    translation_key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    title = models.CharField(
        _("nome da cidade"),
        max_length=255,
        blank=True,
        help_text=_("Exemplo: Vitória da Conquista"),
    )
    state = models.CharField(_("estado"), max_length=2, blank=True, help_text=_("Exemplo: BA"))
    ibge_code = models.CharField(_("código do IBGE"), max_length=7, blank=True, help_text=_("Exemplo: 2933307"))
    timezone = models.CharField(
        _("fuso horário"),
        max_length=64,
        default="America/Bahia",
        help_text=_("O nome internacional do fuso. Exemplo: America/Bahia"),
    )
    contacts = StreamField(
        [("contact", blocks.ContactBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("contatos"),
        help_text=_("A Ouvidoria primeiro. Exemplo: Telefone 162"),
    )
    calendar = StreamField(
        [("holiday", blocks.HolidayBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("feriados e pontos facultativos"),
        help_text=_(
            "Os dias em que a Prefeitura não abre; contam para prazos em dias úteis. "
            "Exemplo: 9 de novembro, aniversário da cidade."
        ),
    )

    election_starts = models.DateField(
        _("período eleitoral, de"),
        null=True,
        blank=True,
        help_text=_("Três meses antes da eleição (Lei 9.504, art. 73). Exemplo: 04/07/2026"),
    )
    election_ends = models.DateField(
        _("até, inclusive"),
        null=True,
        blank=True,
        help_text=_("O dia da eleição; se houver segundo turno, o dia dele. Exemplo: 25/10/2026"),
    )
    election_message = models.TextField(
        _("aviso do período eleitoral"),
        blank=True,
        help_text=_("Aparece em toda página; vazio, vale um texto padrão. Exemplo: notícias voltam depois da eleição."),
    )
    review_days = models.PositiveSmallIntegerField(
        _("dias entre revisões"),
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("De quanto em quanto tempo alguém confere cada serviço. Exemplo: 180, que é meio ano."),
    )

    class Meta:
        verbose_name = _("cidade e padrões de atendimento")

    def __str__(self) -> str:
        return self.title or str(_("Cidade"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save and tell."""
        self.record_id = id_of(self.translation_key)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """A time zone that there is, and an election period with both its days, in their order."""
        super().clean()
        if self.timezone not in available_timezones():
            raise ValidationError({"timezone": _("Este fuso horário não existe. Exemplo: America/Bahia")})
        if bool(self.election_starts) != bool(self.election_ends):
            missing = "election_ends" if self.election_starts else "election_starts"
            raise ValidationError({missing: _("Diga os dois dias: quando começa e quando termina.")})
        if self.election_starts and self.election_ends and self.election_ends < self.election_starts:
            raise ValidationError({"election_ends": _("O fim vem antes do começo.")})

    def owner(self) -> Sourced | None:
        """Itself: the city has a record of its own."""
        return self
