"""The portal's parts as data: for each its template, the one that pages include, and the states to show it in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from feedback.forms import RatingForm
from feedback.reasons import STARS
from home.style_page import samples as s
from services.articles.drawing import draw
from services.timing import timezone_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SERVICES, SEARCH, HOME = "conecta_services/parts", "conecta_search", "conecta_home"
_BODY = {"record": s.SERVICE, "at": s.AT, "zone": timezone_of(None), "status": s.NORMAL}


@dataclass(frozen=True)
class State:
    """A part in a state: what it is like, and what its template is told."""

    name: "StrOrPromise"
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Component:
    """A part: its name, its template, its states, and the list that its template is an item of, if any."""

    name: "StrOrPromise"
    template: str
    states: Callable[[], list[State]]
    #: ``ul`` or ``ol``, and its class.
    within: tuple[str, str] | None = None

    def shown(self) -> list[State]:
        """Its states, made anew for each page."""
        return self.states()


def _place(unit: Any, state: Any) -> dict[str, Any]:
    return _BODY | {"place": {"unit": unit, "state": state}}


USUAL, LONG, BARE, EMPTY = _("comum"), _("palavras muito longas"), _("sem as partes opcionais"), _("vazio")

COMPONENTS = (
    Component(
        _("Botão"),
        f"{SERVICES}/button.html",
        lambda: [
            State(USUAL, {"text": "Fazer pela internet", "url": "#partes"}),
            State(_("discreto"), {"text": "Compartilhar no WhatsApp", "url": "#partes", "quiet": True}),
            State(_("que envia"), {"text": "Enviar à Ouvidoria"}),
            State(LONG, {"text": s.LONG_TITLE, "url": "#partes"}),
        ],
    ),
    Component(
        _("Aviso"),
        f"{SERVICES}/notice.html",
        lambda: [
            State(_("informação"), {"text": "Matrículas abertas até sexta-feira.", "level": "info"}),
            State(_("atenção"), {"text": "Não atravesse ruas alagadas.", "title": "Chuva forte.", "level": "warning"}),
            State(_("emergência"), {"text": "Saia de casa e ligue 199.", "level": "emergency"}),
            State(LONG, {"text": s.LONG_TITLE, "title": s.LONG, "level": "warning"}),
        ],
    ),
    Component(
        _("Alerta da cidade"),
        f"{SERVICES}/alert.html",
        lambda: [
            State(_("informação"), {"alert": s.alert("info", "Matrículas de 2027", "Vá à escola mais perto.")}),
            State(_("atenção"), {"alert": s.alert("warning", "Período de chuvas", "Evite a baixada.")}),
            State(_("emergência"), {"alert": s.alert("emergency", s.LONG_TITLE, f"Ligue 199. {s.LONG}")}),
        ],
    ),
    Component(
        _("Situação do serviço"),
        f"{SERVICES}/situation.html",
        lambda: [
            State(_("suspenso"), _BODY | {"status": s.SUSPENDED}),
            State(_("fora de época"), _BODY | {"status": s.OUT_OF_SEASON}),
            State(_("importado e incompleto"), _BODY | {"record": s.LONG_SERVICE}),
        ],
    ),
    Component(
        _("Cartão"),
        f"{HOME}/parts/card.html",
        lambda: [
            State(USUAL, {"line": s.line("Emitir a segunda via do IPTU")}),
            State(LONG, {"line": s.line(s.LONG_TITLE)}),
            State(LONG, {"line": s.line(s.LONG)}),
        ],
        ("ul", "c-cards"),
    ),
    Component(
        _("Quadro com desenho"),
        f"{HOME}/parts/tile.html",
        lambda: [
            State(USUAL, {"line": s.line("Saúde", icon="saude")}),
            State(LONG, {"line": s.line("Transparência e participação", icon="transparencia-e-participacao")}),
            State(_("desenho desconhecido"), {"line": s.line(s.LONG, icon="nenhum")}),
        ],
        ("ul", "c-tiles"),
    ),
    Component(
        _("Caminho da página"),
        f"{SERVICES}/trail.html",
        lambda: [
            State(USUAL, {"above": s.BODY.title, "above_url": "#partes", "here": s.SERVICE.title}),
            State(LONG, {"above": s.LONG_BODY.title, "above_url": "#partes", "here": s.LONG_TITLE}),
            State(BARE, {"here": "Serviços"}),
        ],
    ),
    Component(
        _("Resposta curta"),
        "conecta_services/service/short_answer.html",
        lambda: [
            State(USUAL, _BODY | {"article": draw(s.SERVICE, None)}),
            State(_("suspenso"), _BODY | {"article": draw(s.SERVICE, None), "status": s.SUSPENDED}),
            State(BARE, _BODY | {"article": draw(s.LONG_SERVICE, None)}),
        ],
    ),
    Component(
        _("Etapas"),
        "conecta_services/service/steps.html",
        lambda: [State(USUAL, _BODY), State(EMPTY, _BODY | {"record": s.LONG_SERVICE})],
    ),
    Component(
        _("Documento"),
        f"{SERVICES}/document.html",
        lambda: [State(name, {"document": each}) for name, each in zip((BARE, USUAL, LONG), s.DOCUMENTS, strict=True)],
        ("ul", "c-checklist"),
    ),
    Component(
        _("Canal"),
        f"{SERVICES}/channel.html",
        lambda: [State(channel.type, _BODY | {"channel": channel}) for channel in s.CHANNELS],
        ("ul", "c-channels"),
    ),
    Component(
        _("Custo"),
        f"{SERVICES}/fee.html",
        lambda: [State(name, {"fee": fee}) for name, fee in zip((USUAL, _("que varia"), BARE), s.FEES, strict=True)],
        ("ul", "c-fees"),
    ),
    Component(
        _("Lugar"),
        f"{SERVICES}/place.html",
        lambda: [
            State(_("aberto agora"), _place(s.UNIT, s.OPEN)),
            State(_("fechado"), _place(s.UNIT, s.SHUT)),
            State(BARE, _place(s.BARE_UNIT, s.UNKNOWN)),
        ],
        ("ul", "c-places"),
    ),
    Component(
        _("Contatos"),
        f"{SERVICES}/contacts.html",
        lambda: [State(USUAL, {"contacts": s.CONTACTS[:2]}), State(LONG, {"contacts": s.CONTACTS})],
    ),
    Component(
        _("Atendimentos itinerantes"),
        f"{SERVICES}/visits.html",
        lambda: [State(USUAL, _BODY | {"visits": s.VISITS[:1]}), State(BARE, _BODY | {"visits": s.VISITS[1:]})],
    ),
    Component(
        _("Compromisso"),
        f"{SERVICES}/standard.html",
        lambda: [State(USUAL, {"name": "Quem é atendido primeiro", "standard": s.STANDARD})],
    ),
    Component(
        _("Etiquetas"),
        f"{SERVICES}/tags.html",
        lambda: [State(USUAL, {"refs": s.TOPICS[:2]}), State(LONG, {"refs": s.TOPICS})],
    ),
    Component(
        _("Selo"),
        f"{SERVICES}/badge.html",
        lambda: [
            State(USUAL, {"text": "se precisar"}),
            State(_("atenção"), {"text": "Suspenso", "warning": True}),
            State(LONG, {"text": s.LONG}),
        ],
    ),
    Component(
        _("Lista de páginas"),
        f"{SERVICES}/lines.html",
        lambda: [
            State(USUAL, {"lines": [s.line("Podar árvore", summary="Peça a poda."), s.line("Tapar buraco")]}),
            State(LONG, {"lines": [s.line(s.LONG_TITLE, summary=s.LONG)]}),
        ],
    ),
    Component(
        _("Resultado da busca"),
        f"{SEARCH}/parts/hit.html",
        lambda: [
            State(
                USUAL,
                {
                    "heading": "h3",
                    "hit": s.hit(
                        "Emitir o IPTU", extract=[{"text": "IPTU", "found": True}], answer=["pela internet", "grátis"]
                    ),
                },
            ),
            State(_("suspenso"), {"heading": "h3", "hit": s.hit("Tirar alvará", status="suspenso", warning=True)}),
            State(LONG, {"heading": "h3", "hit": s.hit(s.LONG)}),
        ],
        ("ol", "c-result-list"),
    ),
    Component(
        _("Páginas de uma lista"),
        f"{SERVICES}/pager.html",
        lambda: [
            State(_("a primeira"), {"next": "#partes", "page": 1, "pages": 3}),
            State(_("no meio"), {"previous": "#partes", "next": "#partes", "page": 2, "pages": 3}),
            State(_("a última"), {"previous": "#partes", "page": 3, "pages": 3}),
        ],
    ),
    Component(
        _("Nada a mostrar"),
        f"{SERVICES}/empty.html",
        lambda: [
            State(USUAL),
            State(_("com saída"), {"text": "Não há visitas.", "url": "#partes", "way_out": "Ver todas"}),
        ],
    ),
    Component(
        _("Campo de formulário"),
        "conecta_feedback/manifestations/field.html",
        lambda: [
            State(USUAL, {"field": s.field("Seu nome")}),
            State(_("com ajuda"), {"field": s.field("Onde foi", help_text="Rua, número, ponto de referência.")}),
            State(_("com erro"), {"field": s.field("O que aconteceu", error="Conte o que aconteceu.")}),
            State(LONG, {"field": s.field(s.LONG_TITLE, help_text=s.LONG, error=s.LONG_TITLE)}),
        ],
    ),
    Component(
        _("Tabela"),
        "conecta_feedback/panel_table.html",
        lambda: [
            State(
                USUAL,
                {
                    "column": "Serviço",
                    "lines": [
                        {"name": "Podar árvore", "mean": "4,5", "between": "4,1 a 4,8", "count": 120, "resolved": "9"},
                        {"name": s.LONG_TITLE, "url": "#partes", "mean": "2,0", "between": "1 a 3", "count": 12},
                    ],
                },
            ),
        ],
    ),
    Component(
        _("Avaliação"),
        "conecta_feedback/section.html",
        lambda: [State(USUAL, _BODY | {"stars": STARS.items()})],
    ),
    Component(
        _("Formulário de avaliação"),
        "conecta_feedback/rating_form.html",
        lambda: [
            State(_("com erros"), {"form": RatingForm({"took": "muito"}, channels={"web": "Pela internet"}), "most": 3})
        ],
    ),
    Component(
        _("Telefones de emergência"),
        f"{HOME}/emergency.html",
        lambda: [State(USUAL)],
    ),
)
