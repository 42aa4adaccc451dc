"""Addresses of what people say."""

from django.urls import include, path, register_converter

from feedback import views
from feedback.privacy.views import rights
from services.record.identity import is_id


class RecordId:
    """The id of a record."""

    regex = "[a-z2-7]{10}"

    def to_python(self, value: str) -> str:
        """The id. Raises ``ValueError`` for what is none."""
        if not is_id(value):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(RecordId, "record_id")

app_name = "conecta_feedback"
urlpatterns = [
    path("avaliar/<record_id:record_id>/", views.rate, name="rate"),
    path("avaliar/<record_id:record_id>/obrigado/", views.thanks, name="thanks"),
    path("manifestacoes/", include("feedback.manifestations.urls")),
    path("privacidade/direitos/", rights, name="rights"),
]
