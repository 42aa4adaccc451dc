"""The acts on a manifestation, each a form of its own: what it asks, who is offered it, what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.auto_height_text import AdminAutoHeightTextInput

from feedback import asking, inbox
from feedback.improvements import OFFERED, note_change, versions_after
from feedback.models import LONGEST_TEXT, Manifestation, Rating
from feedback.naming import bodies, services_of
from feedback.owing import OPEN
from feedback.reading import Reader
from feedback.roles import ANSWER, CHANGE, NOTE_IMPROVEMENT

_State = Manifestation.State


def written(label: Any, help_text: Any = "", *, rows: int = 4) -> forms.CharField:
    """A text; whether there is enough of it is for the act to say."""
    widget = AdminAutoHeightTextInput(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST_TEXT, widget=widget)


class ActForm(forms.Form):
    """An act's fields, for one that it is done to."""

    def __init__(self, said: Any, data: Any = None, *, prefix: str) -> None:
        super().__init__(data, prefix=prefix, initial=self.beginning(said))
        self.prepare(said)

    def beginning(self, said: Any) -> dict[str, Any]:
        """What the fields hold at first."""
        return {}

    def prepare(self, said: Any) -> None:
        """Fill in what there is to choose from."""

    def choose(self, name: str, choices: Any) -> None:
        """What a field offers."""
        field: Any = self.fields[name]
        field.choices = choices


class AnswerForm(ActForm):
    """To the person."""

    text = written(
        _("Resposta para quem se manifestou"),
        _("A pessoa lê este texto. Diga o que foi feito, o que não foi e por quê, em palavras simples."),
        rows=8,
    )

    def beginning(self, said: Manifestation) -> dict[str, Any]:
        """The answer that there is, to be completed."""
        return {"text": said.answer}


class AskForm(ActForm):
    """To a body."""

    body = forms.ChoiceField(label=_("Órgão"))
    text = written(
        _("O que o órgão precisa informar"),
        _("O órgão tem 20 dias. Não escreva quem se manifestou nem como falar com a pessoa."),
    )

    def beginning(self, said: Manifestation) -> dict[str, Any]:
        """The body that it is about."""
        return {"body": said.body_id}

    def prepare(self, said: Manifestation) -> None:
        """All bodies."""
        self.choose("body", bodies())


class ClassifyForm(ActForm):
    """What it is, and whose."""

    kind = forms.ChoiceField(label=_("Tipo"), choices=Manifestation.Kind.choices)
    body = forms.ChoiceField(label=_("Órgão"), required=False)
    service = forms.ChoiceField(
        label=_("Serviço"),
        required=False,
        help_text=_("Serviços do órgão acima. Para escolher de outro, mude primeiro o órgão e salve."),
    )

    def beginning(self, said: Manifestation) -> dict[str, Any]:
        """As it stands."""
        return {"kind": said.kind, "body": said.body_id, "service": said.service_id}

    def prepare(self, said: Manifestation) -> None:
        """All bodies, and the services of this one's."""
        none: list[tuple[str, Any]] = [("", _("Nenhum"))]
        own = services_of(said.body_id) if said.body_id else []
        kept = [] if said.service_id in {entry_id for entry_id, _title in own} else [(said.service_id, said.service_id)]
        self.choose("body", none + bodies())
        self.choose("service", none + [each for each in kept if each[0]] + own)


class AssignForm(ActForm):
    """To whom."""

    person = forms.ModelChoiceField(
        label=_("Pessoa"), queryset=get_user_model()._default_manager.none(), required=False, empty_label=_("Ninguém")
    )

    def beginning(self, said: Manifestation) -> dict[str, Any]:
        """Whose it is."""
        return {"person": said.assigned_to_id}

    def prepare(self, said: Manifestation) -> None:
        """Those who answer."""
        field: Any = self.fields["person"]
        field.queryset = who_answer()
        field.label_from_instance = lambda person: person.get_full_name() or person.get_username()


def who_answer() -> Any:
    """People who answer manifestations."""
    held = {"content_type__app_label": "conecta_feedback", "codename": ANSWER}
    through = [Q(**{f"{way}__{name}": value for name, value in held.items()}) for way in _WAYS]
    users = get_user_model()._default_manager.filter(through[0] | through[1], is_active=True)
    return users.distinct().order_by("first_name", "last_name", "pk")


_WAYS = ("groups__permissions", "user_permissions")


class ExtendForm(ActForm):
    """Why."""

    text = written(
        _("Motivo da prorrogação"),
        _("A pessoa lê este motivo. São mais 30 dias, uma única vez (Lei 13.460, art. 16)."),
        rows=2,
    )


class NoteForm(ActForm):
    """For colleagues."""

    text = written(_("Anotação"), _("Só a Ouvidoria e o Controle leem."), rows=3)


class CloseForm(ActForm):
    """Nothing is asked."""


class ChangeForm(ActForm):
    """What came of it."""

    version = forms.ChoiceField(label=_("Publicação em que a mudança entrou"))
    text = written(
        _("O que mudou, em uma frase para todos"),
        _("Exemplo: A lista de documentos agora diz que cópia simples basta. Não escreva nomes."),
        rows=2,
    )

    def prepare(self, said: Manifestation | Rating) -> None:
        """What was published since."""
        versions = versions_after(said)[:OFFERED]
        self.choose("version", [(str(each.sequence), _version(each)) for each in versions])


def _version(version: Any) -> str:
    return f"{version.record.title} · {timezone.localtime(version.published_at):%d/%m/%Y %H:%M}"


@dataclass(frozen=True)
class Act:
    """One act: what it is called, its form, and how it is done."""

    name: str
    label: Promise | str
    done: Promise | str
    form: type[ActForm]
    do: Callable[[Any, Any, dict[str, Any], datetime], object]
    help_text: Promise | str = ""


ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act(
            "answer",
            _("Responder"),
            _("Resposta enviada."),
            AnswerForm,
            lambda said, user, data, at: inbox.answer(said, user, data["text"], at=at),
        ),
        Act(
            "ask",
            _("Pedir informação a um órgão"),
            _("Pedido enviado ao órgão."),
            AskForm,
            lambda said, user, data, at: asking.ask_body(said, user, data["body"], data["text"], at=at),
        ),
        Act(
            "classify",
            _("Mudar tipo, órgão ou serviço"),
            _("Classificação salva."),
            ClassifyForm,
            lambda said, user, data, at: inbox.classify(
                said, user, at=at, kind=data["kind"], service_id=data["service"], body_id=data["body"]
            ),
        ),
        Act(
            "assign",
            _("Entregar a uma pessoa"),
            _("Salvo."),
            AssignForm,
            lambda said, user, data, at: inbox.assign(said, user, data["person"], at=at),
        ),
        Act(
            "extend",
            _("Prorrogar o prazo"),
            _("Prazo prorrogado por 30 dias."),
            ExtendForm,
            lambda said, user, data, at: inbox.extend(said, user, data["text"], at=at),
        ),
        Act(
            "note",
            _("Anotar"),
            _("Anotação salva."),
            NoteForm,
            lambda said, user, data, at: inbox.note(said, user, data["text"], at=at),
        ),
        Act(
            "change",
            _("Virou mudança"),
            _("Mudança registrada. Obrigado por fazer valer o que a pessoa disse."),
            ChangeForm,
            lambda said, user, data, at: note_change(
                said, user, sequence=int(data["version"]), sentence=data["text"], at=at
            ),
        ),
        Act(
            "close",
            _("Encerrar"),
            _("Manifestação encerrada."),
            CloseForm,
            lambda said, user, _data, at: inbox.close(said, user, at=at),
            _("Encerre quando a pessoa já foi respondida e não há mais nada a fazer."),
        ),
    )
}


class BodyAnswerForm(ActForm):
    """To the ombudsman."""

    text = written(_("Resposta à Ouvidoria"), _("A Ouvidoria escreve a resposta à pessoa a partir da sua."), rows=6)


class BodyExtendForm(ActForm):
    """Why."""

    text = written(
        _("Motivo da prorrogação"), _("São mais 20 dias, uma única vez (Lei 13.460, art. 16, parágrafo único)."), rows=2
    )


REQUEST_ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act(
            "answer",
            _("Responder à Ouvidoria"),
            _("Resposta enviada à Ouvidoria."),
            BodyAnswerForm,
            lambda request, user, data, at: asking.answer_as_body(request, user, data["text"], at=at),
        ),
        Act(
            "extend",
            _("Pedir mais prazo"),
            _("Prazo prorrogado por 20 dias."),
            BodyExtendForm,
            lambda request, user, data, at: asking.extend_as_body(request, user, data["text"], at=at),
        ),
    )
}


def offered(said: Manifestation, reader: Reader, today: date) -> list[str]:
    """Acts that make sense now and are this person's; the act asks again."""
    state, names = said.state, []
    answers, changes = reader.may_everywhere(ANSWER), reader.may_everywhere(CHANGE)
    if answers and state != _State.CLOSED:
        names.append("answer")
    if changes and state in OPEN and not said.restricted:
        names.append("ask")
    if changes and state != _State.CLOSED:
        names += ["classify", "assign"]
    if answers and state in OPEN and said.extended_at is None and today <= said.due_on:
        names.append("extend")
    if changes:
        names.append("note")
    if reader.may(NOTE_IMPROVEMENT, said.body_id) and versions_after(said).exists():
        names.append("change")
    if answers and state == _State.ANSWERED:
        names.append("close")
    return names
