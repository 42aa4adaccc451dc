"""What the closed words of records are called on screens and paper."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from services.record.service import CriterionBasis
from services.record.unit import AccessibilityFeature
from services.record.values import Kind, Standard, Standards


def kind(value: Kind) -> str:
    """``Serviço``."""
    return {
        "service": _("Serviço"),
        "procedure": _("Passo a passo"),
        "secretariat": _("Órgão"),
        "information": _("Informação"),
        "unit": _("Unidade de atendimento"),
        "form": _("Formulário"),
        "topic": _("Tema"),
        "audience": _("Público"),
        "life_event": _("Momento da vida"),
        "district": _("Distrito"),
        "question": _("Pergunta"),
        "alert": _("Aviso"),
        "city": _("Cidade"),
    }[value]


def standards(value: Standards) -> Iterator[tuple[str, str, Standard]]:
    """The commitments in force as (field, name, standard), how to complain apart (Lei 13.460 art. 7 §3)."""
    names = {
        "priority": _("Quem é atendido primeiro"),
        "waiting": _("Tempo de espera"),
        "communication": _("Como a Prefeitura fala com você"),
        "status_lookup": _("Como acompanhar o pedido"),
        "manifestation_handling": _("Como sua reclamação é tratada"),
        "treatment": _("Como você deve ser tratado"),
        "accessibility": _("Acessibilidade do local"),
        "cleanliness": _("Limpeza e conforto"),
        "system_down": _("Se o sistema estiver fora do ar"),
    }
    for field, name in names.items():
        standard: Standard | None = getattr(value, field)
        if standard:
            yield field, name, standard


def origin(standard: Standard) -> str:
    """Who made a commitment: the service itself, its body, the city for all."""
    return {
        "service": _("Vale para este serviço"),
        "secretariat": _("Vale para todos os serviços deste órgão"),
        "city": _("Vale para toda a Prefeitura"),
    }[standard.origin]


def criterion(value: CriterionBasis) -> str:
    """``Por ordem de chegada``."""
    return {
        "order": _("Por ordem do pedido"),
        "income": _("Pela renda da família"),
        "priority_group": _("Por grupo com prioridade"),
        "lottery": _("Por sorteio"),
        "assessment": _("Por avaliação técnica"),
        "other": _("Outro critério"),
    }[value]


def accessibility_feature(value: AccessibilityFeature) -> str:
    """``Entrada sem degraus``."""
    return {
        "step_free_entrance": _("Entrada sem degraus"),
        "accessible_toilet": _("Banheiro acessível"),
        "tactile_paving": _("Piso tátil"),
        "sign_language": _("Atendimento em Libras"),
        "reserved_parking": _("Vaga reservada"),
        "lift": _("Elevador"),
        "braille": _("Placas em braile"),
        "priority_seating": _("Assento preferencial"),
    }[value]
