"""What readers say of a page: whether it helped, and what is wrong on it. Nobody is named, nothing tells who it was."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Comment, Revision

LONGEST_ERROR = 2_000


class _Said(models.Model):
    """What both have: said once, of a page as it then was."""

    #: Of a retry, a double tap or the back button: what comes twice is kept once.
    token = models.UUIDField(unique=True)
    #: A kind of record and an entry's id, or ``page`` and the address of a page that is no entry's.
    kind = models.CharField(max_length=16)
    entry_id = models.CharField(max_length=10, blank=True)
    path = models.CharField(max_length=255, blank=True)
    # The ETag of the record that they had read.
    version = models.CharField(max_length=32, blank=True)
    locale = models.CharField(max_length=12)
    received_at = models.DateTimeField()
    # One of a burst from one place, or filled in by a program: kept, and not counted.
    set_aside = models.BooleanField(default=False)

    class Meta:
        abstract = True


class PageHelp(_Said):
    """One reader's answer to “Esta página ajudou?”."""

    helped = models.BooleanField()

    class Meta:
        verbose_name = _("resposta a “Esta página ajudou?”")
        verbose_name_plural = _("respostas a “Esta página ajudou?”")
        indexes = [models.Index(fields=["kind", "entry_id"], name="conecta_help_of_page")]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id}{self.path}"


class PageError(_Said):
    """Something that a reader found wrong on a page, until the page was mended or the city said why not."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Aberto")
        DONE = "done", _("Resolvido")
        DISMISSED = "dismissed", _("Não procede")

    # The body whose page it is; blank for pages of the city.
    body_id = models.CharField(max_length=10, blank=True, db_index=True)
    # A key of ``feedback.page_help.sections``.
    section = models.CharField(max_length=16, blank=True)
    text = models.TextField(_("o que a pessoa disse"), max_length=LONGEST_ERROR, blank=True)
    #: Whether the text seems to hold a document's number, a telephone, an e-mail address or a plate.
    personal = models.BooleanField(default=False)
    state = models.CharField(_("situação"), max_length=12, choices=State.choices, default=State.OPEN)
    #: Who opened the draft for it last, and the note that stands beside the field.
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    #: The version of the page that came of it; its day stays when old versions are cleared away.
    revision = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    revised_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("motivo"), max_length=1_000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("erro apontado")
        verbose_name_plural = _("erros apontados")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "body_id"], name="conecta_errors_of_body")]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id}{self.path}"


class PageErrorMail(models.Model):
    """The mail of a day to a body's reviewers: claimed before it goes out, so that two workers send one."""

    body_id = models.CharField(max_length=10, blank=True)
    day = models.DateField()
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("aviso de erros apontados")
        constraints = [models.UniqueConstraint(fields=["body_id", "day"], name="conecta_one_error_mail_a_day")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.day:%d/%m/%Y}"
