"""Addresses of the city's own face that are no pages."""

from django.urls import path

from home import bundle_views
from home.cards import views as cards
from home.observatory import views as observatory
from home.offline.addresses import urlpatterns as offline
from home.style_page import views as style_page
from home.widget import views as widget

app_name = "conecta_home"

urlpatterns = [
    path("conecta-<slug:digest>.css", bundle_views.style, name="style"),
    path("conecta-<slug:digest>.js", bundle_views.script, name="script"),
    path("estilo/", style_page.show, name="style_page"),
    path("cartoes/<slug:stem>.png", cards.card, name="card"),
    path("widget.js", widget.script, name="widget"),
    path("widget-<int:version>.js", widget.script, name="widget_version"),
    *offline,
    # Files are in the language in which the city writes.
    path("observatorio/dicionario.json", observatory.dictionary_file, name="observatory_dictionary"),
    path("observatorio/dados/<slug:name>.csv", observatory.table_file, {"form": "csv"}, name="observatory_csv"),
    path("observatorio/dados/<slug:name>.json", observatory.table_file, {"form": "json"}, name="observatory_json"),
]
