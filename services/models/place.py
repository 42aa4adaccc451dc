"""Where something is: a postal address and a point."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostalAddress(models.Model):
    """An address in the municipality; none while all is empty."""

    street = models.CharField(_("rua"), max_length=255, blank=True, help_text=_("Exemplo: Praça Joaquim Correia"))
    number = models.CharField(_("número"), max_length=32, blank=True, help_text=_("Exemplo: 55"))
    complement = models.CharField(_("complemento"), max_length=255, blank=True, help_text=_("Exemplo: térreo"))
    neighbourhood = models.CharField(_("bairro"), max_length=255, blank=True, help_text=_("Exemplo: Centro"))
    postal_code = models.CharField(_("CEP"), max_length=16, blank=True, help_text=_("Exemplo: 45000-000"))

    class Meta:
        abstract = True


class Point(models.Model):
    """A point on the map, WGS 84; none while either is empty."""

    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True, help_text=_("Exemplo: -14.861000")
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True, help_text=_("Exemplo: -40.844000")
    )

    class Meta:
        abstract = True
