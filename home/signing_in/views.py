"""Wagtail's two pages of the door, with the rules of this one."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from wagtail.admin.views import account

from home.signing_in import known_browsers
from home.signing_in.forms import LoginForm, PasswordResetForm, typed


class _Waiting:
    """A form that was sent too early is answered 429."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if form.wait:
            response.status_code = 429
            response["Retry-After"] = str(form.wait)
        return response


@method_decorator(never_cache, name="dispatch")
class LoginView(_Waiting, account.LoginView):
    """To sign in."""

    def get_form_class(self) -> Any:
        """Ours."""
        return LoginForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tried now."""
        return dict(super().get_form_kwargs()) | {"at": timezone.now()}

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Under a new key, by the same person too; the browser is known from now on."""
        response: HttpResponseBase = super().form_valid(form)
        self.request.session.cycle_key()
        known_browsers.remember(self.request, response, typed(form.cleaned_data["username"]))
        return response


@method_decorator(never_cache, name="dispatch")
class PasswordResetView(_Waiting, account.PasswordResetView):
    """To ask for a new password."""

    def get_form_class(self) -> Any:
        """Ours."""
        return PasswordResetForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Asked now."""
        return dict(super().get_form_kwargs()) | {"request": self.request, "at": timezone.now()}
