"""How an editor sees each page: tabs in the order in which a person asks."""

from typing import Any

from django.apps import apps
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from services import rich_text
from services.models.standards import STANDARDS

_ORIGINS = {"secretariat": _("do órgão"), "city": _("da cidade")}


class StandardPanel(FieldPanel):
    """A commitment; while it is empty, the one in force from above stands below it, greyed."""

    class BoundPanel(FieldPanel.BoundPanel):
        """Bound to an entry."""

        @cached_property
        def inherited(self) -> Any:
            """The commitment in force where this entry writes none: an HTML sentence, or ``""``."""
            standards = inherited_standards(self.instance)
            standard = standards.get(self.field_name.removeprefix("standard_"))
            if not standard:
                return gettext("Nem o órgão nem a cidade escreveram este compromisso.")
            return format_html(
                '<span class="conecta-inherited">{}: {}</span>',
                gettext("Se ficar vazio, vale o compromisso %(origin)s") % {"origin": _ORIGINS[standard["origin"]]},
                rich_text.plain(standard["text"]),
            )

        def get_context_data(self, parent_context: Any = None) -> Any:
            """The help text, with what is inherited below it."""
            context = super().get_context_data(parent_context)
            context["help_text"] = format_html("{}<br>{}", self.help_text, self.inherited)
            return context


def inherited_standards(instance: Any) -> dict[str, Any]:
    """What stands above an entry: its body's commitments in force, or the city's. Values of a record's JSON."""
    from services.record import from_json

    records = apps.get_model("conecta_services", "PublishedRecord").objects.public()
    found = None
    if instance.kind == "service" and instance.path:
        body = apps.get_model("conecta_services", "SecretariatPage")
        parent = body.objects.filter(path=instance.path[: -instance.steplen]).first()
        if parent is not None:
            found = records.filter(kind="secretariat", entry_id=parent.record_id).first()
    found = found or records.filter(kind="city").first()
    if found is None:
        return {}
    standards = from_json(found.body).standards  # type: ignore[union-attr]
    return {
        name: {"text": standard.text, "origin": standard.origin}
        for name in STANDARDS
        if (standard := getattr(standards, name)) is not None and standard.origin != instance.kind
    }


def _tab(heading: Any, *panels: Any) -> ObjectList:
    return ObjectList([FieldPanel(panel) if isinstance(panel, str) else panel for panel in panels], heading=heading)


def _together(heading: Any, *names: str, help_text: Any = "") -> Panel:
    return MultiFieldPanel([FieldRowPanel([FieldPanel(name) for name in names])], heading=heading, help_text=help_text)


def _publication() -> ObjectList:
    return _tab(_("Publicação"), FieldPanel("slug"), PublishingPanel())


STANDARDS_TAB = [StandardPanel(f"standard_{name}") for name in STANDARDS]
ADDRESS = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("street"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("complement"), FieldPanel("neighbourhood"), FieldPanel("postal_code")]),
    ],
    heading=_("Endereço"),
)


def _service() -> TabbedInterface:
    return TabbedInterface(
        [
            _tab(
                _("O que é"),
                TitleFieldPanel(
                    "title",
                    heading=_("Nome do serviço"),
                    help_text=_("Comece por um verbo. Exemplo: Emitir a segunda via do IPTU"),
                ),
                "summary",
                "popular_names",
                FieldRowPanel([FieldPanel("acronym"), FieldPanel("sector")]),
                "keywords",
                "description",
                "outcome",
            ),
            _tab(_("Quem pode"), "applicants", "requirements", "criteria", "queue", "appeal"),
            _tab(
                _("Como fazer"),
                "steps",
                _together(_("Pela internet"), "online", "digital_url", "digital_login", "digital_device"),
                "forms",
            ),
            _tab(
                _("Custo e prazo"),
                "free",
                _together(_("Prazo total"), "time_type", "time_min", "time_max", "time_unit"),
                "time_note",
                "seasons",
                _together(_("Validade do resultado"), "validity_type", "validity_quantity", "validity_unit"),
                "validity_note",
            ),
            _tab(_("Onde"), "units", "area_served", "contact"),
            _tab(_("Classificação"), "topics", "audiences", "life_events", "related", "related_texts"),
            _tab(_("Leis e compromissos"), "legislation", *STANDARDS_TAB),
            _tab(
                _("Cuidado"),
                "responsible",
                FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_due")]),
            ),
            _publication(),
        ]
    )


def _secretariat() -> TabbedInterface:
    return TabbedInterface(
        [
            _tab(
                _("O órgão"),
                TitleFieldPanel(
                    "title", heading=_("Nome do órgão"), help_text=_("Exemplo: Secretaria Municipal de Saúde")
                ),
                FieldRowPanel([FieldPanel("acronym"), FieldPanel("head")]),
                "summary",
                "mandate",
                "superior",
                "other_names",
            ),
            _tab(_("Contato"), "contacts", "hours_text", ADDRESS),
            _tab(_("Compromissos"), *STANDARDS_TAB),
            _tab(_("Histórico"), FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]), "predecessors"),
            _publication(),
        ]
    )


def _procedure() -> TabbedInterface:
    return TabbedInterface(
        [
            _tab(
                _("O que é"),
                TitleFieldPanel(
                    "title", heading=_("Nome"), help_text=_("Comece por um verbo. Exemplo: Abrir um negócio")
                ),
                "summary",
                "popular_names",
                "keywords",
                "description",
            ),
            _tab(_("Passos"), "steps"),
            _tab(_("Classificação"), "topics", "audiences", "life_events"),
            _publication(),
        ]
    )


def _information() -> TabbedInterface:
    return TabbedInterface(
        [
            _tab(
                _("Conteúdo"),
                TitleFieldPanel("title", heading=_("Título"), help_text=_("Exemplo: Como funciona a Ouvidoria")),
                "type",
                "summary",
                "body",
                "services",
                "popular_names",
                "keywords",
            ),
            _tab(_("Classificação"), "topics", "audiences", "life_events"),
            _publication(),
        ]
    )


UNIT = TabbedInterface(
    [
        _tab(
            _("A unidade"),
            TitleFieldPanel("title"),
            FieldRowPanel([FieldPanel("type"), FieldPanel("acronym")]),
            "summary",
        ),
        _tab(
            _("Onde"),
            ADDRESS,
            "district",
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            "how_to_get_there",
            "itinerant",
        ),
        _tab(_("Quando"), "hours", "open_on_holidays"),
        _tab(_("Contato"), "contacts", "secretariat"),
        _tab(_("Acessibilidade"), "accessibility", "accessibility_note"),
        _publication(),
    ]
)

CITY = TabbedInterface(
    [
        _tab(
            _("A cidade"),
            "title",
            FieldRowPanel([FieldPanel("state"), FieldPanel("ibge_code")]),
            "timezone",
            "contacts",
        ),
        _tab(_("Calendário"), "calendar"),
        _tab(_("Compromissos"), *[FieldPanel(f"standard_{name}") for name in STANDARDS]),
    ]
)


def install(*, page_form: Any) -> None:
    """Give the page models their tabs and their form."""
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
