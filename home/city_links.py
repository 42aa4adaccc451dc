"""Addresses and numbers that a city gives on every page: transparency, laws, whom to call at once."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class LinkKind(models.TextChoices):
    """What a link leads to; the sources are the laws that ask a city for it."""

    #: LC 131/2009; Lei 12.527/2011 art. 8.
    TRANSPARENCY = "transparency", _("Portal da Transparência")
    #: Lei 12.527/2011 art. 9 and 10.
    ESIC = "esic", _("Pedido de informação (e-SIC)")
    GAZETTE = "gazette", _("Diário Oficial")
    #: Lei 14.133/2021 art. 174 and 175.
    TENDERS = "tenders", _("Licitações e contratos")
    LAW = "law", _("Leis da cidade")
    #: Lei 13.709/2018 art. 23.
    PRIVACY = "privacy", _("Privacidade e dados pessoais")
    SOCIAL = "social", _("Rede social")
    OTHER = "other", _("Outro endereço")


#: What people find there, for those kinds of which it is known.
ABOUT = {
    LinkKind.TRANSPARENCY: _("Quanto a Prefeitura gasta, com o quê, e quanto cada um recebe."),
    LinkKind.ESIC: _("O que não está publicado, a Prefeitura responde em até 20 dias."),
    LinkKind.GAZETTE: _("Leis, decretos, nomeações e editais, no dia em que valem."),
    LinkKind.TENDERS: _("O que a Prefeitura compra, de quem e por quanto."),
    LinkKind.LAW: _("As leis que valem na cidade."),
    LinkKind.PRIVACY: _("Como a Prefeitura trata os seus dados."),
}


class CityLink(Orderable):
    """An address of the city's outside this site."""

    identity = ParentalKey("conecta_home.CityIdentity", on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(
        _("o que é"),
        max_length=20,
        choices=LinkKind.choices,
        default=LinkKind.OTHER,
        help_text=_("Diz em que lugar das páginas ele aparece. Exemplo: Portal da Transparência"),
    )
    label = models.CharField(
        _("nome"),
        max_length=80,
        blank=True,
        help_text=_("O que se lê no link; vazio, vale o que ele é. Exemplo: Instagram da Prefeitura"),
    )
    url = models.URLField(_("endereço"), help_text=_("Exemplo: https://transparencia.prefeitura.example"))

    panels: ClassVar[list[FieldPanel]] = [FieldPanel("kind"), FieldPanel("label"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("endereço da cidade")
        verbose_name_plural = _("endereços da cidade")

    def __str__(self) -> str:
        return self.label or self.get_kind_display()


class EmergencyPhone(Orderable):
    """A number to call at once."""

    identity = ParentalKey("conecta_home.CityIdentity", on_delete=models.CASCADE, related_name="emergency_phones")
    number = models.CharField(_("número"), max_length=20, help_text=_("Exemplo: 192"))
    name = models.CharField(_("quem atende"), max_length=60, help_text=_("Exemplo: SAMU"))

    panels: ClassVar[list[FieldPanel]] = [FieldPanel("number"), FieldPanel("name")]

    class Meta(Orderable.Meta):
        verbose_name = _("telefone de emergência")
        verbose_name_plural = _("telefones de emergência")

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
