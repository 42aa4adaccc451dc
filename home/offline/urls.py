"""The pages about what a phone keeps, in each language."""

from django.urls import path

from home.offline import views

app_name = "conecta_offline"

urlpatterns = [
    path("sem-internet/", views.away, name="away"),
    path("guardar/", views.keep, name="keep"),
]
