"""What people bring before the ombudsman, and each step that the city takes (Lei 13.460 arts. 9 to 16).

Who they are is apart, in ``Contact``: a manifestation is worked on without it.
"""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 20_000


class PrivateFiles(FileSystemStorage):
    """Django's own, which would make an address below the public files'."""

    def url(self, name: str | None) -> str:
        """None. Raises ``ValueError``."""
        raise ValueError("This file has no URL.")


def private_files() -> FileSystemStorage:
    """Files that have no address: they are read through a view that asks who reads."""
    folder = getattr(settings, "PRIVATE_ROOT", None) or Path(settings.DATA_DIR) / "private"
    return PrivateFiles(location=folder, file_permissions_mode=0o600, directory_permissions_mode=0o700)


class Manifestation(models.Model):
    """One manifestation, from its receipt until it is closed."""

    class Kind(models.TextChoices):
        """Art. 2 V, and Decreto 9.094 art. 13 for the last."""

        COMPLAINT = "complaint", _("Reclamação")
        DENUNCIATION = "denunciation", _("Denúncia")
        SUGGESTION = "suggestion", _("Sugestão")
        PRAISE = "praise", _("Elogio")
        REQUEST = "request", _("Solicitação")
        SIMPLIFY = "simplify", _("Simplifique")

    class Way(models.TextChoices):
        """How it came in."""

        PORTAL = "portal", _("portal")
        PHONE = "phone", _("telefone")
        COUNTER = "counter", _("atendimento presencial")
        LETTER = "letter", _("carta")
        WHATSAPP = "whatsapp", _("WhatsApp")
        EMAIL = "email", _("e-mail")

    class State(models.TextChoices):
        """Where it stands."""

        RECEIVED = "received", _("Recebida")
        IN_HAND = "in_hand", _("Em análise")
        ANSWERED = "answered", _("Respondida")
        CLOSED = "closed", _("Encerrada")

    class Resolved(models.TextChoices):
        """What the person says of the answer."""

        YES = "yes", _("Sim")
        PARTLY = "partly", _("Em parte")
        NO = "no", _("Não")

    #: ``2026.48213907``: its year and a number that tells nothing of how many there are.
    protocol = models.CharField(_("protocolo"), max_length=16, unique=True)
    # Of the secret that came with the protocol: feedback.manifestations.secret_letters.
    secret_digest = models.CharField(max_length=64)
    #: The same when the same one is sent again: kept once. Of the form's own, it is a digest.
    token = models.UUIDField(unique=True)
    kind = models.CharField(_("tipo"), max_length=12, choices=Kind.choices)
    text = models.TextField(_("o que a pessoa disse"), max_length=LONGEST_TEXT, blank=True)
    # Ids of records, blank where it is about none; the body is the one that is to answer.
    service_id = models.CharField(max_length=10, blank=True, db_index=True)
    unit_id = models.CharField(max_length=10, blank=True)
    body_id = models.CharField(max_length=10, blank=True, db_index=True)
    # The ETag of the page's record that they had read.
    version = models.CharField(max_length=32, blank=True)
    locale = models.CharField(max_length=12)
    way = models.CharField(_("forma de entrada"), max_length=8, choices=Way.choices, default=Way.PORTAL)
    # Who wrote it down, of those that were spoken or came on paper.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    received_at = models.DateTimeField(_("recebida em"))
    #: Sent as a program or a flood would, or without what a form asks for: in the queue like any other, and marked.
    doubtful = models.BooleanField(_("conferir"), default=False)
    state = models.CharField(_("situação"), max_length=8, choices=State.choices, default=State.RECEIVED)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(_("responder até"))
    #: Once, with a reason (art. 16).
    extended_at = models.DateTimeField(null=True, blank=True)
    extension_reason = models.TextField(blank=True)
    answer = models.TextField(_("resposta"), max_length=LONGEST_TEXT, blank=True)
    #: The first answer, and the last one if it was opened again.
    first_answered_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    resolved = models.CharField(max_length=8, choices=Resolved.choices, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    #: By the person themself (LGPD art. 18): what was said is gone, that it was said is counted.
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("manifestação")
        verbose_name_plural = _("manifestações")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="conecta_manifestation_queue")]
        permissions = [
            ("see_denunciations", _("Pode ver denúncias e os contatos de quem se identificou")),
            ("answer_manifestations", _("Pode responder a manifestações")),
            ("export_manifestations", _("Pode exportar manifestações")),
        ]

    def __str__(self) -> str:
        return self.protocol

    @property
    def restricted(self) -> bool:
        """Whether only Ouvidoria may see it."""
        return self.kind == self.Kind.DENUNCIATION


class Contact(models.Model):
    """Who brought it, if they said: encrypted, apart, and gone after its time (LGPD art. 16)."""

    manifestation = models.OneToOneField(Manifestation, on_delete=models.CASCADE, related_name="contact")
    #: A Fernet token of JSON: ``{"name", "email", "phone", "address"}``, each of them or none.
    sealed = models.TextField()

    class Meta:
        verbose_name = _("contato de quem se manifestou")

    def __str__(self) -> str:
        return str(self.manifestation)


class Attachment(models.Model):
    """A file that came with it, checked by its content and without what tells of its maker."""

    manifestation = models.ForeignKey(Manifestation, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(storage=private_files, upload_to="manifestations/%Y/%m")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("anexo")

    def __str__(self) -> str:
        return self.name


class BodyRequest(models.Model):
    """What the ombudsman asked of a body (art. 16, sole paragraph): 20 days, once more 20 with a reason."""

    manifestation = models.ForeignKey(Manifestation, on_delete=models.CASCADE, related_name="requests")
    body_id = models.CharField(max_length=10, db_index=True)
    text = models.TextField(max_length=LONGEST_TEXT)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField()
    extended_at = models.DateTimeField(null=True, blank=True)
    extension_reason = models.TextField(blank=True)
    answer = models.TextField(max_length=LONGEST_TEXT, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("pedido ao órgão")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.manifestation} → {self.body_id}"


class Movement(models.Model):
    """A step, as it happened: only added to."""

    class Act(models.TextChoices):
        """What was done."""

        RECEIVED = "received", _("Recebida")
        CLASSIFIED = "classified", _("Reclassificada")
        ASSIGNED = "assigned", _("Entregue a uma pessoa")
        ASKED = "asked", _("Enviada ao órgão")
        BODY_ANSWERED = "body_answered", _("Respondida pelo órgão")
        EXTENDED = "extended", _("Prazo prorrogado")
        BODY_EXTENDED = "body_extended", _("Prazo do órgão prorrogado")
        NOTED = "noted", _("Anotação interna")
        ANSWERED = "answered", _("Respondida")
        SAID_RESOLVED = "said_resolved", _("Avaliada por quem se manifestou")
        REOPENED = "reopened", _("Reaberta")
        CLOSED = "closed", _("Encerrada")
        CHANGED = "changed", _("Virou mudança")
        CONTACT_SEEN = "contact_seen", _("Contato consultado")
        EXPORTED = "exported", _("Exportada")
        ERASED = "erased", _("Apagada a pedido")

    manifestation = models.ForeignKey(Manifestation, on_delete=models.CASCADE, related_name="movements")
    act = models.CharField(max_length=16, choices=Act.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    #: Whether who brought it reads of it on their page.
    public = models.BooleanField(default=False)
    #: When a worker began to write of it to who left an address, and when the mail went out.
    mail_begun_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("andamento")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.manifestation} {self.act}"
