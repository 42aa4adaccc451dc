"""Screens of the second factor: to show a code, to link a telephone, and what somebody has."""

import time
from base64 import b32encode
from typing import Any
from urllib.parse import quote

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from wagtail.admin import messages

from home.identity import city_identity
from home.second_factor import devices
from home.second_factor.asking import SHOWN, must_have
from home.second_factor.forms import CodeForm, RecoveryForm, ShowForm
from home.second_factor.models import Authenticator
from home.signing_in import attempts

#: Seconds for which a code that was shown is enough to change the telephone or the codes.
LATELY = 600


@method_decorator(sensitive_post_parameters(), name="dispatch")
class _Screen(View):
    """Where the second factor is off there is none."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises ``Http404``."""
        if not settings.CONECTA_SECOND_FACTOR:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def drawn(self, name: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page of this screen, with where one goes from it."""
        there = {"next": self.there()}
        return TemplateResponse(
            self.request, f"conecta_home/admin/second_factor/{name}.html", there | context, status=status
        )

    def there(self) -> str:
        """Where somebody was going: a place of this site."""
        asked = self.request.POST.get("next") or self.request.GET.get("next", "")
        if url_has_allowed_host_and_scheme(asked, {self.request.get_host()}, require_https=self.request.is_secure()):
            return asked
        return reverse("wagtailadmin_home")

    def let_in(self) -> None:
        """From now on this session has shown it, under another key."""
        self.request.session.cycle_key()
        self.request.session[SHOWN] = time.time()

    def refused(self, form: Any, shown: devices.Shown, name: str, **context: Any) -> HttpResponse:
        """Once more, or later."""
        wrong = _("Este código não vale. Espere o próximo aparecer no celular e digite-o aqui.")
        if isinstance(form, RecoveryForm):
            wrong = _("Este código não vale. Confira se copiou todas as letras, e se não o usou antes.")
        form.add_error("code", attempts.told(shown.wait) if shown.wait else wrong)
        return self.drawn(name, status=429 if shown.wait else 200, form=form, **context)


class ShowView(_Screen):
    """After the password, the code."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who has none links one first."""
        if settings.CONECTA_SECOND_FACTOR and devices.telephone(request.user) is None:
            return redirect(
                f"{reverse('conecta_second_factor:link')}?{urlencode({'next': request.GET.get('next', '')})}"
            )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The field."""
        on_paper = "papel" in request.GET
        return self.drawn("show", form=RecoveryForm() if on_paper else ShowForm(), on_paper=on_paper)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """In, if it is right."""
        on_paper = "papel" in request.POST
        form: Any = RecoveryForm(request.POST) if on_paper else ShowForm(request.POST)
        if not form.is_valid():
            return self.drawn("show", form=form, on_paper=on_paper)
        show = devices.show_recovery if on_paper else devices.show
        shown = show(request.user, form.cleaned_data["code"], at=timezone.now())
        if not shown.right:
            return self.refused(form, shown, "show", on_paper=on_paper)
        self.let_in()
        if on_paper:
            left = devices.codes_left(request.user)
            said = _("Códigos de recuperação que ainda valem: %d. Se perdeu o celular, ligue outro em Minha conta.")
            messages.warning(request, said % left)
        return redirect(self.there())


class LinkView(_Screen):
    """Link a telephone, or another in its place."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who has one shows it first."""
        if settings.CONECTA_SECOND_FACTOR and devices.telephone(request.user) and not _lately(request):
            return _show_first(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The square to photograph, and the same in letters."""
        return self.drawn("link", form=CodeForm(), **self._secret())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Linked, if it shows the right code: then the codes to write down, this once."""
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self.drawn("link", form=form, **self._secret())
        shown = devices.link(request.user, form.cleaned_data["code"], at=timezone.now())
        if not shown.right:
            return self.refused(form, shown, "link", **self._secret())
        self.let_in()
        return self.drawn("codes", codes=devices.new_codes(request.user), linked=True)

    def _secret(self) -> dict[str, Any]:
        device = Authenticator.begin(self.request.user)
        letters = b32encode(device.bin_key).decode()
        name = city_identity().name or "Conecta"
        whose = quote(f"{name}:{self.request.user.get_username()}")
        # Applications read the issuer of both places.
        square = segno.make(f"otpauth://totp/{whose}?secret={letters}&issuer={quote(name)}", error="m")
        return {
            "square": square.svg_data_uri(scale=5, border=4, light="#fff"),
            "letters": " ".join(letters[place : place + 4] for place in range(0, len(letters), 4)),
            "required": must_have(self.request.user, timezone.localdate()),
        }


class MineView(_Screen):
    """What somebody has, and what they may do with it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """In the frame of the admin."""
        return self.drawn(
            "mine",
            page_title=_("Segundo fator"),
            header_icon="lock",
            telephone=devices.telephone(request.user),
            left=devices.codes_left(request.user),
            required=must_have(request.user, timezone.localdate()),
        )

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Make new codes, or turn it off where it is not asked for."""
        if devices.telephone(request.user) is None or not _lately(request):
            return _show_first(request)
        if request.POST.get("act") == "codes":
            codes = devices.new_codes(request.user)
            devices.note_new_codes(request.user)
            return self.drawn("codes", codes=codes, linked=False)
        if request.POST.get("act") == "off" and not must_have(request.user, timezone.localdate()):
            devices.turn_off(request.user, at=timezone.now())
            messages.success(request, _("Desligado. Sua conta pede só a senha."))
        return redirect("conecta_second_factor:mine")


def _lately(request: HttpRequest) -> bool:
    return bool(time.time() - request.session.get(SHOWN, 0) < LATELY)


def _show_first(request: HttpRequest) -> HttpResponseBase:
    back = request.get_full_path() if request.method == "GET" else reverse("conecta_second_factor:mine")
    return redirect(f"{reverse('conecta_second_factor:show')}?{urlencode({'next': back})}")
