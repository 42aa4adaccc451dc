"""The first panel of the admin's dashboard: what editors do most often, one click away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy, policy_registry

from services.acts.register_views import may_read_acts
from services.models import Alert, Suspension, Unit, Visit
from services.service_listing import LISTING


@dataclass(frozen=True)
class Start:
    """A way in."""

    label: Promise | str
    text: Promise | str
    icon: str
    url: str


class StartPanel(Component):
    """Ways in, each only for those who may take it."""

    name = "conecta_start"
    template_name = "conecta_services/admin/start.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The ways in of this user."""
        request = (parent_context or {})["request"]
        return {"starts": [*_pages(request), *_snippets(request.user), *_acts(request.user)]}


def _pages(request: Any) -> list[Start]:
    starts = []
    if page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}):
        starts.append(
            Start(
                _("Escrever um serviço"),
                _("Escolha o órgão que presta o serviço e responda ao que o cidadão pergunta."),
                "edit",
                reverse(LISTING.get_url_name("choose_parent")),
            )
        )
        starts.append(
            Start(
                _("Corrigir um serviço"),
                _("Todos os serviços em uma lista, com busca: o que mudou por último vem primeiro."),
                "list-ul",
                reverse(LISTING.get_url_name("index")),
            )
        )
    return [
        *starts,
        Start(
            _("Ver o portal"),
            _("A Carta de Serviços como a população a vê."),
            "view",
            "/",
        ),
    ]


def _snippets(user: Any) -> list[Start]:
    known: list[tuple[Any, Promise | str, Promise | str, str]] = [
        (Suspension, _("Suspender um serviço"), _("O serviço parou? Avise até quando e o que fazer."), "add"),
        (
            Alert,
            _("Publicar um aviso"),
            _("Vale assim que você salvar, para toda a cidade ou alguns distritos."),
            "add",
        ),
        (Visit, _("Marcar atendimento itinerante"), _("Data, distrito e local da próxima visita."), "add"),
        (Unit, _("Unidades de atendimento"), _("Endereços, horários e contatos."), "list"),
    ]
    return [
        Start(label, text, model.snippet_viewset.icon, reverse(model.snippet_viewset.get_url_name(view)))
        for model, label, text, view in known
        if policy_registry.get_by_type(model).user_has_any_permission(user, {"add", "change"})
    ]


def _acts(user: Any) -> list[Start]:
    if not may_read_acts(user):
        return []
    text = _("Quem fez o quê, quando e em qual versão: todos os atos, também em planilha.")
    return [Start(_("Conferir o que foi feito"), text, "history", reverse("conecta_acts:index"))]
