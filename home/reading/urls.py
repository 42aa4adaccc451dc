"""Addresses of the help with reading, in every language."""

from django.urls import path, re_path

from home.reading import views

app_name = "conecta_reading"

urlpatterns = [
    path("glossario/", views.glossary_page, name="glossary"),
    path("libras/", views.libras, name="libras"),
    re_path(r"^libras/(?P<entry_id>[a-z2-7]{10})/$", views.libras_of, name="libras_of"),
]
