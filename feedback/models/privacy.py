"""Who answers for personal data in the city, in public (LGPD art. 41 §1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="lock")
class DataOfficer(BaseGenericSetting):
    """The encarregado: one for the installation, and empty until the city names one."""

    name = models.CharField(
        _("nome"), max_length=160, blank=True, help_text=_("A lei pede que seja público. Exemplo: Maria de Souza")
    )
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Exemplo: encarregado@prefeitura.ba.gov.br"))
    phone = models.CharField(_("telefone"), max_length=40, blank=True, help_text=_("Exemplo: (77) 3000-0000"))
    address = models.CharField(
        _("endereço e horário"),
        max_length=255,
        blank=True,
        help_text=_("Exemplo: Praça Joaquim Correia, 55, de segunda a sexta, das 8h às 17h"),
    )

    class Meta:
        verbose_name = _("encarregado de dados pessoais")

    def __str__(self) -> str:
        return self.name or str(_("Encarregado de dados pessoais"))
