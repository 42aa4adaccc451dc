"""The observatory's pages, in each language."""

from django.urls import path

from home.observatory import views

app_name = "conecta_observatory"

urlpatterns = [
    path("observatorio/", views.index, name="index"),
    path("observatorio/dados/", views.data, name="data"),
    path("observatorio/<slug:name>/", views.section, name="section"),
]
