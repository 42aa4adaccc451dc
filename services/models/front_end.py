"""Front ends outside this site, and the short-lived links by which they show a draft."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

#: What an address may say in braces.
PLACES = ("token", "kind", "id", "slug", "locale")
#: Machines that are the reader's own, where no certificate can be had.
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_MODE = "front-end-"
_PLACE = re.compile(r"\{([^{}]*)\}")


def check_address(address: str) -> None:
    """Raises ``ValidationError`` for an address at which no draft may be shown."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError as error:
        raise ValidationError(_("Isto não é um endereço da internet.")) from error
    if parts.scheme not in {"http", "https"} or not host or re.search(r"[\s{}@]", parts.netloc):
        raise ValidationError(_("Comece com https:// e o nome do site."))
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise ValidationError(_("Use https://: um rascunho não viaja aberto pela internet."))
    names = _PLACE.findall(address)
    unknown = sorted(set(names) - set(PLACES))
    if unknown or re.search(r"[{}]", _PLACE.sub("", address)):
        known = ", ".join(f"{{{name}}}" for name in PLACES)
        raise ValidationError(_("Entre chaves só podem estar: %s.") % known)
    if "token" not in names:
        raise ValidationError(_("Falta {token}: é por ele que o site recebe o rascunho."))


class FrontEnd(models.Model):
    """A channel that shows the charter with its own program, and drafts of it to the editors who write them."""

    name = models.CharField(
        _("nome"), max_length=60, unique=True, help_text=_("Como os editores o conhecem. Exemplo: Aplicativo da cidade")
    )
    address = models.CharField(
        _("endereço"),
        max_length=500,
        validators=[check_address],
        help_text=_(
            "Onde o site mostra rascunhos. {token} é o link de uma hora; também valem {kind}, {id}, {slug} e {locale}. "
            "Exemplo: https://app.prefeitura.example/previa#{token}"
        ),
    )
    kinds = models.JSONField(
        _("mostra"), default=list, blank=True, help_text=_("Nada marcado: tudo o que tem prévia. Exemplo: Serviços")
    )

    class Meta:
        verbose_name = _("site externo")
        verbose_name_plural = _("sites externos")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def mode(self) -> str:
        """Of a preview: it shows the draft there."""
        return f"{_MODE}{self.pk}"

    @classmethod
    def of_mode(cls, mode: str) -> "FrontEnd | None":
        """The one that a preview's mode names."""
        number = mode.removeprefix(_MODE)
        found = number != mode and number.isdecimal()
        return cls.objects.filter(pk=number).first() if found else None

    def shows(self, kind: str) -> bool:
        """Whether it shows entries of a kind."""
        return not self.kinds or kind in self.kinds

    def address_of(self, **values: str) -> str:
        """The address with each of ``PLACES`` filled in."""
        return _PLACE.sub(lambda place: quote(values[place[1]], safe=""), self.address)


class PreviewLink(models.Model):
    """A draft as its editor saw it when the link was made: for an hour, and no longer than that editor's session."""

    #: What the link's token signs.
    name = models.CharField(max_length=32, unique=True)
    front_end = models.ForeignKey(FrontEnd, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    #: Empty for an entry that was not saved yet.
    object_id = models.CharField(max_length=40, blank=True)
    entry: Any = GenericForeignKey("content_type", "object_id")
    #: The record that was built from the draft.
    body = models.TextField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
