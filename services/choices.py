"""The words that a record allows where it allows only a few, and what an editor reads for each."""

from django.utils.translation import gettext_lazy as _

DURATION_UNITS = [
    ("minutes", _("minutos")),
    ("hours", _("horas")),
    ("calendar_days", _("dias corridos")),
    ("working_days", _("dias úteis")),
    ("months", _("meses")),
]
TIME_TYPES = [
    ("immediate", _("Na hora")),
    ("up_to", _("Até")),
    ("between", _("Entre")),
    ("average", _("Em média")),
    ("not_estimated", _("Ainda não estimado")),
]
CHANNEL_TYPES = [
    ("in_person", _("Presencial")),
    ("web", _("Internet")),
    ("web_schedule", _("Internet: agendar")),
    ("web_track", _("Internet: acompanhar")),
    ("web_consult", _("Internet: consultar")),
    ("web_enrol", _("Internet: inscrever-se")),
    ("web_issue", _("Internet: emitir")),
    ("web_fill_in", _("Internet: preencher")),
    ("web_declare", _("Internet: declarar")),
    ("web_calculate", _("Internet: calcular taxas")),
    ("app", _("Aplicativo de celular")),
    ("phone", _("Telefone")),
    ("whatsapp", _("WhatsApp")),
    ("sms", _("SMS")),
    ("email", _("E-mail")),
    ("post", _("Correios")),
    ("fax", _("Fax")),
    ("home_visit", _("Visita em casa")),
]
CRITERION_BASES = [
    ("order", _("Ordem de chegada ou de inscrição")),
    ("income", _("Renda")),
    ("priority_group", _("Grupo com prioridade")),
    ("lottery", _("Sorteio")),
    ("assessment", _("Avaliação técnica")),
    ("other", _("Outro")),
]
CONTACT_TYPES = [
    ("phone", _("Telefone")),
    ("whatsapp", _("WhatsApp")),
    ("email", _("E-mail")),
    ("website", _("Site")),
    ("social", _("Rede social")),
]
WEEKDAYS = [
    ("mon", _("Segunda")),
    ("tue", _("Terça")),
    ("wed", _("Quarta")),
    ("thu", _("Quinta")),
    ("fri", _("Sexta")),
    ("sat", _("Sábado")),
    ("sun", _("Domingo")),
]
#: Rules of completeness that a service may say do not apply to it.
WAIVABLE = [
    ("documents", _("Documentos")),
    ("waiting", _("Tempo de espera pelo atendimento")),
    ("status_lookup", _("Acompanhamento do pedido")),
    ("criteria", _("Critérios de decisão")),
    ("appeal", _("Recurso")),
]
