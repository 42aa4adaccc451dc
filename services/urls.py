"""Addresses of the charter's pages; the last one catches all, so include this just before Wagtail's own."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from services import feed, views
from services.checklist_views import ENDING as CHECKLIST
from services.checklist_views import own_checklist
from services.comparing.public_views import ENDING, changes
from services.elsewhere import views as elsewhere
from services.listings import LISTINGS

app_name = "conecta_services"

urlpatterns = [
    re_path(r"^s/(?P<entry_id>[a-z2-7]{10})/?$", views.short_link, name="short_link"),
    path("atualizacoes.xml", feed.updates, name="updates"),
    path("visitas.ics", elsewhere.visits_calendar, name="visits_calendar"),
    path("unidades.geojson", elsewhere.units_map, name="units_map"),
    *(path(f"{listing.path}/", views.listing, {"path": listing.path}, name=listing.path) for listing in LISTINGS),
    re_path(rf"^(?P<path>(?:[\w\-]+/)+){ENDING}$", changes, name="changes"),
    re_path(rf"^(?P<path>(?:[\w\-]+/)+){CHECKLIST}$", own_checklist, name="checklist"),
    re_path(serve_pattern, views.entry, name="entry"),
]
