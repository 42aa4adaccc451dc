"""What entries are filed under, and the questions that services share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from services import blocks
from services.models.entry import PublishedEntry
from services.models.fields import LinesField, StreamField
from services.models.place import Point


class Topic(PublishedEntry):
    """A theme."""

    kind = "topic"

    summary = models.TextField(
        _("resumo"),
        blank=True,
        help_text=_("O que se encontra neste tema, em uma frase. Exemplo: Como pagar, parcelar ou contestar impostos."),
    )
    keywords = LinesField(_("palavras-chave"), blank=True, help_text=_("Uma por linha. Exemplo: IPTU"))
    icon = models.CharField(
        _("símbolo"), max_length=64, blank=True, help_text=_("Nome do desenho no portal. Exemplo: impostos-e-taxas")
    )
    order = models.IntegerField(
        _("ordem"),
        default=0,
        help_text=_("Os números menores vêm antes. Exemplo: 10"),
    )

    class Meta(PublishedEntry.Meta):
        verbose_name = _("tema")
        verbose_name_plural = _("temas")
        ordering = ["order", "title"]


class Audience(PublishedEntry):
    """A public."""

    kind = "audience"

    summary = models.TextField(
        _("resumo"),
        blank=True,
        help_text=_("Quem são, em uma frase. Exemplo: Pessoas com 60 anos ou mais."),
    )
    order = models.IntegerField(
        _("ordem"),
        default=0,
        help_text=_("Os números menores vêm antes. Exemplo: 10"),
    )

    class Meta(PublishedEntry.Meta):
        verbose_name = _("público")
        verbose_name_plural = _("públicos")
        ordering = ["order", "title"]


class LifeEvent(PublishedEntry):
    """A moment of life."""

    kind = "life_event"

    summary = models.TextField(
        _("resumo"),
        blank=True,
        help_text=_("Do que se precisa neste momento, em uma frase. Exemplo: Da gravidez à vaga na creche."),
    )
    keywords = LinesField(_("palavras-chave"), blank=True, help_text=_("Uma por linha. Exemplo: bebê"))
    icon = models.CharField(
        _("símbolo"), max_length=64, blank=True, help_text=_("Nome do desenho no portal. Exemplo: ter-um-filho")
    )
    order = models.IntegerField(
        _("ordem"),
        default=0,
        help_text=_("Os números menores vêm antes. Exemplo: 10"),
    )

    class Meta(PublishedEntry.Meta):
        verbose_name = _("momento da vida")
        verbose_name_plural = _("momentos da vida")
        ordering = ["order", "title"]


class District(Point, PublishedEntry):
    """The seat, a district, or a village of one."""

    kind = "district"

    type = models.CharField(
        _("tipo"),
        max_length=16,
        default="district",
        choices=[("seat", _("Sede")), ("district", _("Distrito")), ("village", _("Povoado"))],
        help_text=_("Exemplo: Povoado"),
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("distrito a que pertence"),
        help_text=_("Só para povoados. Exemplo: Inhobim"),
    )
    summary = models.TextField(
        _("resumo"),
        blank=True,
        help_text=_("Onde fica, em uma frase. Exemplo: A 60 km da cidade, pela BA-263."),
    )

    class Meta(PublishedEntry.Meta):
        verbose_name = _("distrito ou povoado")
        verbose_name_plural = _("distritos e povoados")
        ordering = ["title"]


class Question(PublishedEntry):
    """A question whose answer decides which cases apply."""

    kind = "question"

    help = models.TextField(
        _("explicação"),
        blank=True,
        help_text=_("Se a pergunta puder causar dúvida. Exemplo: Conte todas as pessoas que moram na casa."),
    )
    answers = StreamField(
        [("answer", blocks.QuestionAnswerBlock())],
        blank=True,
        verbose_name=_("respostas"),
        help_text=_("Todas as respostas possíveis. Exemplo: Sim; Não."),
    )

    class Meta(PublishedEntry.Meta):
        verbose_name = _("pergunta")
        verbose_name_plural = _("perguntas")
        ordering = ["title"]
