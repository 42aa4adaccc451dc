"""Addresses of the portal's search."""

from django.urls import path

from search import insight_views, judging_views, opensearch, views

app_name = "conecta_search"
urlpatterns = [
    path("busca/", views.results, name="results"),
    path("busca/desfecho/", insight_views.outcome, name="outcome"),
    path("opensearch.xml", opensearch.description, name="opensearch"),
    path("sugestoes.json", opensearch.suggestions, name="browser_suggestions"),
    path("busca/avaliar/", judging_views.judge, name="judge"),
]
