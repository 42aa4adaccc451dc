"""What the closed words of records are called on screens and paper."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy, pgettext_lazy

from services.record.service import CriterionBasis
from services.record.unit import AccessibilityFeature
from services.record.values import Kind, Standard, Standards

# Lazy: a page asks for many of these words, and each table would translate all of its own.
WEEKDAY_NAMES = {
    "mon": gettext_lazy("segunda-feira"),
    "tue": gettext_lazy("terça-feira"),
    "wed": gettext_lazy("quarta-feira"),
    "thu": gettext_lazy("quinta-feira"),
    "fri": gettext_lazy("sexta-feira"),
    "sat": gettext_lazy("sábado"),
    "sun": gettext_lazy("domingo"),
}
SHORT_WEEKDAYS = {
    "mon": pgettext_lazy("weekday", "seg"),
    "tue": pgettext_lazy("weekday", "ter"),
    "wed": pgettext_lazy("weekday", "qua"),
    "thu": pgettext_lazy("weekday", "qui"),
    "fri": pgettext_lazy("weekday", "sex"),
    "sat": pgettext_lazy("weekday", "sáb"),
    "sun": pgettext_lazy("weekday", "dom"),
}
CHANNEL_NAMES = {
    "in_person": gettext_lazy("Presencialmente"),
    "web": gettext_lazy("Pela internet"),
    "web_schedule": gettext_lazy("Agendar pela internet"),
    "web_track": gettext_lazy("Acompanhar pela internet"),
    "web_consult": gettext_lazy("Consultar pela internet"),
    "web_enrol": gettext_lazy("Inscrever-se pela internet"),
    "web_issue": gettext_lazy("Emitir pela internet"),
    "web_fill_in": gettext_lazy("Preencher pela internet"),
    "web_declare": gettext_lazy("Declarar pela internet"),
    "web_calculate": gettext_lazy("Calcular pela internet"),
    "app": gettext_lazy("Pelo aplicativo"),
    "phone": gettext_lazy("Por telefone"),
    "whatsapp": gettext_lazy("Pelo WhatsApp"),
    "sms": gettext_lazy("Por SMS"),
    "email": gettext_lazy("Por e-mail"),
    "post": gettext_lazy("Pelo correio"),
    "fax": gettext_lazy("Por fax"),
    "home_visit": gettext_lazy("Em casa, com visita da equipe"),
}
LOGINS = {
    "unknown": "",
    "none": gettext_lazy("não precisa de cadastro nem senha"),
    "own": gettext_lazy("precisa de cadastro no próprio site"),
    "govbr_bronze": gettext_lazy("precisa de conta gov.br (nível bronze)"),
    "govbr_prata": gettext_lazy("precisa de conta gov.br (nível prata)"),
    "govbr_ouro": gettext_lazy("precisa de conta gov.br (nível ouro)"),
}
DEVICES = {
    "any": gettext_lazy("funciona no celular e no computador"),
    "phone": gettext_lazy("só funciona no celular"),
    "computer": gettext_lazy("só funciona no computador"),
}
CONTACT_NAMES = {
    "phone": gettext_lazy("Telefone"),
    "whatsapp": gettext_lazy("WhatsApp"),
    "email": gettext_lazy("E-mail"),
    "website": gettext_lazy("Página na internet"),
    "social": gettext_lazy("Rede social"),
}
_KINDS = {
    "service": gettext_lazy("Serviço"),
    "procedure": gettext_lazy("Passo a passo"),
    "secretariat": gettext_lazy("Órgão"),
    "information": gettext_lazy("Informação"),
    "unit": gettext_lazy("Unidade de atendimento"),
    "form": gettext_lazy("Formulário"),
    "topic": gettext_lazy("Tema"),
    "audience": gettext_lazy("Público"),
    "life_event": gettext_lazy("Momento da vida"),
    "district": gettext_lazy("Distrito"),
    "question": gettext_lazy("Pergunta"),
    "alert": gettext_lazy("Aviso"),
    "city": gettext_lazy("Cidade"),
    "demand": gettext_lazy("Demanda"),
    "rating": gettext_lazy("Avaliação"),
}
_CRITERIA = {
    "order": gettext_lazy("Por ordem do pedido"),
    "income": gettext_lazy("Pela renda da família"),
    "priority_group": gettext_lazy("Por grupo com prioridade"),
    "lottery": gettext_lazy("Por sorteio"),
    "assessment": gettext_lazy("Por avaliação técnica"),
    "other": gettext_lazy("Outro critério"),
}
_FEATURES = {
    "step_free_entrance": gettext_lazy("Entrada sem degraus"),
    "accessible_toilet": gettext_lazy("Banheiro acessível"),
    "tactile_paving": gettext_lazy("Piso tátil"),
    "sign_language": gettext_lazy("Atendimento em Libras"),
    "reserved_parking": gettext_lazy("Vaga reservada"),
    "lift": gettext_lazy("Elevador"),
    "braille": gettext_lazy("Placas em braile"),
    "priority_seating": gettext_lazy("Assento preferencial"),
}
_STANDARDS = {
    "priority": gettext_lazy("Quem é atendido primeiro"),
    "waiting": gettext_lazy("Tempo de espera"),
    "communication": gettext_lazy("Como a Prefeitura fala com você"),
    "status_lookup": gettext_lazy("Como acompanhar o pedido"),
    "manifestation_handling": gettext_lazy("Como sua reclamação é tratada"),
    "treatment": gettext_lazy("Como você deve ser tratado"),
    "accessibility": gettext_lazy("Acessibilidade do local"),
    "cleanliness": gettext_lazy("Limpeza e conforto"),
    "system_down": gettext_lazy("Se o sistema estiver fora do ar"),
}
_ORIGINS = {
    "service": gettext_lazy("Vale para este serviço"),
    "secretariat": gettext_lazy("Vale para todos os serviços deste órgão"),
    "city": gettext_lazy("Vale para toda a Prefeitura"),
}


def kind(value: Kind) -> str:
    """``Serviço``."""
    return str(_KINDS[value])


def standards(value: Standards) -> Iterator[tuple[str, str, Standard]]:
    """The commitments in force as (field, name, standard), how to complain apart (Lei 13.460 art. 7 §3)."""
    for field, name in _STANDARDS.items():
        standard: Standard | None = getattr(value, field)
        if standard:
            yield field, str(name), standard


def origin(standard: Standard) -> str:
    """Who made a commitment: the service itself, its body, the city for all."""
    return str(_ORIGINS[standard.origin])


def criterion(value: CriterionBasis) -> str:
    """``Por ordem de chegada``."""
    return str(_CRITERIA[value])


def accessibility_feature(value: AccessibilityFeature) -> str:
    """``Entrada sem degraus``."""
    return str(_FEATURES[value])


#: Ways to ask for a service, the nearest to the person first.
WAYS = {
    "online": gettext_lazy("pela internet"),
    "app": gettext_lazy("pelo aplicativo"),
    "phone": gettext_lazy("por telefone"),
    "whatsapp": gettext_lazy("por WhatsApp"),
    "sms": gettext_lazy("por SMS"),
    "email": gettext_lazy("por e-mail"),
    "post": gettext_lazy("pelos Correios"),
    "in_person": gettext_lazy("pessoalmente"),
}
