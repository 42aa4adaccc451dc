"""A question to everybody about a service, what they answer, and what the city makes of it (Lei 13.460 art. 18)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from feedback.models.participation import ParticipationPage
from feedback.participation.consulting import State, state
from services.languages import current_locale
from services.models.standards import FEATURES
from services.querysets import public_of
from services.record.identity import id_of
from services.rich_text import plain

LONGEST_ANSWER = 2_000
_PER_PAGE = 20


class ConsultationPage(ParticipationPage):
    """The question with its days, the body's reply, and what changed."""

    class Ways(models.TextChoices):
        """How people may answer."""

        OPTIONS = "options", _("Sim, em parte ou não")
        TEXT = "text", _("Com as próprias palavras")
        BOTH = "both", _("Dos dois jeitos")

    question = models.CharField(
        _("pergunta"),
        max_length=300,
        blank=True,
        help_text=_("Uma pergunta só, curta. Exemplo: O posto deve abrir também aos sábados?"),
    )
    about = RichTextField(
        _("do que se trata"),
        blank=True,
        features=FEATURES,
        help_text=_("O que a pessoa precisa saber para responder. Exemplo: hoje o posto abre de segunda a sexta."),
    )
    service = models.ForeignKey(
        "conecta_services.ServicePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("serviço"),
        help_text=_("O serviço de que se fala; a consulta aparece na página dele. Exemplo: Marcar consulta"),
    )
    secretariat = models.ForeignKey(
        "conecta_services.SecretariatPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("órgão"),
        help_text=_("Se não é sobre um serviço só: a consulta aparece nas páginas dos serviços deste órgão."),
    )
    starts = models.DateField(_("abre em"), null=True, blank=True, help_text=_("Exemplo: 01/03/2026"))
    ends = models.DateField(_("fecha em"), null=True, blank=True, help_text=_("O último dia. Exemplo: 31/03/2026"))
    ways = models.CharField(_("como responder"), max_length=8, choices=Ways.choices, default=Ways.BOTH)
    reply = RichTextField(
        _("resposta da Prefeitura"),
        blank=True,
        features=FEATURES,
        help_text=_("O que a Prefeitura decidiu e por quê. Exemplo: o posto vai abrir aos sábados, das 8h às 12h."),
    )
    replied_on = models.DateField(_("respondida em"), null=True, blank=True, help_text=_("Exemplo: 20/04/2026"))
    change = RichTextField(
        _("o que mudou"),
        blank=True,
        features=FEATURES,
        help_text=_("O que já está diferente por causa das respostas. Exemplo: o horário na página do serviço."),
    )
    changed_page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("página que mudou"),
        help_text=_("Para onde levar quem quer ver a mudança. Exemplo: Marcar consulta"),
    )

    content_panels = [
        TitleFieldPanel("title", help_text=_("Exemplo: Consulta sobre o horário do posto de saúde")),
        FieldPanel("question"),
        FieldPanel("about"),
        FieldPanel("service"),
        FieldPanel("secretariat"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("ways"),
        MultiFieldPanel(
            [FieldPanel("reply"), FieldPanel("replied_on"), FieldPanel("change"), FieldPanel("changed_page")],
            heading=_("Depois da consulta"),
        ),
    ]
    subpage_types: list[str] = []
    page_description = _("Uma pergunta aos cidadãos sobre um serviço, com dia para abrir e para fechar.")
    template = "conecta_feedback/consultation.html"

    class Meta:
        verbose_name = _("consulta")
        verbose_name_plural = _("consultas")

    def clean(self) -> None:
        """It closes after it opens."""
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("A consulta fecha depois de abrir.")})

    def wanting(self) -> list[str]:
        """A question and its days."""
        found = []
        if not self.question.strip():
            found.append(gettext("Escreva a pergunta da consulta."))
        if self.starts is None or self.ends is None:
            found.append(gettext("Diga em que dia a consulta abre e em que dia fecha."))
        if plain(self.reply).strip() and self.replied_on is None:
            found.append(gettext("Diga em que dia a Prefeitura respondeu."))
        return found

    def state(self, on: date) -> State:
        """``opens``, ``open`` or ``closed``."""
        return state(self.starts, self.ends, on=on)

    @property
    def takes_options(self) -> bool:
        """Whether people choose."""
        return bool(self.ways != self.Ways.TEXT)

    @property
    def takes_text(self) -> bool:
        """Whether people write."""
        return bool(self.ways != self.Ways.OPTIONS)

    @property
    def answers(self) -> "models.QuerySet[ConsultationAnswer]":
        """Those that count."""
        return ConsultationAnswer.objects.filter(consultation_id=self.record_id, set_aside=False)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Its state today, and what people say."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        said = (
            self.answers.exclude(text="")
            .filter(state=ConsultationAnswer.State.PUBLISHED)
            .order_by("-received_at", "-pk")
        )
        every = ConsultationAnswer.objects.filter(consultation_id=self.record_id)
        options = dict(self.answers.exclude(option="").values_list("option").annotate(number=Count("pk")))
        return context | {
            "state": self.state(timezone.localdate()),
            "service": public_name(self.service),
            "secretariat": public_name(self.secretariat),
            "changed": public_name(self.changed_page),
            "count": self.answers.count(),
            "aside": every.filter(set_aside=True).count(),
            "options": {value: options.get(value, 0) for value in ConsultationAnswer.Option.values},
            "said": Paginator(said, _PER_PAGE).get_page(request.GET.get("pagina")),
        }


def public_name(page: Page | None) -> dict[str, str] | None:
    """What an entry is called in public, and where it is; ``None`` if it is not public."""
    if page is None:
        return None
    for kind in ("service", "procedure", "secretariat", "information"):
        rows = public_of(kind, current_locale()).filter(entry_id=id_of(page.translation_key))
        if (row := rows.values_list("title", "url").first()) is not None:
            return {"title": row[0], "url": row[1]}
    return {"title": page.title, "url": page.url} if page.live and page.url else None


class ConsultationAnswer(models.Model):
    """What one person answered, in nobody's name: seen by others only after somebody read it."""

    class Option(models.TextChoices):
        """What there is to choose."""

        YES = "yes", _("Sim")
        PARTLY = "partly", _("Em parte")
        NO = "no", _("Não")

    class State(models.TextChoices):
        """Whether others see what was written; the answer counts anyway."""

        WAITING = "waiting", _("A conferir")
        PUBLISHED = "published", _("Publicada")
        HIDDEN = "hidden", _("Não publicada")

    #: Of a retry, a double tap or the back button: what comes twice is counted once.
    token = models.UUIDField(unique=True)
    consultation_id = models.CharField(max_length=10, db_index=True)
    option = models.CharField(max_length=8, choices=Option.choices, blank=True)
    text = models.TextField(max_length=LONGEST_ANSWER, blank=True)
    locale = models.CharField(max_length=12)
    received_at = models.DateTimeField()
    # One of a burst from one place, or filled in by a program: kept, and not counted.
    set_aside = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("resposta a uma consulta")
        verbose_name_plural = _("respostas a consultas")
        indexes = [models.Index(fields=["consultation_id", "state", "received_at"], name="conecta_answers_by_state")]
        permissions = [("moderate_answers", _("Pode ler, publicar e exportar respostas a consultas"))]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.received_at:%Y-%m-%d}"
