"""The columns of the sheet of services as data: heading, what to write, and how a cell and a record meet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services import rich_text
from services.interchange.base import Unreadable
from services.interchange.planilha import phrases
from services.interchange.planilha.known import Known
from services.interchange.planilha.phrases import line
from services.interchange.slugs import fold
from services.record import Kind, Ref, Service
from services.record.service import Applicant, DigitalLink, Law

Write = Callable[[Service, Known], str]
#: Fields of the record that a cell sets. Raises ``Unreadable``.
Read = Callable[[str, Service, Known], dict[str, Any]]


@dataclass(frozen=True)
class Column:
    """A column: its heading, the field of the record that it shows, what to write, an example, and both directions."""

    heading: str
    field: str
    instruction: str
    example: str
    write: Write
    read: Read
    required: bool = False
    #: What alone may be written, where the sheet can offer it: a list by this name.
    allowed: str = ""


def _text(heading: str, name: str, instruction: str, example: str = "", *, required: bool = False) -> Column:
    return Column(
        heading,
        name,
        instruction,
        example,
        lambda record, _known: str(getattr(record, name)),
        lambda text, _record, _known: {name: text},
        required,
    )


def _each(text: str) -> list[str]:
    """One a line; or, as people also write them, with semicolons between."""
    parts = text.split("\n") if "\n" in text else text.split(";")
    return [said for part in parts if (said := line(part))]


def _lines(heading: str, name: str, instruction: str, example: str) -> Column:
    return Column(
        heading,
        name,
        instruction,
        example,
        lambda record, _known: "\n".join(getattr(record, name)),
        lambda text, _record, _known: {name: _each(text)},
    )


def _rich(heading: str, name: str, instruction: str, example: str = "") -> Column:
    return Column(
        heading,
        name,
        f"{instruction} Negrito não aparece na planilha: só se perde se você mudar a célula.",
        example,
        lambda record, _known: rich_text.readable(getattr(record, name)),
        lambda text, _record, _known: {name: rich_text.from_markdown(text) if text else ""},
    )


def _yes_no(heading: str, name: str, instruction: str, example: str) -> Column:
    def write(record: Service, _known: Known) -> str:
        held = getattr(record, name)
        return "" if held is None else ("Sim" if held else "Não")

    def read(text: str, _record: Service, _known: Known) -> dict[str, Any]:
        answers = {"": None, "sim": True, "s": True, "nao": False, "n": False}
        if fold(text) not in answers:
            raise Unreadable(f"escreva Sim ou Não, e não “{text[:40]}”")
        return {name: answers[fold(text)]}

    return Column(heading, name, instruction, example, write, read, allowed="Sim ou Não")


def _refs(heading: str, name: str, kind: Kind, instruction: str, example: str) -> Column:
    def write(record: Service, known: Known) -> str:
        titles = [title for ref in getattr(record, name) if (title := known.title(ref))]
        return "\n".join(sorted(titles, key=str.casefold))

    def read(text: str, record: Service, known: Known) -> dict[str, Any]:
        held: list[Ref] = getattr(record, name)
        named = {fold(title): ref for ref in held if (title := known.title(ref))}
        # What the sheet could not name, it did not mean to take away.
        kept = [ref for ref in held if not known.title(ref)]
        return {name: [*kept, *(named.get(fold(said)) or known.entry(kind, said) for said in _each(text))]}

    return Column(heading, name, instruction, example, write, read)


def _applicant(one: Applicant) -> str:
    requirements = line(rich_text.readable(one.requirements))
    return f"{line(one.who)} | {requirements}" if requirements else line(one.who)


def _applicants(text: str, record: Service, _known: Known) -> dict[str, Any]:
    held = {_applicant(one): one for one in record.applicants}
    by_name = {line(one.who): one for one in record.applicants}
    found = []
    for said in filter(None, map(line, text.split("\n"))):
        who, _bar, requirements = (part.strip() for part in said.partition("|"))
        if said in held:
            found.append(held[said])
            continue
        new = Applicant(who=who, requirements=rich_text.from_markdown(requirements) if requirements else "")
        same = by_name.get(who)
        kept = same is not None and line(rich_text.readable(same.requirements)) == requirements
        found.append(same if same is not None and kept else new)
    return {"applicants": found}


def _law(law: Law) -> str:
    return f"{line(law.title)} | {law.url}" if law.url else line(law.title)


def _laws(text: str, record: Service, _known: Known) -> dict[str, Any]:
    held = {_law(law): law for law in record.legislation}
    found = []
    for said in filter(None, map(line, text.split("\n"))):
        title, _bar, url = (part.strip() for part in said.partition("|"))
        found.append(held.get(said) or Law(title=title, url=url))
    return {"legislation": found}


def _digital(text: str, record: Service, _known: Known) -> dict[str, Any]:
    if not text:
        return {"digital_link": None}
    if not text.startswith(("http://", "https://")):
        raise Unreadable("o endereço deve começar com https://")
    held = record.digital_link or DigitalLink(url=text)
    return {"digital_link": held.model_copy(update={"url": text})}


CODE, BODY, NAME = "Código", "Órgão", "Nome"
_ONE_A_LINE = "Um por linha (Alt+Enter muda de linha), ou separados por ponto e vírgula."

#: In the order of the sheet.
COLUMNS: tuple[Column, ...] = (
    Column(
        CODE,
        "id",
        "Deixe vazio para um serviço novo. Não mude o código de um que já existe.",
        "",
        lambda record, _known: record.id,
        lambda _text, _record, _known: {},
    ),
    Column(
        BODY,
        "secretariat",
        "A sigla do órgão que presta o serviço. Não muda por aqui: peça à Comunicação.",
        "SEFIN",
        lambda record, known: known.acronyms.get(record.secretariat.id, "") if record.secretariat else "",
        lambda _text, _record, _known: {},
        required=True,
        allowed="Órgãos",
    ),
    _text(NAME, "title", "Comece por um verbo.", "Emitir a segunda via do IPTU", required=True),
    _text("Resumo", "summary", "O que é, em uma ou duas frases.", "Pegue de novo o boleto do IPTU."),
    _lines(
        "Nomes populares", "popular_names", f"Como as pessoas chamam. {_ONE_A_LINE}", "boleto do IPTU; guia do IPTU"
    ),
    _lines("Palavras-chave", "keywords", f"O que mais se procura. {_ONE_A_LINE}", "imposto; casa"),
    _text("Sigla", "acronym", "Se o serviço tem uma.", "IPTU"),
    _text("Setor", "sector", "O setor responsável.", "Coordenação de Tributos"),
    Column(
        "Quem pode pedir",
        "applicants",
        "Um grupo por linha; o que se exige só dele, depois de uma barra.",
        "Aposentados | ter só um imóvel",
        lambda record, _known: "\n".join(map(_applicant, record.applicants)),
        _applicants,
    ),
    _rich("Requisitos", "requirements", "O que se exige de todos.", "O imóvel precisa estar no seu nome."),
    _yes_no("Grátis", "free", "Sim, se ninguém paga nada.", "Sim"),
    Column(
        "Prazo",
        "time",
        "O prazo máximo: Na hora; Até 5 dias úteis; Entre 2 e 7 dias corridos. Uma observação vai entre parênteses.",
        "Até 5 dias úteis (conta da entrega)",
        lambda record, _known: phrases.time_text(record.time),
        lambda text, _record, _known: {"time": phrases.read_time(text)},
    ),
    _yes_no("Pela internet", "online", "Sim, se dá para fazer tudo pela internet.", "Não"),
    Column(
        "Link do serviço digital",
        "digital_link",
        "O endereço em que se faz o pedido.",
        "https://servicos.prefeitura.example/iptu",
        lambda record, _known: record.digital_link.url if record.digital_link else "",
        _digital,
    ),
    _refs("Unidades", "units", "unit", f"Onde se atende, com o nome que a unidade tem na carta. {_ONE_A_LINE}", ""),
    _refs("Temas", "topics", "topic", f"Com o nome que têm na carta. {_ONE_A_LINE}", ""),
    _refs("Públicos", "audiences", "audience", f"Com o nome que têm na carta. {_ONE_A_LINE}", ""),
    Column(
        "Leis",
        "legislation",
        "Uma por linha; o link depois de uma barra.",
        "Lei nº 13.460/2017 | https://www.planalto.gov.br/ccivil_03/_ato2015-2018/2017/lei/l13460.htm",
        lambda record, _known: "\n".join(map(_law, record.legislation)),
        _laws,
    ),
    _rich("Descrição", "description", "Só se o resumo não bastar."),
    _rich("O que você recebe", "outcome", "O resultado do serviço.", "O boleto, para pagar em qualquer banco."),
    _rich("Fila", "queue", "Onde se vê a fila ou o resultado."),
    _rich("Recurso", "appeal", "O que fazer se o pedido for negado."),
    _rich("Contato", "contact", "A quem perguntar.", "Ligue (77) 3000-0000, das 8h às 14h."),
)
BY_FIELD = {column.field: column.heading for column in COLUMNS}
