"""The forms of who manifests. None asks why (Lei 13.460 art. 10 §2), and nobody has to say who they are."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.by_programs import begun, is_by_a_program
from feedback.manifestations.attachments import ACCEPTED
from feedback.manifestations.contacts import LONGEST, Who
from feedback.manifestations.receiving import Brought
from feedback.manifestations.sent import sent
from feedback.models import LONGEST_TEXT, Manifestation
from services.languages import current_locale

Kind = Manifestation.Kind
#: What each kind is for, as a person would say it.
MEANINGS: dict[str, Promise | str] = {
    Kind.COMPLAINT: _("Algo não foi feito, demorou ou foi mal feito."),
    Kind.DENUNCIATION: _("Alguém fez algo errado ou ilegal. Só a Ouvidoria lê, e quem você é fica protegido."),
    Kind.SUGGESTION: _("Você tem uma ideia para melhorar."),
    Kind.PRAISE: _("Você gostou do serviço ou de quem atendeu."),
    Kind.REQUEST: _("Você precisa que a Prefeitura faça ou informe alguma coisa."),
    Kind.SIMPLIFY: _("Pediram papel demais, cópia autenticada ou passos sem necessidade."),
}


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManifestationForm(forms.Form):
    """Draws the fields. What comes back is read by ``brought_by``, which refuses nothing (art. 11)."""

    kind = forms.ChoiceField(
        choices=[(kind, kind.label) for kind in Kind], widget=forms.RadioSelect, label=_("O que você quer fazer?")
    )
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST_TEXT}),
        required=False,
        label=_("Conte o que aconteceu"),
        help_text=_("Se puder, diga onde e quando foi. Não precisa dizer por que você está procurando a Ouvidoria."),
    )
    attachments = forms.FileField(
        widget=FilesInput(attrs={"accept": ACCEPTED}),
        required=False,
        label=_("Fotos ou documentos"),
        help_text=_("Se quiser. Até 5 arquivos PDF, JPEG, PNG ou WebP, de até 10 MB cada."),
    )
    name = forms.CharField(required=False, max_length=LONGEST, label=_("Nome"))
    email = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=_("E-mail"),
        help_text=_("Avisamos por ele quando houver resposta."),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )
    phone = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=_("Telefone ou WhatsApp"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
    begun = forms.CharField(widget=forms.HiddenInput)
    service = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    # What a person does not see is filled in by programs alone.
    site = forms.CharField(required=False, label=_("Deixe este campo em branco"))

    def kinds(self) -> list[tuple[Any, Promise | str]]:
        """Each choice, and what it means."""
        return [(choice, MEANINGS[Kind(choice.data["value"])]) for choice in self["kind"]]


def fresh(*, service: str = "", version: str = "") -> dict[str, Any]:
    """What a form that nobody has filled in yet begins with."""
    return {"token": uuid.uuid4(), "begun": begun(), "service": service, "version": version}


def token_of(text: str) -> uuid.UUID | None:
    """The token that a form sent back, if it is one."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def brought_by(request: HttpRequest) -> tuple[Brought, bool]:
    """What a person sent, as it came, and whether a program seems to have filled it in."""
    came = sent(request, files="attachments")
    fields = came.fields
    token = token_of(fields.get("token", ""))
    brought = Brought(
        token=token or uuid.uuid4(),
        kind=fields.get("kind", ""),
        text=fields.get("text", ""),
        service_id=fields.get("service", ""),
        version=fields.get("version", ""),
        locale=current_locale(),
        contact=who_of(fields),
        files=came.files,
        whole=came.whole,
    )
    return brought, token is None or is_by_a_program(fields.get("site", ""), fields.get("begun", ""))


def who_of(fields: QueryDict) -> Who:
    """What they said of themself, nothing being nobody."""
    return Who(**{name: fields.get(name, "").strip() for name in ("name", "email", "phone", "address")})


class FollowForm(forms.Form):
    """Protocol and secret."""

    protocol = forms.CharField(
        max_length=40,
        label=_("Protocolo"),
        help_text=_("Exemplo: 2026.12345678"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    secret = forms.CharField(
        max_length=64,
        label=_("Código secreto"),
        help_text=_("As 12 letras que vieram com o protocolo. Tanto faz se maiúsculas ou minúsculas."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
