"""The results page within the site's other pages, wherever the site itself puts it."""

from django.urls import include, path

urlpatterns = [
    path("", include("search.urls")),
    path("", include("home.urls")),
    path("", include("services.urls")),
]
