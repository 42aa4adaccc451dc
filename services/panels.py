"""How an editor sees each page: tabs in the order in which a person asks."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from services.models import LiveAtOnce, PublishedEntry
from services.standard_panels import StandardPanel, commitments
from services.tick_boxes import Checklist


def _tab(heading: Any, *panels: Any) -> ObjectList:
    return ObjectList([FieldPanel(panel) if isinstance(panel, str) else panel for panel in panels], heading=heading)


def _row(*names: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(name) for name in names])


def _group(heading: Any, *panels: Any) -> Panel:
    return MultiFieldPanel([FieldPanel(panel) if isinstance(panel, str) else panel for panel in panels], heading)


def title(heading: Any, help_text: Any) -> TitleFieldPanel:
    """The name of an entry, from which its address is proposed."""
    # The large type has no label, so an empty one says what belongs there.
    return TitleFieldPanel("title", heading=heading, placeholder=heading, help_text=help_text)


def several(name: str) -> FieldPanel:
    """Several of what is there, ticked."""
    return FieldPanel(name, widget=Checklist)


def publication(*panels: Any, help_text: Any = None) -> ObjectList:
    """The last tab: what is about the entry, not on its page."""
    address = FieldPanel(
        "slug",
        heading=_("Endereço da página"),
        help_text=help_text or _("A parte final do endereço. Exemplo: praca-de-atendimento"),
    )
    return _tab(_("Publicação"), *panels, address, PublishingPanel())


def _page_publication(*panels: Any) -> ObjectList:
    # A page's old address is redirected; its editors write comments to each other.
    help_text = _(
        "A parte final do endereço, proposta a partir do nome. Exemplo: segunda-via-do-iptu. "
        "Se você mudar, quem usar o endereço antigo continua chegando."
    )
    return publication(*panels, CommentPanel(), help_text=help_text)


# The day of a review is recorded with who made it, by a button of its own: not typed.
REVIEW_DATES = FieldRowPanel([FieldPanel("reviewed_on", read_only=True), FieldPanel("review_due")])
FILED = [several("topics"), several("audiences"), several("life_events")]
ADDRESS = _group(_("Endereço"), _row("street", "number"), _row("complement", "neighbourhood", "postal_code"))


def _service() -> TabbedInterface:
    return TabbedInterface(
        [
            _tab(
                _("O que é"),
                title(_("Nome do serviço"), _("Comece por um verbo. Exemplo: Emitir a segunda via do IPTU")),
                "summary",
                "popular_names",
                _row("acronym", "sector"),
                "keywords",
                "outcome",
                "description",
            ),
            _tab(_("Quem pode"), "applicants", "requirements", "criteria", "queue", "appeal"),
            _tab(
                _("Como fazer"),
                "steps",
                _group(
                    _("Pela internet"),
                    _row("online", "digital_url"),
                    _row("digital_login", "digital_device"),
                ),
                "forms",
            ),
            _tab(
                _("Custo e prazo"),
                "free",
                _group(_("Quanto demora"), _row("time_type", "time_unit"), _row("time_min", "time_max"), "time_note"),
                _group(
                    _("Por quanto tempo vale"),
                    _row("validity_type", "validity_quantity", "validity_unit"),
                    "validity_note",
                ),
                "seasons",
            ),
            _tab(_("Onde"), several("units"), several("area_served"), "contact"),
            _tab(_("Classificação"), *FILED, "related", "related_texts"),
            _tab(_("Compromissos"), "legislation", *commitments(StandardPanel), "not_applicable"),
            _page_publication("responsible", REVIEW_DATES),
        ]
    )


def _secretariat() -> TabbedInterface:
    return TabbedInterface(
        [
            _tab(
                _("O órgão"),
                title(_("Nome do órgão"), _("Exemplo: Secretaria Municipal de Saúde")),
                _row("acronym", "head"),
                "summary",
                "mandate",
                "superior",
                "other_names",
            ),
            _tab(_("Contato"), "contacts", "hours_text", ADDRESS),
            _tab(_("Compromissos"), *commitments(StandardPanel)),
            _tab(_("Histórico"), _row("valid_from", "valid_until"), several("predecessors")),
            _page_publication(),
        ]
    )


def _procedure() -> TabbedInterface:
    return TabbedInterface(
        [
            _tab(
                _("O que é"),
                title(_("Nome do passo a passo"), _("Comece por um verbo. Exemplo: Abrir um negócio")),
                "summary",
                "popular_names",
                "keywords",
                "description",
            ),
            _tab(_("Passos"), "steps"),
            _tab(_("Classificação"), *FILED),
            _page_publication(),
        ]
    )


def _information() -> TabbedInterface:
    return TabbedInterface(
        [
            _tab(
                _("Conteúdo"),
                title(_("Título"), _("Exemplo: Como funciona a Ouvidoria")),
                "type",
                "summary",
                "body",
                "services",
                "popular_names",
                "keywords",
            ),
            _tab(_("Classificação"), *FILED),
            _page_publication(),
        ]
    )


UNIT = TabbedInterface(
    [
        _tab(
            _("A unidade"),
            title(_("Nome da unidade"), _("Como está na placa. Exemplo: Praça de Atendimento")),
            _row("type", "acronym"),
            "summary",
        ),
        _tab(
            _("Onde"),
            ADDRESS,
            "district",
            _row("latitude", "longitude"),
            "how_to_get_there",
            "itinerant",
        ),
        _tab(_("Quando"), "hours", "open_on_holidays"),
        _tab(_("Contato"), "contacts", "secretariat"),
        _tab(_("Acessibilidade"), FieldPanel("accessibility", heading=_("O que a unidade tem")), "accessibility_note"),
        publication(),
    ]
)

CITY = TabbedInterface(
    [
        _tab(
            _("A cidade"),
            "title",
            _row("state", "ibge_code"),
            "timezone",
            "contacts",
        ),
        _tab(_("Calendário"), "calendar", "review_days"),
        _tab(_("Compromissos"), *commitments(FieldPanel)),
        _tab(_("Período eleitoral"), _row("election_starts", "election_ends"), "election_message"),
    ]
)


def install(*, page_form: Any, entry_form: Any, live_form: Any) -> None:
    """Give the models their tabs, and the forms of pages, of snippets, and of what goes live at once."""
    builders = {
        "ServicePage": _service,
        "SecretariatPage": _secretariat,
        "ProcedurePage": _procedure,
        "InformationPage": _information,
    }
    for name, build in builders.items():
        model = apps.get_model("conecta_services", name)
        model.base_form_class = page_form
        model.edit_handler = build()
    apps.get_model("conecta_services", "City").edit_handler = CITY
    models: Any = apps.get_app_config("conecta_services").get_models()
    for model in models:
        if issubclass(model, PublishedEntry):
            model.base_form_class = entry_form
        elif issubclass(model, LiveAtOnce):
            model.base_form_class = live_form
