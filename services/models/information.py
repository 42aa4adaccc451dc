"""Government information: about a body, question and answer, programme, guidance."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.search import index

from services import blocks
from services.models.entry import PublishedPage, TakenOver
from services.models.fields import LinesField, StreamField
from services.models.standards import FEATURES


class InformationPage(TakenOver, PublishedPage):
    """A page of information, below the home page or below its body."""

    kind = "information"

    type = models.CharField(
        _("tipo"),
        max_length=16,
        default="guidance",
        choices=[
            ("about", _("Sobre um órgão")),
            ("question", _("Pergunta e resposta")),
            ("programme", _("Programa")),
            ("guidance", _("Orientação")),
        ],
        help_text=_("Em “Pergunta e resposta”, o título é a pergunta. Exemplo: Perdi o prazo do IPTU. E agora?"),
    )
    popular_names = LinesField(
        _("nomes populares"), blank=True, help_text=_("O que as pessoas dizem, um por linha. Exemplo: IPTU atrasado")
    )
    keywords = LinesField(_("palavras-chave"), blank=True, help_text=_("Uma por linha. Exemplo: prazo"))
    summary = models.TextField(
        _("resumo"),
        blank=True,
        help_text=_("O essencial, em uma ou duas frases. Exemplo: Dá para pagar com um novo boleto."),
    )
    body = RichTextField(
        _("texto"),
        blank=True,
        features=FEATURES,
        help_text=_(
            "Frases curtas, o mais importante primeiro. Exemplo: Emita um novo boleto. Ele já sai com os juros."
        ),
    )
    services = StreamField(
        blocks.ServiceListBlock(),
        blank=True,
        collapsed=True,
        verbose_name=_("serviços"),
        help_text=_("Os serviços de que o texto fala. Exemplo: Emitir a segunda via do IPTU"),
    )
    topics = ParentalManyToManyField(
        "conecta_services.Topic",
        blank=True,
        verbose_name=_("temas"),
        help_text=_("Em que assuntos aparece. Exemplo: Impostos e taxas"),
    )
    audiences = ParentalManyToManyField(
        "conecta_services.Audience",
        blank=True,
        verbose_name=_("públicos"),
        help_text=_("A quem interessa. Exemplo: Pessoas idosas"),
    )
    life_events = ParentalManyToManyField(
        "conecta_services.LifeEvent",
        blank=True,
        verbose_name=_("momentos da vida"),
        help_text=_("Exemplo: Comprar ou vender um imóvel"),
    )

    page_description = _("Um texto sem pedido: orientação, programa ou pergunta frequente.")
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
        verbose_name = _("informação")
        verbose_name_plural = _("informações")
