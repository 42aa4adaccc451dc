"""Other systems that are told of each change: what they want, how far they were told, what they answered."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_uid() -> str:
    """What tells the messages of two subscriptions apart."""
    return secrets.token_hex(8)


class Webhook(models.Model):
    """A subscription: a follower of the change log that has an address instead of an index."""

    FAILING, GONE, KEY = "failing", "gone", "key"
    PAUSES: ClassVar = [
        (FAILING, _("não respondeu bem durante três dias")),
        (GONE, _("respondeu que não quer mais receber (410)")),
        (KEY, _("a chave desta instalação mudou")),
    ]

    name = models.CharField(_("nome"), max_length=80, help_text=_("Exemplo: Aplicativo Cidade na Mão"))
    url = models.CharField(
        _("endereço"),
        max_length=2048,
        help_text=_("Quem cuida do outro sistema informa. Exemplo: https://app.exemplo.com.br/conecta"),
    )
    #: Kinds of records, and record ids of bodies; empty is all.
    kinds = models.JSONField(_("o que enviar"), default=list, blank=True)
    bodies = models.JSONField(_("de quais órgãos"), default=list, blank=True)
    active = models.BooleanField(
        _("ligado"),
        default=True,
        help_text=_("Desligado, nada é enviado; ao ligar, segue de onde parou."),
    )
    uid = models.CharField(max_length=16, default=new_uid, unique=True, editable=False)

    #: The secret's seal (``services.webhooks.signing``), and the one before it while that still signs too.
    seal = models.CharField(max_length=64, editable=False)
    old_seal = models.CharField(max_length=64, blank=True, editable=False)
    old_until = models.DateTimeField(null=True, editable=False)
    #: When somebody was shown the secret; it is not shown again.
    shown_at = models.DateTimeField(null=True, editable=False)

    #: Behind what it was told last.
    cursor = models.CharField(max_length=64, default="0", editable=False)
    #: When it was seen that the log began another life, of which it has not been told yet.
    restarted_at = models.DateTimeField(null=True, editable=False)

    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    #: Not to be tried before.
    next_at = models.DateTimeField(null=True, editable=False)
    delivered_at = models.DateTimeField(null=True, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)
    pause = models.CharField(max_length=8, choices=PAUSES, blank=True, editable=False)
    #: When Administração was told of the pause.
    told_at = models.DateTimeField(null=True, editable=False)

    #: Which worker sends to it now, and until when no other does.
    taken_by = models.CharField(max_length=32, blank=True, editable=False)
    taken_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("sistema avisado")
        verbose_name_plural = _("sistemas avisados")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class WebhookRemoval(models.Model):
    """A subscriber of some bodies was told that a record is theirs no more: it is not told again."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="removals")
    kind = models.CharField(max_length=16)
    entry_id = models.CharField(max_length=10)
    locale = models.CharField(max_length=12)
    #: Of the change that it was told.
    sequence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "kind", "entry_id", "locale"], name="conecta_webhook_removal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.kind} {self.entry_id} {self.locale} #{self.sequence}"


class WebhookDelivery(models.Model):
    """An attempt: what was sent, and what came back."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    at = models.DateTimeField()
    message_id = models.CharField(max_length=64)
    #: ``record.published`` and the like.
    type = models.CharField(max_length=24)
    #: Of which record, and which change of it; empty where it is of none.
    kind = models.CharField(max_length=16, blank=True)
    entry_id = models.CharField(max_length=10, blank=True)
    locale = models.CharField(max_length=12, blank=True)
    sequence = models.BigIntegerField(null=True)
    #: The how manieth since one was taken, from 1.
    attempt = models.PositiveIntegerField(default=1)
    milliseconds = models.PositiveIntegerField()
    #: Empty if it was taken (``services.webhooks.words``).
    problem = models.CharField(max_length=16, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    #: The first bytes of the answer.
    answer = models.TextField(blank=True)

    class Meta:
        verbose_name = _("envio")
        verbose_name_plural = _("envios")
        indexes = [
            models.Index(fields=["webhook", "-id"], name="conecta_webhook_deliveries"),
            models.Index(fields=["at"], name="conecta_webhook_deliveries_at"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.attempt}"
