"""Addresses of what people say."""

from django.urls import include, path, register_converter

from feedback import views
from feedback.panel import open_data_views as open_data
from feedback.panel import views as panel
from feedback.participation import views as participation_views
from feedback.privacy.views import rights
from feedback.ways import link_views
from feedback.yearly import views as yearly_views
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
    path("avaliar/l/<str:signed>/", link_views.rate_by_link, name="link"),
    path("avaliacao/", panel.city, name="panel"),
    path("avaliacao/orgao/<record_id:record_id>/", panel.body, name="panel_secretariat"),
    path("avaliacao/servico/<record_id:record_id>/", panel.service, name="panel_service"),
    path("avaliacao/dados.csv", open_data.csv_file, name="figures_csv"),
    path("avaliacao/dados.json", open_data.json_file, name="figures_json"),
    path("avaliacao/dicionario.json", open_data.dictionary, name="figures_dictionary"),
    path("", include("feedback.posters.urls")),
    path("", include("feedback.page_help.urls")),
    path("manifestacoes/", include("feedback.manifestations.urls")),
    path("privacidade/direitos/", rights, name="rights"),
    path("relatorios/<record_id:record_id>.pdf", yearly_views.pdf, name="yearly_pdf"),
    path("participar/", participation_views.index, name="participation"),
    path("participar/<record_id:record_id>/responder/", participation_views.respond, name="respond"),
    path("participar/<record_id:record_id>/obrigado/", participation_views.thanks, name="consultation_thanks"),
]
