"""Addresses of the charter's pages; the last one catches all, so include this just before Wagtail's own."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from services import feed, views
from services.booklet import public_views as booklet
from services.checklist_views import ENDING as CHECKLIST
from services.checklist_views import own_checklist
from services.comparing.public_views import ENDING, changes
from services.elsewhere import views as elsewhere
from services.found import views as found
from services.indexes.forms_views import forms
from services.indexes.latest_views import latest
from services.indexes.near_views import near
from services.indexes.questions_views import questions
from services.indexes.units_views import units
from services.indexes.visits_views import visits
from services.listings import LISTINGS
from services.visits.views import go

app_name = "conecta_services"

urlpatterns = [
    re_path(r"^s/(?P<entry_id>[a-z2-7]{10})/?$", views.short_link, name="short_link"),
    re_path(r"^s/(?P<entry_id>[a-z2-7]{10})\.svg$", found.code, name="code"),
    re_path(r"^ir/(?P<entry_id>[a-z2-7]{10})/?$", go, name="go"),
    path("atualizacoes.xml", feed.updates, name="updates"),
    path("visitas.ics", elsewhere.visits_calendar, name="visits_calendar"),
    path("unidades.geojson", elsewhere.units_map, name="units_map"),
    path("visitas/", visits, name="visits"),
    path("perto/", near, name="near"),
    path("formularios/", forms, name="formularios"),
    path("unidades/", units, name="unidades"),
    path("perguntas/", questions, name="questions"),
    path("o-que-mudou/", latest, name="latest"),
    path("carta-de-servicos/", booklet.editions, name="editions"),
    path("carta-de-servicos/livreto.pdf", booklet.newest, name="newest_booklet"),
    re_path(r"^carta-de-servicos/livreto-(?P<body>[a-z2-7]{10})\.pdf$", booklet.newest, name="newest_booklet_of"),
    path("carta-de-servicos/<slug:code>/<str:name>", booklet.edition_file, name="edition_file"),
    *(path(f"{listing.path}/", views.listing, {"path": listing.path}, name=listing.path) for listing in LISTINGS),
    re_path(rf"^(?P<path>(?:[\w\-]+/)+){ENDING}$", changes, name="changes"),
    re_path(rf"^(?P<path>(?:[\w\-]+/)+){CHECKLIST}$", own_checklist, name="checklist"),
    re_path(serve_pattern, views.entry, name="entry"),
]
