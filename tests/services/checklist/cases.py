"""Services whose cases are of every sort."""

from typing import Any

from services.record import Service
from tests.records import question, service

AGE = question("Quantos anos você tem?", "Menor", "Adulto")
WORK = question("Você trabalha?", "Sim", "Não")


def when(asked: Any, *answers: str) -> dict[str, Any]:
    return {"question": {"kind": "question", "id": asked.id, "title": asked.title}, "answers": list(answers)}


def mixed() -> Service:
    """Documents for all, by answers and in words; a fee and a channel by answers."""
    return service(
        "Emitir carteira",
        questions=[AGE, WORK],
        steps=[
            {
                "title": "Pedir",
                "documents": {
                    "default": [{"name": "RG"}],
                    "cases": [
                        {"condition": when(AGE, "menor"), "items": [{"name": "Autorização dos pais"}]},
                        {"condition": when(WORK, "sim", "não"), "items": [{"name": "Carteira de trabalho"}]},
                        {"text": "Se for estrangeiro", "items": [{"name": "Passaporte"}]},
                        {"text": "Se for indígena & <jovem>", "items": [{"name": "RANI"}, {"name": "Foto"}]},
                    ],
                },
                "channels": {"default": [{"type": "phone", "text": "156"}]},
            },
            {
                "title": "Pagar",
                "fees": {"cases": [{"condition": when(AGE, "adulto"), "items": [{"name": "Taxa", "amount": "12.50"}]}]},
            },
        ],
    )


def only_words() -> Service:
    """Cases as charters of other systems have them; one says nothing, one stands in two steps."""
    return service(
        "Ligar água",
        steps=[
            {
                "title": "Pedir",
                "documents": {
                    "default": [{"name": "CPF"}],
                    "cases": [
                        {"text": "Imóvel alugado", "items": [{"name": "Contrato"}]},
                        {"items": [{"name": "Croqui"}]},
                        {"text": "Sem nada", "items": []},
                    ],
                },
                "channels": {"cases": [{"text": "Zona rural", "items": [{"type": "home_visit"}]}]},
            },
            {"title": "Pagar", "fees": {"cases": [{"text": "Imóvel alugado", "items": [{"name": "Caução"}]}]}},
        ],
    )


def without_a_way() -> Service:
    """A channel for some alone, and conditions that nobody can meet any more."""
    return service(
        "Pedir obra",
        questions=[WORK],
        steps=[
            {
                "title": "Pedir",
                "channels": {"cases": [{"condition": when(WORK, "sim"), "items": [{"type": "app"}]}]},
                "documents": {
                    "cases": [
                        {"condition": when(WORK, "talvez"), "items": [{"name": "Laudo"}]},
                        {"condition": when(AGE, "menor"), "text": "Menores", "items": [{"name": "Certidão"}]},
                    ]
                },
            }
        ],
    )


def for_everybody() -> Service:
    """No case at all."""
    return service(
        "Tapar buraco",
        steps=[{"title": "Ligar", "channels": {"default": [{"type": "phone", "text": "156"}]}}],
    )
