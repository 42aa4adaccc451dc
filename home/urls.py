"""Addresses of the city's own face that are no pages."""

from django.urls import path

from home import views
from home.widget import views as widget

app_name = "conecta_home"

urlpatterns = [
    path("identidade.css", views.identity_css, name="identity"),
    path("widget.js", widget.script, name="widget"),
    path("widget-<int:version>.js", widget.script, name="widget_version"),
]
