"""Addresses of what the phone's program asks for: the same in every language, or with the language in them."""

from django.urls import path, re_path

from home.offline import data_views, views

urlpatterns = [
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    re_path(r"^offline/icone-(?P<name>192|512|mascara)-(?P<colour>[0-9a-f]{6})\.png$", views.icon, name="offline_icon"),
    path("offline/lidos", data_views.reads, name="offline_reads"),
    path("offline/<slug:locale>/carta.json", data_views.charter_now, name="offline_charter_now"),
    path("offline/<slug:locale>/carta-<str:cursor>.json", data_views.charter, name="offline_charter"),
    path("offline/<slug:locale>/mudancas.json", data_views.changes, name="offline_changes"),
    path("offline/<slug:locale>/<slug:kind>/<slug:entry_id>.json", data_views.entry, name="offline_entry"),
    path("offline/<slug:version>/<str:name>", views.module, name="offline_module"),
]
