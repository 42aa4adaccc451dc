"""The city's own face: its home page and its identity, both edited in the admin."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page

from home.city_links import CityLink as CityLink  # a model is the app's where this module names it
from home.city_links import EmergencyPhone as EmergencyPhone
from home.contrast import MINIMUM_CONTRAST, contrast_with_white, is_colour
from home.first_page import FIRST_PAGE
from home.front import Front, front
from home.observatory.models import KeptTable as KeptTable
from home.reading.models import GlossaryTerm as GlossaryTerm
from home.translations import approved
from services.kept_pages import answer, new_page
from services.languages import source_locale
from services.projecting import restricted_paths
from services.record.identity import id_of


class HomePage(Page):
    """The first page: search, topics, moments of life, alerts, what most people need."""

    hero_title = models.CharField(
        _("pergunta de abertura"),
        max_length=120,
        blank=True,
        help_text=_("Fica acima da busca. Exemplo: Do que você precisa?"),
    )
    intro = models.TextField(
        _("introdução"),
        blank=True,
        help_text=_("Uma ou duas frases simples. Exemplo: Encontre os serviços da Prefeitura."),
    )

    content_panels = [
        TitleFieldPanel("title", help_text=_("O nome do site nas abas do navegador. Exemplo: Carta de Serviços")),
        FieldPanel("hero_title"),
        FieldPanel("intro"),
        InlinePanel("highlights", heading=_("Serviços em destaque"), label=_("serviço"), max_num=12),
    ]
    promote_panels = [
        FieldPanel(
            "seo_title",
            heading=_("Título nos buscadores"),
            help_text=_("O que o Google mostra em azul. Exemplo: Serviços da Prefeitura de Vitória da Conquista"),
        ),
        FieldPanel(
            "search_description",
            heading=_("Frase nos buscadores"),
            help_text=_("O que o Google mostra abaixo do título. Exemplo: Como pedir cada serviço da Prefeitura."),
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count_per_parent = 1
    template = "conecta_home/home_page.html"

    class Meta:
        verbose_name = _("página inicial")
        verbose_name_plural = _("páginas iniciais")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, for everybody to keep unless it is for some alone."""
        response: TemplateResponse = super().serve(request, *args, **kwargs)
        if self.path.startswith(restricted_paths()):
            return response
        at = timezone.now()
        shown: Front = (response.context_data or {})["front"]
        page = new_page(response.rendered_content, at=at, boundary=shown.boundary)
        return answer(request, page, at, made_of=[FIRST_PAGE])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the charter gives to the first page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        chosen = [id_of(row.service.translation_key) for row in self.highlights.select_related("service")]
        language = get_language() or source_locale()
        if not getattr(request, "is_preview", False):
            context["page"] = approved(self, language=language)
        context["front"] = front(language=language, chosen=chosen, at=timezone.now())
        return context


class Highlight(Orderable):
    """A service that the city shows on its first page."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="highlights")
    service = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("serviço ou passo a passo"),
        help_text=_("Aparece na página inicial enquanto estiver publicado. Exemplo: Emitir a segunda via do IPTU"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("destaque")
        verbose_name_plural = _("destaques")


@register_setting(icon="home")
class CityIdentity(ClusterableModel, BaseSiteSetting):
    """Whose site this is: name, arms, colour, footer, where to complain, its other addresses, whom to call at once."""

    name = models.CharField(
        _("nome"), max_length=120, blank=True, help_text=_("Exemplo: Prefeitura de Vitória da Conquista")
    )
    slogan = models.CharField(
        _("frase curta"), max_length=160, blank=True, help_text=_("Exemplo: Carta de Serviços ao Cidadão")
    )
    coat_of_arms = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("brasão"),
        help_text=_("Imagem quadrada, de fundo transparente. Exemplo: o brasão em PNG, com 256 pontos de lado."),
    )
    brand = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("marca da gestão"),
        help_text=_("Fica no lugar do brasão, menos no período eleitoral. Exemplo: a logomarca da gestão em PNG."),
    )
    primary_colour = models.CharField(
        _("cor principal"),
        max_length=7,
        blank=True,
        help_text=_("Letras brancas precisam ser lidas sobre ela; vazio, vale o azul do gov.br. Exemplo: #1351b4"),
    )
    footer_text = models.TextField(
        _("texto do rodapé"),
        blank=True,
        help_text=_(
            "O que se lê no fim de toda página. Exemplo: Praça Joaquim Correia, 55. Segunda a sexta, das 8h às 17h."
        ),
    )
    phone = models.CharField(_("telefone geral"), max_length=40, blank=True, help_text=_("Exemplo: (77) 3000-0000"))
    whatsapp = models.CharField(_("WhatsApp"), max_length=40, blank=True, help_text=_("Exemplo: (77) 90000-0000"))
    ombudsman_name = models.CharField(
        _("nome da ouvidoria"), max_length=120, blank=True, help_text=_("Exemplo: Ouvidoria-Geral do Município")
    )
    ombudsman_phone = models.CharField(
        _("telefone da ouvidoria"), max_length=40, blank=True, help_text=_("Exemplo: 162 ou (77) 3000-0162")
    )
    ombudsman_link = models.URLField(
        _("página da ouvidoria"),
        blank=True,
        help_text=_("Onde se registra a manifestação pela internet. Exemplo: https://www.prefeitura.example/ouvidoria"),
    )
    ombudsman_address = models.CharField(
        _("endereço da ouvidoria"),
        max_length=255,
        blank=True,
        help_text=_("Rua, número e horário. Exemplo: Praça Joaquim Correia, 55, das 8h às 17h"),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("slogan"),
                FieldPanel("coat_of_arms"),
                FieldPanel("brand"),
                FieldPanel("primary_colour"),
            ],
            heading=_("Identidade"),
        ),
        MultiFieldPanel(
            [FieldPanel("phone"), FieldPanel("whatsapp"), FieldPanel("footer_text")], heading=_("Contatos e rodapé")
        ),
        MultiFieldPanel(
            [
                FieldPanel("ombudsman_name"),
                FieldPanel("ombudsman_phone"),
                FieldPanel("ombudsman_link"),
                FieldPanel("ombudsman_address"),
            ],
            heading=_("Ouvidoria"),
        ),
        InlinePanel("links", heading=_("Outros endereços da cidade"), label=_("endereço"), max_num=24),
        InlinePanel("emergency_phones", heading=_("Telefones de emergência"), label=_("telefone"), max_num=12),
    ]

    class Meta:
        verbose_name = _("identidade da cidade")
        verbose_name_plural = _("identidade da cidade")

    def clean(self) -> None:
        """White letters must be readable on the city's colour (WCAG 2.2, 1.4.3)."""
        super().clean()
        if not self.primary_colour:
            return
        if not is_colour(self.primary_colour):
            raise ValidationError({"primary_colour": _("Escreva a cor como # e seis algarismos: #1351b4.")})
        if contrast_with_white(self.primary_colour) < MINIMUM_CONTRAST:
            raise ValidationError(
                {"primary_colour": _("Letras brancas não se leem bem sobre esta cor: escolha uma mais escura.")}
            )
