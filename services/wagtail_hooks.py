"""The charter in Wagtail's admin: snippets grouped as editors think of them."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.contrib.settings.registry import register_setting
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from services import advising, election_admin, panels  # noqa: F401 - two register hooks
from services.acts import hooks as acts_hooks  # noqa: F401 - registers itself
from services.api_keys import hooks as api_key_hooks  # noqa: F401 - registers itself
from services.assessing_views import AssessNewPage, AssessNewSnippet, AssessPage, AssessSnippet
from services.bodies import hooks as body_hooks  # noqa: F401 - registers itself
from services.booklet import hooks as booklet_hooks  # noqa: F401 - registers itself
from services.comparing import hooks as comparing_hooks  # noqa: F401 - registers itself
from services.dashboard import hooks as dashboard_hooks  # noqa: F401 - registers itself
from services.dismissing import hooks as dismissing_hooks  # noqa: F401 - registers itself
from services.front_ends import hooks as front_end_hooks  # noqa: F401 - registers itself
from services.links import admin as link_admin  # noqa: F401 - registers hooks
from services.models import (
    Alert,
    Audience,
    City,
    District,
    FormTemplate,
    HoursException,
    LifeEvent,
    Question,
    Suspension,
    Topic,
    Unit,
    Visit,
)
from services.newsroom import act_menus, log_actions, wayfinding  # noqa: F401 - they register themselves
from services.newsroom.viewsets import CharterViewSet
from services.old_addresses import hooks as old_address_hooks  # noqa: F401 - registers itself
from services.panels import publication, several, title
from services.reports import CompletenessReportView
from services.reviews import admin as review_admin  # noqa: F401 - registers hooks
from services.selections import hooks as selection_hooks  # noqa: F401 - registers itself
from services.service_listing import LISTING, ServiceListing
from services.sheets import hooks as sheet_hooks  # noqa: F401 - registers itself
from services.visits import hooks as visit_hooks  # noqa: F401 - registers itself
from services.webhooks import hooks as webhook_hooks  # noqa: F401 - registers itself

register_setting(City, icon="home")


class CompletenessReportMenuItem(MenuItem):
    """Shown to whoever the report opens for."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may do anything with pages."""
        view = CompletenessReportView
        return bool(view.permission_policy.user_has_any_permission(request.user, view.any_permission_required))


def _tabs(title: TitleFieldPanel, *names: Any) -> TabbedInterface:
    content = [title, *[FieldPanel(name) if isinstance(name, str) else name for name in names]]
    return TabbedInterface([ObjectList(content, heading=_("Conteúdo")), publication()])


class UnitViewSet(CharterViewSet):
    """Places of attendance."""

    with_each = ("district", "secretariat")

    model = Unit
    icon = "site"
    list_display = ["title", "type", "district", "secretariat"]
    list_filter = ["district", "secretariat", "itinerant"]
    edit_handler = panels.UNIT


class VisitViewSet(CharterViewSet):
    """Visits to the districts: they go live as they are saved."""

    model = Visit
    icon = "calendar-alt"
    list_display = ["__str__", "district", "starts", "ends"]
    list_filter = ["district"]
    panels = [
        FieldPanel("unit"),
        FieldRowPanel([FieldPanel("district"), FieldPanel("place")]),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        several("services"),
        FieldPanel("note"),
    ]


class HoursExceptionViewSet(CharterViewSet):
    """Days with other hours: they go live as they are saved."""

    model = HoursException
    icon = "time"
    # Named with its date: on a phone the first column is the only one.
    list_display = ["__str__", "starts", "ends", BooleanColumn("closed", label=_("Fechada"), sort_key="closed")]
    panels = [
        FieldPanel("unit"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("closed"),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
        FieldPanel("message"),
    ]


class FormTemplateViewSet(CharterViewSet):
    """Forms to fill in."""

    with_each = ("secretariat",)

    model = FormTemplate
    icon = "doc-full"
    list_display = ["title", "code", "secretariat"]
    edit_handler = _tabs(
        title(_("Nome do formulário"), _("Exemplo: Requerimento de isenção de IPTU")),
        "summary",
        "versions",
        "instructions",
        "popular_names",
        FieldRowPanel([FieldPanel("code"), FieldPanel("secretariat")]),
        several("topics"),
    )


class SuspensionViewSet(CharterViewSet):
    """Suspended services: they go live as they are saved."""

    model = Suspension
    icon = "warning"
    list_display = ["service", "starts", "ends"]
    panels = [
        FieldPanel("service"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("message"),
    ]


class AlertViewSet(CharterViewSet):
    """Notices to citizens: they go live as they are saved."""

    model = Alert
    icon = "warning"
    list_display = ["title", "level", "starts", "ends"]
    panels = [
        FieldPanel("title"),
        FieldPanel("level"),
        FieldPanel("message"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        several("districts"),
        several("services"),
    ]


class CharterGroup(SnippetViewSetGroup):
    """What services refer to."""

    menu_label = _("Atendimento")
    menu_icon = "group"
    menu_order = 150
    items = (
        UnitViewSet,
        VisitViewSet,
        HoursExceptionViewSet,
        FormTemplateViewSet,
        SuspensionViewSet,
        AlertViewSet,
    )


class TopicViewSet(CharterViewSet):
    """Themes."""

    model = Topic
    icon = "tag"
    list_display = ["title", "order"]
    edit_handler = _tabs(
        title(_("Nome do tema"), _("Exemplo: Impostos e taxas")),
        "summary",
        "keywords",
        FieldRowPanel([FieldPanel("icon"), FieldPanel("order")]),
    )


class AudienceViewSet(CharterViewSet):
    """Publics."""

    model = Audience
    icon = "group"
    list_display = ["title", "order"]
    edit_handler = _tabs(title(_("Nome do público"), _("Exemplo: Pessoas idosas")), "summary", "order")


class LifeEventViewSet(CharterViewSet):
    """Moments of life."""

    model = LifeEvent
    icon = "date"
    list_display = ["title", "order"]
    edit_handler = _tabs(
        title(_("Nome do momento"), _("Exemplo: Ter um filho")),
        "summary",
        "keywords",
        FieldRowPanel([FieldPanel("icon"), FieldPanel("order")]),
    )


class DistrictViewSet(CharterViewSet):
    """Districts and villages."""

    model = District
    icon = "globe"
    list_display = ["title", "type", "parent"]
    list_filter = ["type"]
    edit_handler = _tabs(
        title(_("Nome do distrito ou povoado"), _("Exemplo: Inhobim")),
        "type",
        "parent",
        "summary",
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    )


class QuestionViewSet(CharterViewSet):
    """Questions that decide which cases apply."""

    model = Question
    icon = "help"
    list_display = ["title", "slug"]
    edit_handler = _tabs(title(_("Pergunta"), _("Exemplo: Onde você mora?")), "help", "answers")


class TaxonomyGroup(SnippetViewSetGroup):
    """What entries are filed under."""

    menu_label = _("Classificação")
    menu_icon = "tag"
    menu_order = 160
    items = (TopicViewSet, AudienceViewSet, LifeEventViewSet, DistrictViewSet, QuestionViewSet)


register_snippet(CharterGroup)
register_snippet(TaxonomyGroup)


@hooks.register("register_admin_viewset")
def service_listing() -> ServiceListing:
    """All services in one list, beside Wagtail's tree of pages."""
    return LISTING


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """The few rules of our own forms."""
    sheets = [(static(f"conecta_services/{name}.css"),) for name in ("admin", "newsroom")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_editor_js")
def editor_js() -> str:
    """Filters of long lists, the answers of a chosen question, and what is missing in a form."""
    return format_html_join(
        "",
        '<script src="{}"></script>',
        ((static(f"conecta_services/{name}.js"),) for name in ("admin", "completeness")),
    )


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", CompletenessReportView.as_view(), name="report"),
        path("resultados/", CompletenessReportView.as_view(results_only=True), name="report_results"),
        path("pagina/<int:page_id>/", AssessPage.as_view(), name="page"),
        path(
            "nova-pagina/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
            AssessNewPage.as_view(),
            name="new_page",
        ),
        path("<slug:kind>/<int:pk>/", AssessSnippet.as_view(), name="snippet"),
        path("<slug:kind>/", AssessNewSnippet.as_view(), name="new_snippet"),
    ]
    return [path("conecta/completude/", include((patterns, "conecta_completeness")))]


@hooks.register("register_reports_menu_item")
def completeness_report() -> MenuItem:
    """Among the reports, for whoever may write or look after pages."""
    return CompletenessReportMenuItem(
        _("Completude"), reverse("conecta_completeness:report"), icon_name="clipboard-list", order=5
    )
