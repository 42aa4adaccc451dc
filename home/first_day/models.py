"""What is kept of the first day: who was invited, which steps the city left out and why, for whom backups are made."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class Invitation(models.Model):
    """Somebody asked by e-mail to take part, and the groups that they will hold. An address has one that waits."""

    email = models.EmailField(_("e-mail"))
    groups = models.ManyToManyField(Group, related_name="+", verbose_name=_("papéis"))
    #: Whose right it rests on; ``None``: who runs the machine, by a command.
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("quem convidou"),
    )
    #: A part of the link: a new one makes those before it worthless.
    nonce = models.CharField(max_length=32)
    #: When the link that holds was made.
    sent_at = models.DateTimeField(_("enviado em"))
    #: Whether a mail with that link went out.
    mailed = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("convite")
        verbose_name_plural = _("convites")
        ordering: ClassVar[list[str]] = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="conecta_one_waiting_invitation",
            )
        ]

    def __str__(self) -> str:
        return self.email


class LeftOutStep(models.Model):
    """A step that this city does not need, and why: it can be taken up again."""

    step = models.CharField(max_length=32, unique=True)
    reason = models.CharField(_("motivo"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("passo dispensado")
        verbose_name_plural = _("passos dispensados")

    def __str__(self) -> str:
        return self.step


class BackupKey(models.Model):
    """A public key of age for which backups are encrypted, beside those of ``CONECTA_BACKUP_RECIPIENTS``."""

    key = models.CharField(_("chave pública"), max_length=80, unique=True)
    name = models.CharField(_("de quem é"), max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("chave das cópias de segurança")
        verbose_name_plural = _("chaves das cópias de segurança")
        ordering: ClassVar[list[str]] = ["at"]

    def __str__(self) -> str:
        return self.name
