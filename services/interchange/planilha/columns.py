"""The columns of the sheet as data: heading, what to write, and how a cell and a record meet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services import rich_text
from services.interchange.base import Unreadable
from services.interchange.planilha import phrases, steps
from services.interchange.planilha.known import Known
from services.interchange.planilha.phrases import line
from services.interchange.planilha.steps import cell_lines
from services.interchange.slugs import fold
from services.record import Kind, Service
from services.record.service import Applicant, DigitalLink, Law

Write = Callable[[Service, Known], str]
#: Fields of the record that a cell sets. Raises ``Unreadable``.
Read = Callable[[str, Service, Known], dict[str, Any]]


@dataclass(frozen=True)
class Column:
    """A column: its heading, an instruction with an example, and both directions."""

    heading: str
    instruction: str
    write: Write
    read: Read
    required: bool = False


def _text(heading: str, name: str, instruction: str, *, required: bool = False) -> Column:
    return Column(
        heading,
        instruction,
        lambda record, _known: str(getattr(record, name)),
        lambda text, _record, _known: {name: text},
        required,
    )


def _lines(heading: str, name: str, instruction: str) -> Column:
    def read(text: str, _record: Service, _known: Known) -> dict[str, Any]:
        parts = text.split(";") if "\n" not in text else text.split("\n")
        return {name: [said for part in parts if (said := line(part))]}

    return Column(heading, instruction, lambda record, _known: "\n".join(getattr(record, name)), read)


def _rich(heading: str, name: str, instruction: str) -> Column:
    return Column(
        heading,
        instruction,
        lambda record, _known: rich_text.readable(getattr(record, name)),
        lambda text, _record, _known: {name: rich_text.from_markdown(text) if text else ""},
    )


def _yes_no(heading: str, name: str, instruction: str) -> Column:
    def write(record: Service, _known: Known) -> str:
        held = getattr(record, name)
        return "" if held is None else ("Sim" if held else "Não")

    def read(text: str, _record: Service, _known: Known) -> dict[str, Any]:
        answers = {"": None, "sim": True, "s": True, "nao": False, "n": False}
        if fold(text) not in answers:
            raise Unreadable(f"escreva Sim ou Não, e não “{text[:40]}”")
        return {name: answers[fold(text)]}

    return Column(heading, instruction, write, read)


def _refs(heading: str, name: str, kind: Kind, instruction: str) -> Column:
    def write(record: Service, known: Known) -> str:
        return "\n".join(sorted((known.title(ref) for ref in getattr(record, name)), key=str.casefold))

    def read(text: str, _record: Service, known: Known) -> dict[str, Any]:
        parts = text.split(";") if "\n" not in text else text.split("\n")
        return {name: [known.entry(kind, said) for part in parts if (said := line(part))]}

    return Column(heading, instruction, write, read)


def _parts(heading: str, name: str, said: Callable[[Any], str], read: Callable[[str], Any], instruction: str) -> Column:
    return Column(
        heading,
        instruction,
        lambda record, _known: steps.parts_text(record, name, said),
        lambda text, record, _known: {"steps": steps.read_parts(text, record, name, said, read)},
    )


def _applicants(record: Service, _known: Known) -> str:
    return "\n".join(_applicant(one) for one in record.applicants)


def _applicant(one: Applicant) -> str:
    requirements = line(rich_text.readable(one.requirements))
    return f"{line(one.who)}: {requirements}" if requirements else line(one.who)


def _read_applicants(text: str, record: Service, _known: Known) -> dict[str, Any]:
    held = {_applicant(one): one for one in record.applicants}
    found = []
    for said in cell_lines(text):
        who, _colon, requirements = said.partition(": ")
        found.append(held.get(said) or Applicant(who=who, requirements=rich_text.from_markdown(requirements)))
    return {"applicants": found}


def _laws(record: Service, _known: Known) -> str:
    return "\n".join(f"{line(law.title)} | {law.url}" if law.url else line(law.title) for law in record.legislation)


def _read_laws(text: str, _record: Service, _known: Known) -> dict[str, Any]:
    found = []
    for said in cell_lines(text):
        title, _bar, url = said.partition("|")
        found.append(Law(title=title.strip(), url=url.strip()))
    return {"legislation": found}


def _digital(text: str, record: Service, _known: Known) -> dict[str, Any]:
    if not text:
        return {"digital_link": None}
    if not text.startswith(("http://", "https://")):
        raise Unreadable("o endereço deve começar com https://")
    held = record.digital_link or DigitalLink(url=text)
    return {"digital_link": held.model_copy(update={"url": text})}


CODE, BODY = "Código", "Órgão"

#: In the order of the sheet. Steps come before what is asked in them.
COLUMNS: tuple[Column, ...] = (
    Column(
        CODE,
        "Deixe vazio para um serviço novo. Não mude o código de um que já existe.",
        lambda record, _known: record.id,
        lambda _text, _record, _known: {},
    ),
    Column(
        BODY,
        "A sigla do órgão que presta o serviço. Exemplo: SEFIN",
        lambda record, known: known.acronyms.get(record.secretariat.id, "") if record.secretariat else "",
        lambda text, _record, known: {"secretariat": known.body(text)},
        required=True,
    ),
    _text("Nome", "title", "Comece por um verbo. Exemplo: Emitir a segunda via do IPTU", required=True),
    _text("Resumo", "summary", "O que é, em uma ou duas frases. Exemplo: Pegue de novo o boleto do IPTU."),
    _lines(
        "Nomes populares", "popular_names", "Um por linha, ou separados por ponto e vírgula. Exemplo: boleto do IPTU"
    ),
    _lines("Palavras-chave", "keywords", "Um por linha, ou separados por ponto e vírgula. Exemplo: imposto"),
    _text("Sigla", "acronym", "Exemplo: IPTU"),
    _text("Setor", "sector", "O setor responsável. Exemplo: Coordenação de Tributos"),
    Column(
        "Quem pode pedir", "Um grupo por linha. Exemplo: Aposentados: ter só um imóvel", _applicants, _read_applicants
    ),
    _rich("Requisitos", "requirements", "O que vale para todos. Exemplo: o imóvel precisa estar no seu nome."),
    Column(
        "Etapas",
        "Uma linha para o nome da etapa e as de baixo para a explicação; uma linha vazia entre duas etapas.",
        lambda record, _known: steps.steps_text(record),
        lambda text, record, _known: {"steps": steps.read_steps(text, record)},
    ),
    _parts(
        "Documentos",
        "documents",
        phrases.document_text,
        phrases.read_document,
        "Um por linha, com a observação entre parênteses; [2] no começo diz que é da segunda etapa. "
        "Exemplo: RG ou CNH (cópia simples)",
    ),
    _parts(
        "Custos",
        "fees",
        phrases.fee_text,
        phrases.read_fee,
        "Um por linha. Exemplos: Taxa de vistoria: R$ 42,50; Taxa: varia: com o tamanho do imóvel",
    ),
    _parts(
        "Canais",
        "channels",
        phrases.channel_text,
        phrases.read_channel,
        "Um por linha, começando pelo tipo. Exemplos: Presencial: Praça de Atendimento; "
        "Internet: peça pelo site | https://servicos.prefeitura.example",
    ),
    _yes_no("Grátis", "free", "Sim ou Não."),
    Column(
        "Prazo",
        "Um prazo máximo. Exemplos: Na hora; Até 5 dias úteis; Entre 2 e 7 dias corridos (conta da entrega)",
        lambda record, _known: phrases.time_text(record.time),
        lambda text, _record, _known: {"time": phrases.read_time(text)},
    ),
    _yes_no("Pela internet", "online", "Sim ou Não."),
    Column(
        "Link do serviço digital",
        "Exemplo: https://servicos.prefeitura.example/iptu",
        lambda record, _known: record.digital_link.url if record.digital_link else "",
        _digital,
    ),
    _refs("Unidades", "units", "unit", "Uma por linha, com o nome que tem na carta. Exemplo: Praça de Atendimento"),
    _refs("Temas", "topics", "topic", "Um por linha, com o nome que tem na carta. Exemplo: Impostos e taxas"),
    _refs("Públicos", "audiences", "audience", "Um por linha, com o nome que tem na carta. Exemplo: Pessoas idosas"),
    Column(
        "Leis", "Uma por linha; o link depois de uma barra. Exemplo: Lei nº 13.460/2017 | https://…", _laws, _read_laws
    ),
    _rich("Descrição", "description", "Só se o resumo não bastar."),
    _rich("O que você recebe", "outcome", "Exemplo: o boleto para pagar em qualquer banco."),
    _rich("Contato", "contact", "Exemplo: ligue (77) 3000-0000, das 8h às 14h."),
)
