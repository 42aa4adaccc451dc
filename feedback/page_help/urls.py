"""Addresses of what readers say of a page."""

from django.urls import URLPattern, path

from feedback.page_help import views

urlpatterns: list[URLPattern] = [
    path("esta-pagina/", views.ask_of_page, name="page_help_page"),
    path("esta-pagina/obrigado/", views.thank_for_page, name="page_helped"),
    path("esta-pagina/<slug:kind>/<record_id:record_id>/", views.ask_of_entry, name="page_help"),
    path("esta-pagina/<slug:kind>/<record_id:record_id>/obrigado/", views.thank_for_entry, name="helped"),
]
