"""The page for webmasters, in each language."""

from django.urls import path

from home.widget import views

app_name = "conecta_widget"

urlpatterns = [path("para-sites/", views.for_sites, name="for_sites")]
