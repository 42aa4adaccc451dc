"""Addresses of codes and posters: printed ones lead here for years, so they do not change."""

from django.urls import URLPattern, path

from feedback.posters import views
from feedback.posters.reading import KINDS

urlpatterns: list[URLPattern] = [
    path("avaliar/unidade/<record_id:record_id>/", views.rate_unit, name="rate_unit"),
    path("a/<record_id:record_id>/", views.typed, name="typed"),
    path("a/<record_id:record_id>", views.typed),
    *(
        path(f"qr/{what}/<record_id:record_id>.{form}", views.code, {"what": what, "form": form}, name=f"{form}_{what}")
        for what in KINDS
        for form in ("svg", "png")
    ),
    *(
        path(
            f"cartaz/{what}/<record_id:record_id>/{size}.pdf",
            views.poster,
            {"what": what, "size": size},
            name=f"poster_{what}_{size}",
        )
        for what in KINDS
        for size in ("a4", "a5")
    ),
]
