"""A dated notice to citizens: it holds as soon as it is saved."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField

from services.models.entry import LiveAtOnce, Sourced
from services.models.standards import FEATURES
from services.record.identity import id_of


class Alert(LiveAtOnce, Sourced, ClusterableModel):
    """A notice between two moments, everywhere or in some districts."""

    kind = "alert"

    translation_key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    title = models.CharField(_("título"), max_length=255, help_text=_("Exemplo: Falta de água no distrito de Inhobim"))
    level = models.CharField(
        _("nível"),
        max_length=16,
        default="info",
        choices=[
            ("info", _("Informação")),
            ("warning", _("Atenção")),
            ("emergency", _("Emergência")),
            ("promotion", _("Divulgação")),
        ],
        help_text=_("O quanto é grave. “Divulgação” para no período eleitoral. Exemplo: Atenção"),
    )
    message = RichTextField(
        _("mensagem"),
        blank=True,
        features=FEATURES,
        help_text=_("O que aconteceu e o que fazer. Exemplo: A água volta às 18h; guarde água para beber."),
    )
    starts = models.DateTimeField(
        _("de"),
        help_text=_("Exemplo: 26/11/2026 08:00"),
    )
    ends = models.DateTimeField(
        _("até"), null=True, blank=True, help_text=_("Deixe vazio se ainda não se sabe. Exemplo: 27/11/2026 18:00")
    )
    districts = ParentalManyToManyField(
        "conecta_services.District",
        blank=True,
        verbose_name=_("distritos"),
        help_text=_("Deixe vazio se vale para toda a cidade. Exemplo: Inhobim"),
    )
    services = ParentalManyToManyField(
        "conecta_services.ServicePage",
        blank=True,
        related_name="+",
        verbose_name=_("serviços"),
        help_text=_("Também aparece na página destes serviços. Exemplo: Pedir carro-pipa"),
    )

    class Meta:
        verbose_name = _("aviso")
        verbose_name_plural = _("avisos")
        ordering = ["-starts"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save and tell."""
        self.record_id = id_of(self.translation_key)
        super().save(*args, **kwargs)

    def owner(self) -> Sourced | None:
        """Itself: an alert has a record of its own."""
        return self
