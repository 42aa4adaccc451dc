"""Addresses of the city's own face that are no pages."""

from django.urls import path

from home import views

app_name = "conecta_home"

urlpatterns = [path("identidade.css", views.identity_css, name="identity")]
