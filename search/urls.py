"""Addresses of the portal's search."""

from django.urls import path

from search import views

app_name = "conecta_search"
urlpatterns = [path("busca/", views.results, name="results")]
