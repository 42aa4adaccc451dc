"""The sheets of a service's parts as data: steps, and what each asks for, costs and where it is done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from services import rich_text
from services.interchange.planilha import phrases
from services.interchange.planilha.columns import CODE, NAME
from services.record import Service
from services.record.service import Channel, Document, Fee, Step
from services.record.values import Value

#: The column that says of which step a part is.
STEP = "Etapa"


@dataclass(frozen=True)
class PartColumn:
    """A column: heading, what to write, an example, and both directions. ``read`` raises ``Unreadable``."""

    heading: str
    instruction: str
    example: str
    write: Callable[[Any], str]
    read: Callable[[str], dict[str, Any]]
    required: bool = False
    allowed: str = ""


@dataclass(frozen=True)
class PartSheet:
    """A sheet: what a row of it is, and in which field of a step it stands; ``""`` for steps themselves."""

    name: str
    field: Literal["", "documents", "fees", "channels"]
    value_type: type[Value]
    columns: tuple[PartColumn, ...]

    @property
    def headings(self) -> list[str]:
        """The first row: whose it is, of which step, then its own columns."""
        return [CODE, NAME, STEP, *(column.heading for column in self.columns)]

    def held(self, record: Service) -> Iterator[tuple[int, Any]]:
        """The number of the step, and each part that a row is for."""
        for number, step in enumerate(record.steps, start=1):
            if not self.field:
                yield number, step
            else:
                for item in getattr(step, self.field).default:
                    yield number, item

    def cells(self, item: Any) -> list[str]:
        """What its own columns say of a part."""
        return [column.write(item) for column in self.columns]


def _text(heading: str, name: str, instruction: str, example: str, *, required: bool = False) -> PartColumn:
    return PartColumn(
        heading,
        instruction,
        example,
        lambda item: str(getattr(item, name)),
        lambda text: {name: text},
        required,
    )


STEPS = PartSheet(
    "Etapas",
    "",
    Step,
    (
        _text("Título", "title", "Comece por um verbo.", "Fazer o pedido", required=True),
        PartColumn(
            "Explicação",
            "O que a pessoa faz nesta etapa.",
            "Leve os documentos à Praça de Atendimento.",
            lambda step: rich_text.readable(step.description),
            lambda text: {"description": rich_text.from_markdown(text) if text else ""},
        ),
        PartColumn(
            "Prazo da etapa",
            "Como na coluna Prazo dos serviços; pode ficar vazio.",
            "Na hora",
            lambda step: phrases.time_text(step.time),
            lambda text: {"time": phrases.read_time(text)},
        ),
    ),
)
DOCUMENTS = PartSheet(
    "Documentos",
    "documents",
    Document,
    (
        _text("Documento", "name", "Um por linha da planilha.", "RG ou CNH", required=True),
        _text("Observação", "note", "Cópias, validade, forma em que se aceita.", "Cópia simples"),
        _text("Onde conseguir", "where_to_get", "Se a pessoa talvez não tenha.", "No Poupatempo"),
    ),
)
FEES = PartSheet(
    "Custos",
    "fees",
    Fee,
    (
        _text("Custo", "name", "O nome do que se paga.", "Taxa de vistoria", required=True),
        PartColumn(
            "Valor",
            "Em reais.",
            "42,50",
            lambda fee: phrases.amount_text(fee.amount),
            lambda text: {"amount": phrases.read_amount(text)},
        ),
        _text("Varia com", "varies", "Se o valor não é fixo, de que depende.", ""),
    ),
)
CHANNELS = PartSheet(
    "Canais",
    "channels",
    Channel,
    (
        PartColumn(
            "Tipo",
            "Por onde se faz o pedido.",
            "Presencial",
            lambda channel: phrases.channel_type_text(channel.type),
            lambda text: {"type": phrases.read_channel_type(text)},
            required=True,
            allowed="Tipos de canal",
        ),
        _text("Como usar", "text", "O endereço, o número ou o que fazer.", "Praça de Atendimento"),
        _text("Link", "url", "O endereço na internet.", ""),
    ),
)
#: Steps come before what is asked in them.
PART_SHEETS: Sequence[PartSheet] = (STEPS, DOCUMENTS, FEES, CHANNELS)
