"""Demands that the law forbids, or that it lets a person meet more easily: recognised signatures, certified copies,
papers that the city itself issues. Advice, beside the field that makes the demand; pure.

A document whose ``legal_basis`` says which law demands it is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services import rich_text
from services.advice import Finding
from services.record import Service
from services.record.service import Document
from services.saying import says_something

_SIMPLIFYING = "Lei 13.726/2018, art. 3º"
_USERS = "Lei 13.460/2017, art. 5º"
_DECLARATIONS = "Lei 7.115/1983, art. 1º"


@dataclass(frozen=True)
class Burden:
    """A demand that somebody may be spared."""

    key: str
    #: What it is about, in a few words.
    label: Promise | str
    why: Promise | str
    #: What to ask for in its place.
    alternative: Promise | str
    #: The article, and its item.
    source: str
    demand: re.Pattern[str]
    #: Words beside it that make it lawful, or no demand at all.
    unless: re.Pattern[str]
    #: Whether it is looked for in a step or in the requirements too, where much is told that nobody demands.
    in_prose: bool = False


def _of(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


#: What a text says when it spares people the demand.
_SPARED = (
    r"\b(?:não (?:é |são |se )?(?:precisa|preciso|precisam|necessári\w+|exig\w+|ped\w+|cobr\w+|há)|nem|sem|dispens\w+|"
    r"isent\w+|em vez d\w+|no lugar d\w+|ninguém pode)\b"
)
_IDENTITY = r"RG|CIN|CNH|identidade|carteira de motorista|passaporte|documento (?:oficial )?com foto"
_CHILD = r"criança|filh[oa]|bebê|recém|menor|alun[oa]|estudante|dependente|adolescente|nascid"

BURDENS: tuple[Burden, ...] = (
    Burden(
        "recognised_signature",
        _("Firma reconhecida"),
        _("A lei dispensa o reconhecimento de firma: quem atende compara a assinatura com a do documento."),
        _("Peça só a assinatura, e compare com a do documento ou veja a pessoa assinar."),
        f"{_SIMPLIFYING}, I; {_USERS}, IX",
        _of(
            r"\b(?:(?:com )?firmas? reconhecidas?|reconhecimentos? de firmas?|reconhec(?:er|a|ida) (?:a )?firma|"
            r"assinaturas? reconhecidas?|reconhecid[ao]s? (?:em|no|por) cartório)"
        ),
        _of(_SPARED),
        in_prose=True,
    ),
    Burden(
        "certified_copy",
        _("Cópia autenticada"),
        _("A lei dispensa a cópia autenticada em cartório: quem atende compara a cópia com o original."),
        _("Peça a cópia simples e o original para conferir."),
        f"{_SIMPLIFYING}, II; {_USERS}, IX",
        _of(
            r"\b(?:(?:foto)?c[óo]pias?(?: \w+){0,4}? autenticad[ao]s?|autenticad[ao]s?(?: em| no| por) cartório|"
            r"autenticação (?:em|de) (?:cartório|cópias?|documentos?)|xerox autenticad[ao]s?)"
        ),
        _of(_SPARED + r"|\bautenticad[ao]s? (?:pel[ao] (?:própri[ao] )?(?:servidor|atendente|agente)|no balcão|aqui)"),
        in_prose=True,
    ),
    Burden(
        "city_document",
        _("Documento da própria Prefeitura"),
        _("A Prefeitura não pode pedir à pessoa um documento que ela mesma emite; de empresa, a lei abre exceção."),
        _("Consulte o dado no sistema da Prefeitura e tire o documento da lista."),
        f"{_SIMPLIFYING}, § 3º; {_USERS}, XV",
        _of(
            r"\b(?:(?:certid\w+|CND|comprovantes?|alvarás?|licenças?|declaraç\w+|guias?|cart\w+)\b[^.;\n]{0,60}?"
            r"\b(?:municipa(?:l|is)|(?:d|pel)[ao] (?:própri[ao] )?(?:prefeitura|município))"
            r"|alvarás? de (?:funcionamento|localização|construção)|alvará sanitário municipal"
            r"|(?:carnês?|espelhos?|boletos?|comprovantes?)(?: \w+){0,2} (?:do |de )?IPTU"
            r"|IPTU (?:em dia|pago|quitado|do ano)"
            r"|certid\w+ de (?:valor venal|uso do solo|numeração predial)|habite-se)"
        ),
        _of(
            _SPARED + r"|\bou\b|\brequerimento|\bformulário|\bempresa|CNPJ|pessoa jurídica|número d"
            r"|outr[oa]s? (?:município|cidade|prefeitura)"
        ),
    ),
    Burden(
        "birth_certificate",
        _("Certidão de nascimento"),
        _("Um documento de identidade vale no lugar da certidão de nascimento."),
        _("Peça um documento com foto; deixe a certidão para quem não tem nenhum."),
        f"{_SIMPLIFYING}, IV",
        _of(r"\bcertid(?:ão|ões) de nascimento"),
        _of(
            f"{_SPARED}|\\b(?:{_CHILD})"
            f"|\\bou (?:\\w+ ){{0,3}}(?:{_IDENTITY})|\\b(?:{_IDENTITY}|documento)\\b[^.;]{{0,30}}\\bou\\b"
            r"|nascimento; ou$"
        ),
    ),
    Burden(
        "voter_card",
        _("Título de eleitor"),
        _("Só se pode pedir o título de eleitor para votar ou registrar candidatura."),
        _("Tire o título da lista; para saber quem é a pessoa, peça um documento com foto."),
        f"{_SIMPLIFYING}, V",
        _of(
            r"\b(?:t[íi]tulos? de eleitor(?:es)?|títulos? eleitora(?:l|is)|quitação eleitoral"
            r"|quitação com a justiça eleitoral"
            r"|comprovantes? d[ea] (?:última )?vot\w+|obrigações eleitorais)"
        ),
        _of(f"{_SPARED}|\\bou (?:o )?título|\\btítulo de eleitor[,;]? ou\\b|\\bcandidat|\\bnúmero do"),
    ),
    Burden(
        "proof_of_residence",
        _("Comprovante de residência"),
        _("Quem não tem conta no seu nome pode declarar onde mora, e a declaração vale como prova."),
        _("Escreva: “conta de água ou luz, ou declaração assinada de onde você mora”."),
        _DECLARATIONS,
        _of(r"\b(?:comprov\w+|atestados?) (?:de|do) (?:residência|endereço|domicílio|moradia)"),
        _of(f"{_SPARED}|\\bdeclar|\\bou outro|\\bno nome de outra|\\bestabelecimento|\\bempresa"),
    ),
    Burden(
        "proof_of_life",
        _("Prova de vida, pobreza ou dependência"),
        _("A declaração que a própria pessoa assina vale como prova de vida, de pobreza ou de dependência."),
        _("Aceite uma declaração assinada pela pessoa."),
        _DECLARATIONS,
        _of(
            r"\b(?:provas? de vida|(?:atestados?|certid\w+) de (?:vida|pobreza|miserabilidade|hipossuficiência|"
            r"dependência econômica|bons antecedentes|boa conduta|idoneidade))"
        ),
        _of(f"{_SPARED}|\\bdeclara"),
        in_prose=True,
    ),
    Burden(
        "identity_twice",
        _("Dois documentos para a mesma pessoa"),
        _("Um documento com foto em que está o CPF basta para saber quem é a pessoa."),
        _("Escreva: “documento com foto em que apareça o CPF”."),
        "Lei 13.460/2017, art. 10-A",
        _of(
            r"\b(?:RG,? e (?:o )?CPF|CPF,? e (?:o )?RG|RG/CPF|CPF/RG|identidade,? e (?:o )?CPF"
            r"|CPF,? e (?:a )?(?:carteira de )?identidade|cart(?:ão|eira) d[eo] CPF|cópias? do CPF)"
        ),
        _of(f"{_SPARED}|\\bou (?:outro|CNH|documento)"),
    ),
    Burden(
        "travel_of_a_minor",
        _("Autorização de viagem com firma"),
        _("Se os pais estão presentes no embarque, a autorização não precisa de firma reconhecida."),
        _("Dispense a autorização de quem embarca com o pai ou a mãe."),
        f"{_SIMPLIFYING}, VI",
        _of(r"\bautorizaç\w+ (?:de|para) viagem\b[^.;\n]{0,80}?(?:firma|reconhecid|cartório)\w*"),
        _of(f"{_SPARED}|\\bdesacompanhad|\\bsem os pais|\\bquando viaja"),
    ),
)

#: A clause, in which what spares people a demand stands beside it.
_CLAUSE = re.compile(r"[^.;!?\n]+")


def burden_findings(record: Service) -> list[Finding]:
    """Demands of a service that people may be spared, in the order of its fields; none in another language."""
    if not record.locale.lower().startswith("pt"):
        return []
    found: list[Finding] = []
    for field, text in _prose(record):
        found += (each for burden in _demanded(text) if burden.in_prose for each in _found(burden, field, text))
    for path, case, document in _documents(record):
        if not says_something(document.legal_basis):
            found += _of_document(path, document, beside=f"{record.title} {case}")
    return found


def _prose(record: Service) -> Iterator[tuple[str, str]]:
    for place, applicant in enumerate(record.applicants):
        yield f"applicants[{place}].requirements", rich_text.plain(applicant.requirements)
    yield "requirements", rich_text.plain(record.requirements)
    for place, step in enumerate(record.steps):
        yield f"steps[{place}].description", rich_text.plain(step.description)


def _documents(record: Service) -> Iterator[tuple[str, str, Document]]:
    """Path, case and value of each document."""
    for place, step in enumerate(record.steps):
        path = f"steps[{place}].documents"
        yield from ((f"{path}.default[{each}]", "", item) for each, item in enumerate(step.documents.default))
        for number, case in enumerate(step.documents.cases):
            inside = f"{path}.cases[{number}].items"
            yield from ((f"{inside}[{each}]", case.text, item) for each, item in enumerate(case.items))


def _of_document(path: str, document: Document, *, beside: str) -> Iterator[Finding]:
    beside = f"{beside} {document.name} {document.note}"
    told: set[str] = set()
    for field, text in (("name", document.name), ("note", document.note)):
        for burden in _demanded(text):
            if burden.key not in told:
                for finding in _found(burden, f"{path}.{field}", text, beside=beside):
                    told.add(burden.key)
                    yield finding
    issued = document.service is not None and _ISSUED.match(document.name) and not _CITY_DOCUMENT.unless.search(beside)
    if issued and "city_document" not in told:
        # An editor who names the service by which it is obtained says whose paper it is.
        yield _finding(_CITY_DOCUMENT, f"{path}.name", document.name, 0, len(document.name))


#: What offices issue; a report of a doctor is obtained by a service of the city too, and is no such paper.
_ISSUED = _of(r"(?:cópia d[ao] )?(?:certid\w+|CND|alvará|licença|autorização|habite-se|comprovante de inscrição)\b")
_CITY_DOCUMENT = next(burden for burden in BURDENS if burden.key == "city_document")


@lru_cache(maxsize=4096)
def _demanded(text: str) -> tuple[Burden, ...]:
    """Those that a text may make. Kept: while one types in one field, all the others stay as they were."""
    return tuple(burden for burden in BURDENS if burden.demand.search(text))


def _found(burden: Burden, field: str, text: str, *, beside: str = "") -> Iterator[Finding]:
    """The first place of a text that makes a demand, unless its clause, or what stands ``beside``, spares people it."""
    if beside and burden.unless.search(beside):
        return
    for clause in _CLAUSE.finditer(text):
        demand = burden.demand.search(text, clause.start(), clause.end())
        if demand and not burden.unless.search(text, clause.start(), clause.end()):
            yield _finding(burden, field, text, demand.start(), demand.end())
            return


def _finding(burden: Burden, field: str, text: str, start: int, end: int) -> Finding:
    return Finding(
        rule=burden.key,
        field=field,
        start=start,
        end=end,
        words=text[start:end],
        why=burden.why,
        alternative=burden.alternative,
        source=burden.source,
    )
