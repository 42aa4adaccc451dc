"""The forms with which Administração says who is told of what."""

import ipaddress
import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from services import changes, naming
from services.languages import source_locale
from services.models import PublishedRecord, Webhook
from services.reaching.addresses import is_public
from services.record import RECORD_TYPES, Kind
from services.webhooks.outcomes import resume
from services.webhooks.signing import new_seal

#: All that the log holds.
KINDS: tuple[Kind, ...] = tuple(RECORD_TYPES)
FROM_NOW, FROM_START = "now", "start"
#: A name, an address of either kind; as httpx has it, with other letters encoded.
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")


class WebhookForm(WagtailAdminModelForm):
    """A subscription. ``begin`` is asked once: what has been told is not told again."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("O que enviar"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nada marcado: tudo o que é público."),
    )
    bodies = forms.MultipleChoiceField(
        label=gettext_lazy("De quais órgãos"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nada marcado: de todos. Marcados: só o que é desses órgãos."),
    )
    begin = forms.ChoiceField(
        label=gettext_lazy("Começar"),
        widget=forms.RadioSelect,
        choices=[
            (FROM_START, gettext_lazy("por tudo o que já está publicado")),
            (FROM_NOW, gettext_lazy("só pelo que mudar daqui em diante")),
        ],
        initial=FROM_START,
    )

    class Meta:
        model = Webhook
        fields = ["name", "url", "kinds", "bodies", "active"]
        widgets = {"url": forms.URLInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind, naming.kind(kind)) for kind in KINDS]
        self.fields["bodies"].choices = _bodies(self.instance.bodies)
        if self.instance.pk:
            del self.fields["begin"]

    def clean_url(self) -> str:
        """An address that may be sent to, as far as it can be seen; who is behind it is seen at each connection."""
        # It takes four MiB with all that it loads, and few processes see this form.
        import httpx

        from services.webhooks.sending import allows_private_addresses

        given: str = self.cleaned_data["url"].strip()
        try:
            url = httpx.URL(given)
        except httpx.InvalidURL:
            url = httpx.URL("")
        private = allows_private_addresses()
        if url.scheme not in (("http", "https") if private else ("https",)) or not _HOST.fullmatch(url.raw_host):
            raise ValidationError(
                _("Escreva o endereço inteiro, com http:// ou https:// no começo.")
                if private
                else _("Escreva o endereço inteiro, com https:// no começo.")
            )
        if url.userinfo:
            raise ValidationError(_("Não ponha usuário nem senha no endereço: cada mensagem já vai assinada."))
        if not private and _is_inside(url.host):
            raise ValidationError(_("Este endereço é da rede interna, e esta instalação só envia para a internet."))
        return str(url.copy_with(fragment=None))

    def save(self, commit: bool = True) -> Any:
        """A new one with its secret and the place at which it begins; of one that is there only what is in the form."""
        hook = self.instance
        if hook.pk is None:
            hook.seal = new_seal()
            if self.cleaned_data["begin"] == FROM_NOW:
                hook.cursor = changes.cursor(*changes.head())
            return super().save(commit=commit)
        # Its place is the worker's to write; who is sending now looks again before the next message.
        hook.taken_by = ""
        hook.save(update_fields=[*self.Meta.fields, "taken_by"])
        if "bodies" in self.changed_data:
            hook.removals.all().delete()
        if "url" in self.changed_data:
            resume(hook)
        return hook


def _bodies(held: list[str]) -> list[tuple[str, str]]:
    """Public bodies by name, and those asked for that are public no more."""
    rows = PublishedRecord.objects.public().filter(kind="secretariat", locale=source_locale()).order_by("title")
    found = [(entry_id, title) for entry_id, title in rows.values_list("entry_id", "title")]
    known = {entry_id for entry_id, _title in found}
    return found + [(each, _("Órgão que saiu do ar (%s)") % each) for each in held if each not in known]


def _is_inside(host: str) -> bool:
    try:
        return not is_public(ipaddress.ip_address(host))
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


class ReplayForm(forms.Form):
    """From where to send again."""

    START, DATE, CURSOR = "start", "date", "cursor"

    place = forms.ChoiceField(
        label=gettext_lazy("A partir de onde"),
        widget=forms.RadioSelect,
        initial=START,
        choices=[
            (START, gettext_lazy("do início: tudo o que está publicado")),
            (DATE, gettext_lazy("do que mudou desde um dia")),
            (CURSOR, gettext_lazy("de um ponto que o outro sistema informou")),
        ],
    )
    day = forms.DateField(label=gettext_lazy("Dia"), required=False, widget=AdminDateInput)
    cursor = forms.CharField(
        label=gettext_lazy("Ponto"), required=False, max_length=64, help_text=gettext_lazy("Exemplo: 9f2c41ab.1842")
    )

    def clean(self) -> dict[str, Any]:
        """``after`` is the cursor that is meant."""
        found: dict[str, Any] = super().clean() or {}
        place = found.get("place")
        if place == self.START:
            found["after"] = changes.START
        elif place == self.DATE and not self.errors:
            if found.get("day") is None:
                self.add_error("day", _("Escolha o dia."))
            else:
                found["after"] = _before(timezone.make_aware(datetime.combine(found["day"], time())))
        elif place == self.CURSOR:
            found["after"] = self._read(found.get("cursor", "").strip())
        return found

    def _read(self, given: str) -> str:
        try:
            changes.read(given, limit=1)
        except ValueError:
            self.add_error("cursor", _("Isto não é um ponto. Exemplo: 9f2c41ab.1842"))
        except changes.CursorGone:
            self.add_error("cursor", _("Este ponto não vale mais: envie de novo do início."))
        return given


def _before(moment: datetime) -> str:
    """The cursor before all that changed since a moment."""
    epoch, last = changes.head()
    first = PublishedRecord.objects.filter(changed_at__gte=moment).aggregate(first=Min("sequence"))["first"]
    return changes.cursor(epoch, last if first is None else first - 1)
