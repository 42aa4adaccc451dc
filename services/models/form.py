"""A form to fill in, in all its versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from services import blocks
from services.models.entry import PublishedEntry, TakenOver
from services.models.fields import LinesField, StreamField


class FormTemplate(TakenOver, PublishedEntry):
    """A form template: each version is in force from its day on."""

    kind = "form"

    secretariat = models.ForeignKey(
        "conecta_services.SecretariatPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("órgão"),
        help_text=_("Quem pede o formulário. Exemplo: Secretaria Municipal de Finanças"),
    )
    code = models.CharField(_("código"), max_length=64, blank=True, help_text=_("Exemplo: FIN-012"))
    popular_names = LinesField(_("nomes populares"), blank=True, help_text=_("Um por linha. Exemplo: papel da isenção"))
    summary = models.TextField(
        _("para que serve"),
        blank=True,
        help_text=_("Em uma frase. Exemplo: Para pedir a dispensa do IPTU da casa onde você mora."),
    )
    instructions = models.TextField(
        _("como preencher"),
        blank=True,
        help_text=_("O que costuma causar dúvida. Exemplo: a inscrição imobiliária está no alto do carnê."),
    )
    versions = StreamField(
        [("version", blocks.FormVersionBlock())],
        blank=True,
        verbose_name=_("versões"),
        help_text=_(
            "A mais nova primeiro; as antigas ficam guardadas. Exemplo: Isenção de 2027, vale desde 1º de outubro."
        ),
    )
    topics = ParentalManyToManyField(
        "conecta_services.Topic",
        blank=True,
        verbose_name=_("temas"),
        help_text=_("Exemplo: Impostos e taxas"),
    )

    class Meta(PublishedEntry.Meta):
        verbose_name = _("formulário")
        verbose_name_plural = _("formulários")
        ordering = ["title"]
