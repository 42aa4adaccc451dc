"""Addresses of the pages about the site, in each language."""

from django.urls import path

from home.about import views

app_name = "conecta_about"

urlpatterns = [
    path("mapa-do-site/", views.site_map, name="site_map"),
    path("acessibilidade/", views.accessibility, name="accessibility"),
    path("privacidade/", views.privacy, name="privacy"),
]
