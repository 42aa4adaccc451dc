"""The council of users, as a page (Lei 13.460 arts. 18 to 22)."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField

from feedback.council.blocks import MemberBlock, MinutesBlock, OpinionBlock
from feedback.council.composition import Member, balance
from feedback.models.consultation import public_name
from feedback.models.participation import ParticipationPage
from services.models.fields import StreamField
from services.models.standards import FEATURES
from services.rich_text import plain


class CouncilPage(ParticipationPage):
    """Who is in it and for whom, what it met about, what it thinks, and how to join."""

    intro = models.TextField(
        _("apresentação"),
        blank=True,
        help_text=_("Uma ou duas frases. Exemplo: O conselho acompanha os serviços da Prefeitura e sugere melhorias."),
    )
    members = StreamField([("member", MemberBlock())], blank=True, collapsed=True, verbose_name=_("membros"))
    how_to_join = RichTextField(
        _("como participar"),
        blank=True,
        features=FEATURES,
        help_text=_("A escolha é aberta a todos (art. 19). Exemplo: a próxima inscrição abre em 1º de março."),
    )
    minutes = StreamField([("minutes", MinutesBlock())], blank=True, collapsed=True, verbose_name=_("atas"))
    opinions = StreamField([("opinion", OpinionBlock())], blank=True, collapsed=True, verbose_name=_("pareceres"))
    regulation = RichTextField(
        _("regulamento"),
        blank=True,
        features=FEATURES,
        help_text=_("A norma que organiza o conselho (art. 22), com link. Exemplo: Decreto 21.000/2025."),
    )

    content_panels = [
        TitleFieldPanel("title", help_text=_("Exemplo: Conselho de Usuários dos Serviços Públicos")),
        FieldPanel("intro"),
        FieldPanel("members"),
        FieldPanel("how_to_join"),
        FieldPanel("minutes"),
        FieldPanel("opinions"),
        FieldPanel("regulation"),
    ]
    subpage_types: list[str] = []
    page_description = _("Quem acompanha e avalia os serviços em nome de quem os usa.")
    template = "conecta_feedback/council.html"

    class Meta:
        verbose_name = _("conselho de usuários")
        verbose_name_plural = _("conselhos de usuários")

    def all_members(self) -> list[Member]:
        """As they stand in the page."""
        return [
            Member(
                name=each.value["name"],
                segment=each.value["segment"],
                substitute=each.value["seat"] == "substitute",
                starts=each.value["starts"],
                ends=each.value["ends"],
            )
            for each in self.members
        ]

    def wanting(self) -> list[str]:
        """Members, each for somebody and for some days (art. 19); how to join; what orders it (art. 22)."""
        found = []
        members = self.all_members()
        if not members:
            found.append(gettext("Diga quem são os membros do conselho."))
        if any(not (each.name.strip() and each.segment.strip() and each.starts) for each in members):
            found.append(gettext("Diga de cada membro o nome, quem representa e desde quando (art. 19)."))
        if not plain(self.how_to_join).strip():
            found.append(gettext("Explique como qualquer pessoa se candidata ao conselho (art. 19, parágrafo único)."))
        if not plain(self.regulation).strip():
            found.append(gettext("Diga que norma organiza o conselho (art. 22)."))
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Who sits today, and all that was said, the newest first."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        members = self.all_members()
        sitting = [each for each in members if each.sits(today)]
        opinions = [each.value for each in self.opinions]
        return context | {
            "sitting": sorted(sitting, key=lambda each: (each.segment, each.substitute, each.name)),
            "past": sorted((each for each in members if each.ends and each.ends < today), key=lambda each: each.name),
            "balance": balance(members, on=today),
            "minutes": _newest([each.value for each in self.minutes]),
            "opinions": [(each, public_name(each["service"])) for each in _newest(opinions)],
        }


def _newest(values: list[Any]) -> list[Any]:
    return sorted(values, key=lambda value: value["date"].isoformat() if value["date"] else "", reverse=True)
