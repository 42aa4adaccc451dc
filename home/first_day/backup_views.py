"""The screen of the keys for which backups are encrypted: made here and shown once, or pasted."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.debug import sensitive_variables
from wagtail.log_actions import log

from home.first_day.inviting import may_invite
from home.first_day.models import BackupKey

ADDED = "conecta.backup_key.added"
REMOVED = "conecta.backup_key.removed"


class KeyForm(forms.Form):
    """Whose key it is; without one, a new pair is made."""

    name = forms.CharField(
        label=gettext_lazy("De quem é a chave"),
        max_length=120,
        help_text=gettext_lazy("Quem guarda a parte secreta. Exemplo: cofre da Secretaria de Administração"),
    )
    key = forms.CharField(
        label=gettext_lazy("Chave pública"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Deixe vazio para fazer uma chave nova agora. Exemplo: age1ql3z7hjy54pw3hyww5a…"),
    )

    def clean_key(self) -> str:
        """A public key of age, not here yet."""
        key = str(self.cleaned_data["key"]).strip()
        if key.upper().startswith("AGE-SECRET-KEY"):
            raise forms.ValidationError(_("Esta é a parte secreta: nunca a cole aqui. A pública começa com age1."))
        if key:
            import pyrage

            try:
                pyrage.x25519.Recipient.from_str(key)
            except pyrage.RecipientError as error:
                raise forms.ValidationError(_("Isto não é uma chave pública: ela começa com age1.")) from error
            if BackupKey.objects.filter(key=key).exists():
                raise forms.ValidationError(_("Esta chave já está aqui."))
        return key


class BackupKeysView(View):
    """For Administração."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody else."""
        if not may_invite(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The keys, and the empty form."""
        return self._shown(KeyForm())

    @sensitive_variables("secret")
    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep a key; of a new pair the secret half is shown this once and kept nowhere."""
        if "tirar" in request.POST:
            return self._remove(request)
        form = KeyForm(request.POST)
        if not form.is_valid():
            return self._shown(form)
        public, secret = form.cleaned_data["key"], ""
        if not public:
            import pyrage

            pair = pyrage.x25519.Identity.generate()
            public, secret = str(pair.to_public()), str(pair)
        key = BackupKey.objects.create(key=public, name=form.cleaned_data["name"], at=timezone.now())
        log(instance=key, action=ADDED, user=request.user)
        if secret:
            return self._shown(KeyForm(), secret=secret, made=key)
        messages.success(request, _("A chave vale a partir da próxima cópia."))
        return redirect("conecta_first_day:backup_keys")

    def _remove(self, request: HttpRequest) -> HttpResponse:
        number = request.POST["tirar"]
        key = get_object_or_404(BackupKey, pk=int(number) if number.isdecimal() else 0)
        log(instance=key, action=REMOVED, user=request.user)
        key.delete()
        messages.success(
            request, _("As próximas cópias não abrem com a chave de %s; as feitas até agora, sim.") % key.name
        )
        return redirect("conecta_first_day:backup_keys")

    def _shown(self, form: KeyForm, *, secret: str = "", made: BackupKey | None = None) -> HttpResponse:
        context = {
            "page_title": _("Chaves das cópias de segurança"),
            "header_icon": "key",
            "breadcrumbs_items": [
                {"url": reverse("conecta_first_day:list"), "label": _("Primeiros passos")},
                {"url": "", "label": _("Chaves das cópias de segurança")},
            ],
            "form": form,
            "media": form.media,
            "keys": BackupKey.objects.all(),
            "from_the_machine": settings.CONECTA_BACKUP_RECIPIENTS,
            "secret": secret,
            "made": made,
        }
        response = TemplateResponse(self.request, "conecta_home/admin/backup_keys.html", context)
        response["Cache-Control"] = "private, no-store"
        return response
