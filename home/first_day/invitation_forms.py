"""What is asked of who invites, and of who was invited."""

import re
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.auto_height_text import AdminAutoHeightTextInput

from services.languages import source_locale
from services.models import RoleGroup, SecretariatPage
from services.roles import ROLES

#: Of one sending: each is a mail that the screen waits for.
MOST = 50
#: A login has no more letters.
LONGEST = 150
_IN_BRACKETS = re.compile(r"<([^<>]*)>")

#: Role → what it is for, as people read it who give it.
PURPOSES = {
    "redacao": gettext_lazy("escreve as páginas de um órgão"),
    "revisao": gettext_lazy("a chefia do órgão: aprova primeiro"),
    "comunicacao": gettext_lazy("aprova por último, para toda a cidade"),
    "ouvidoria": gettext_lazy("lê e responde ao que a população diz"),
    "controle": gettext_lazy("lê tudo e não muda nada"),
    "administracao": gettext_lazy("cuida das pessoas e do sistema"),
}


def addresses_in(text: str) -> list[str]:
    """The addresses that a text lists, with line breaks, commas or semicolons between, once each.

    ``Maria <maria@cidade.gov.br>`` is read as mail programs write it. Raises ``ValidationError``.
    """
    found: dict[str, None] = {}
    faults = []
    for part in re.split(r"[,;\n]", text):
        bracketed = _IN_BRACKETS.findall(part)
        for each in bracketed or part.split():
            address = each.strip().lower()
            try:
                validate_email(address)
            except ValidationError:
                faults.append(_("“%s” não é um endereço de e-mail.") % each[:60])
                continue
            if len(address) > LONGEST:
                faults.append(_("“%s” é comprido demais.") % f"{address[:40]}…")
            found[address] = None
    if not found and not faults:
        faults.append(_("Escreva pelo menos um e-mail."))
    if len(found) > MOST:
        faults.append(_("São mais de %d e-mails: convide em duas vezes.") % MOST)
    if faults:
        raise ValidationError(faults)
    return list(found)


class InviteForm(forms.Form):
    """Who, for which role, of which body."""

    emails = forms.CharField(
        label=gettext_lazy("E-mails"),
        widget=AdminAutoHeightTextInput(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Um por linha, ou separados por vírgula. Exemplo: maria@prefeitura.ba.gov.br"),
    )
    role = forms.ChoiceField(label=gettext_lazy("Papel"), help_text=gettext_lazy("Exemplo: Redação"))
    body: Any = forms.ModelChoiceField(
        SecretariatPage.objects.none(),
        label=gettext_lazy("Órgão"),
        required=False,
        empty_label=gettext_lazy("Toda a cidade"),
        help_text=gettext_lazy("Só para Redação e Revisão; os outros papéis são da cidade toda. Exemplo: Finanças"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.key, f"{role.label}: {PURPOSES[role.key]}") for role in ROLES.values()
        ]
        bodies = SecretariatPage.objects.filter(locale__language_code=source_locale(), alias_of=None, valid_until=None)
        self.fields["body"].queryset = bodies.exclude(record_id="").order_by("title")  # type: ignore[attr-defined]

    def clean_emails(self) -> list[str]:
        """As a list."""
        return addresses_in(self.cleaned_data["emails"])

    def clean(self) -> None:
        """The group of the role and the body."""
        super().clean()
        role, body = ROLES.get(self.cleaned_data.get("role", "")), self.cleaned_data.get("body")
        if role is None or "body" in self.errors:
            return
        if role.of_a_body and body is None:
            self.add_error("body", _("De que órgão? Este papel é sempre de um órgão."))
        elif not role.of_a_body and body is not None:
            self.add_error("body", _("Este papel é da cidade toda: escolha “Toda a cidade”."))
        else:
            own = body.record_id if body is not None else ""
            kept = RoleGroup.objects.select_related("group").filter(role=role.key, body=own).first()
            if kept is None:
                self.add_error(
                    "role", _("Este papel ainda não existe aqui: peça à informática que rode “setup_roles”.")
                )
            else:
                self.cleaned_data["group"] = kept.group

    @property
    def group(self) -> Group:
        """What they will hold; of a valid form."""
        found: Group = self.cleaned_data["group"]
        return found


class AcceptForm(forms.Form):
    """Name and password of who was invited."""

    first_name = forms.CharField(label=gettext_lazy("Nome"), max_length=150, help_text=gettext_lazy("Exemplo: Maria"))
    last_name = forms.CharField(
        label=gettext_lazy("Sobrenome"), max_length=150, help_text=gettext_lazy("Exemplo: de Souza")
    )
    password1 = forms.CharField(
        label=gettext_lazy("Senha"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )
    password2 = forms.CharField(
        label=gettext_lazy("A mesma senha outra vez"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        """``account`` is the unsaved one that a password must not resemble."""
        super().__init__(*args, **kwargs)
        self.account = account

    def clean(self) -> None:
        """The same twice, and none that is guessed at once."""
        super().clean()
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if not first or not second:
            return
        if first != second:
            self.add_error("password2", _("As duas senhas não são iguais."))
            return
        self.account.first_name = self.cleaned_data.get("first_name", "")
        self.account.last_name = self.cleaned_data.get("last_name", "")
        try:
            validate_password(first, self.account)
        except ValidationError as error:
            self.add_error("password1", error)
