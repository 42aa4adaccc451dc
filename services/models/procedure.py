"""A journey of ordered steps across services (Lei 14.129)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.search import index

from services import blocks
from services.models.entry import PublishedPage, TakenOver
from services.models.fields import LinesField, StreamField
from services.models.standards import FEATURES


class ProcedurePage(TakenOver, PublishedPage):
    """Opening a business, having a child: below the home page, or below the body that keeps it."""

    kind = "procedure"

    popular_names = LinesField(_("nomes populares"), blank=True, help_text=_("Um por linha. Exemplo: abrir firma"))
    keywords = LinesField(_("palavras-chave"), blank=True, help_text=_("Uma por linha. Exemplo: negócio"))
    summary = models.TextField(
        _("resumo"),
        blank=True,
        help_text=_("Para que serve, em uma ou duas frases. Exemplo: tudo para abrir seu negócio."),
    )
    description = RichTextField(
        _("descrição"),
        blank=True,
        features=FEATURES,
        help_text=_("O que saber antes de começar. Exemplo: quanto tempo leva tudo e em que ordem."),
    )
    steps = StreamField(
        [("step", blocks.ProcedureStepBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("passos"),
        help_text=_(
            "Na ordem em que a pessoa os dá. Exemplo: Consultar o endereço; Registrar a empresa; Tirar o alvará."
        ),
    )
    audiences = ParentalManyToManyField(
        "conecta_services.Audience",
        blank=True,
        verbose_name=_("públicos"),
        help_text=_("A quem interessa. Exemplo: Empresas e MEI"),
    )
    topics = ParentalManyToManyField(
        "conecta_services.Topic",
        blank=True,
        verbose_name=_("temas"),
        help_text=_("Em que assuntos aparece. Exemplo: Empresas e negócios"),
    )
    life_events = ParentalManyToManyField(
        "conecta_services.LifeEvent",
        blank=True,
        verbose_name=_("momentos da vida"),
        help_text=_("Exemplo: Abrir um negócio"),
    )

    page_description = _("Um caminho que passa por vários serviços, em ordem. Exemplo: abrir um negócio.")
    subpage_types: list[str] = []
    search_fields = [
        *PublishedPage.search_fields,
        index.SearchField("popular_names"),
        index.AutocompleteField("popular_names"),
        index.SearchField("keywords"),
        index.AutocompleteField("keywords"),
        index.SearchField("summary"),
        index.FilterField("record_id"),
    ]

    class Meta:
        verbose_name = _("passo a passo")
        verbose_name_plural = _("passo a passo")
