"""Keys of programs that read the API more often than anybody may."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiKey(models.Model):
    """A key, of which only a hash is kept: it opens nothing that is not public, and lets one ask for it more often."""

    name = models.CharField(
        _("nome"), max_length=100, help_text=_("Quem vai usar e para quê. Exemplo: Aplicativo do transporte.")
    )
    contact = models.EmailField(
        _("e-mail de contato"), help_text=_("De quem cuida do programa, para avisar antes de uma mudança.")
    )
    per_minute = models.PositiveIntegerField(
        _("pedidos por minuto"), default=6_000, help_text=_("Quantos pedidos a chave permite em um minuto.")
    )
    active = models.BooleanField(_("ativa"), default=True, help_text=_("Desmarque para a chave deixar de valer já."))
    # SHA-256, in hexadecimal: a key is random and long, so there is nothing to guess and nothing to slow down.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    beginning = models.CharField(_("começo"), max_length=12, editable=False)
    created_at = models.DateTimeField(_("criada em"), auto_now_add=True)
    last_used_on = models.DateField(_("usada pela última vez em"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("chave da API")
        verbose_name_plural = _("chaves da API")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"
