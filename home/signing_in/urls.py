"""Doors that stand before Wagtail's own, below the admin's address."""

from django.urls import path

from home.signing_in.views import LoginView, PasswordResetView

#: Without names: those of Wagtail lead to the same addresses.
urlpatterns = [
    path("login/", LoginView.as_view()),
    path("password_reset/", PasswordResetView.as_view()),
]
