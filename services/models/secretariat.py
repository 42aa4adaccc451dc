"""A body of the city: its services are the pages below it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.search import index

from services import blocks
from services.models.entry import PublishedPage
from services.models.fields import LinesField, StreamField
from services.models.place import PostalAddress
from services.models.standards import FEATURES, StandardTexts


class SecretariatPage(StandardTexts, PostalAddress, PublishedPage):
    """A secretariat, autarchy or foundation. Renamed and merged often: hence validity and predecessors."""

    kind = "secretariat"

    acronym = models.CharField(_("sigla"), max_length=64, blank=True, help_text=_("Exemplo: SEFIN"))
    other_names = LinesField(
        _("outros nomes"),
        blank=True,
        help_text=_("Nomes antigos e outras formas de escrever, um por linha. Exemplo: Secretaria da Fazenda"),
    )
    superior = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("órgão superior"),
        help_text=_("Deixe vazio se responde direto ao Gabinete. Exemplo: a secretaria a que uma fundação se liga."),
    )
    head = models.CharField(
        _("quem dirige"), max_length=255, blank=True, help_text=_("O cargo. Exemplo: Secretário Municipal de Finanças")
    )
    summary = models.TextField(
        _("resumo"),
        blank=True,
        help_text=_("O que o órgão faz, em uma ou duas frases. Exemplo: Cuida das escolas e das creches da cidade."),
    )
    mandate = RichTextField(
        _("competências"),
        blank=True,
        features=FEATURES,
        help_text=_("Pelo que o órgão responde. Exemplo: lançar e cobrar o IPTU."),
    )
    contacts = StreamField(
        [("contact", blocks.ContactBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("contatos"),
        help_text=_("O mais usado primeiro. Exemplo: Telefone (77) 3000-0000"),
    )
    hours_text = models.CharField(
        _("horário"), max_length=255, blank=True, help_text=_("Exemplo: segunda a sexta, das 8h às 14h")
    )
    valid_from = models.DateField(
        _("existe desde"),
        null=True,
        blank=True,
        help_text=_("Exemplo: a data da lei que criou o órgão."),
    )
    valid_until = models.DateField(
        _("existiu até"),
        null=True,
        blank=True,
        help_text=_("Só para órgãos que acabaram. Exemplo: a véspera da fusão."),
    )
    predecessors = ParentalManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="+",
        verbose_name=_("órgãos que deram origem a este"),
        help_text=_("De que órgãos este nasceu. Exemplo: Secretaria de Obras, se foi dividida."),
    )

    page_description = _("Uma secretaria, autarquia ou fundação. Os serviços ficam dentro dela.")
    subpage_types = [
        "conecta_services.ServicePage",
        "conecta_services.ProcedurePage",
        "conecta_services.InformationPage",
    ]
    search_fields = [
        *PublishedPage.search_fields,
        index.SearchField("acronym"),
        index.AutocompleteField("acronym"),
        index.SearchField("other_names"),
        index.AutocompleteField("other_names"),
        index.FilterField("record_id"),
    ]

    class Meta:
        verbose_name = _("órgão")
        verbose_name_plural = _("órgãos")
