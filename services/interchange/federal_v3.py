"""Federal charter XML, schema v3: one file a service (``docs/federal-v3.md``).

A corpus is read whole: which spelling of a body's name is the commonest, and which file a
related service's ``dbId`` means, is known only at its end.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal
from xml.etree.ElementTree import Element

from pydantic import ValidationError

from services.interchange.base import (
    Alone,
    Charter,
    Files,
    Format,
    Reading,
    Rejected,
    Remark,
    SourceFile,
    Unreadable,
    describe,
)
from services.interchange.federal_v3_steps import steps, time_estimate
from services.interchange.federal_v3_texts import (
    choice,
    introduction,
    laws,
    line,
    lines,
    named_body,
    rich,
    text,
    web_address,
    whole_number,
)
from services.interchange.federal_v3_tree import Named, as_xml, tree
from services.interchange.federal_v3_xml import children, items, only, other_names, parse, text_of, unknown
from services.interchange.slugs import assign_slugs, fold, slugify
from services.interchange.zips import zipped
from services.record import Audience, Entry, Kind, Ref, Secretariat, Service, Topic
from services.record.identity import id_for, id_of, key_for
from services.record.service import Applicant, DigitalLink, Validity
from services.record.values import Standard, Standards, normalise_line

SOURCE = "federal-v3"

_MAX_SOURCE_ID = 255
_MAX_TITLE = 255
_TRUTH: dict[str, bool | None] = {"": None, "true": True, "false": False}
_VALIDITY_TYPES: dict[str, Literal["unstated", "unlimited", "limited"]] = {
    "": "unstated",
    "sem validade": "unlimited",
    "válido por": "limited",
}
_VALIDITY_UNITS: dict[str, Literal["days", "months", "years"] | None] = {
    "": None,
    "dias": "days",
    "meses": "months",
    "anos": "years",
}
_NO_VALIDITY = Validity()


@dataclass
class _Parsed:
    """What one file says: its service, and what it names of the others."""

    service: Service
    database_id: str
    related: list[str]
    body: str
    body_name: str
    other_names: list[str]
    topics: list[str]
    audiences: list[str]


@dataclass
class _Corpus:
    """The services of a source that were read so far."""

    source: str
    parsed: dict[str, _Parsed] = field(default_factory=dict)
    body_names: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    other_names: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    topics: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    audiences: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, parsed: _Parsed) -> None:
        """Take over a file. Raises ``Unreadable`` if its id was read before."""
        if parsed.service.source_id in self.parsed:
            raise Unreadable(f"outro arquivo já trouxe o serviço {parsed.service.source_id[:100]}")
        self.parsed[parsed.service.source_id] = parsed
        self.body_names[parsed.body][parsed.body_name] += bool(parsed.body_name)
        self.other_names[parsed.body].update(dict.fromkeys(parsed.other_names))
        for name in parsed.topics:
            self.topics[fold(name)][name] += 1
        for name in parsed.audiences:
            self.audiences[fold(name)][name] += 1

    def finish(self) -> Reading:
        """All records, with slugs and with related services found."""
        bodies = _secretariats(self.source, self.body_names, self.other_names)
        topics = [
            Topic(kind="topic", title=_commonest(names), **_identity(self.source, "topic", key))
            for key, names in self.topics.items()
        ]
        audiences = [
            Audience(kind="audience", title=_commonest(names), **_identity(self.source, "audience", key))
            for key, names in self.audiences.items()
        ]
        self._relate()
        by_body: defaultdict[str, list[Service]] = defaultdict(list)
        for parsed in self.parsed.values():
            by_body[parsed.body].append(parsed.service)
        groups: list[Sequence[Entry]] = [bodies, topics, audiences, *by_body.values()]
        for siblings in groups:
            # A body of which only the number is known leaves the better address to its namesake.
            assign_slugs(sorted(siblings, key=lambda entry: (entry.source_id.isdigit(), entry.source_id)))
        return Reading(records=[*bodies, *topics, *audiences, *(parsed.service for parsed in self.parsed.values())])

    def _relate(self) -> None:
        """A ``dbId`` that exactly one file has is that service; any other stays as it was written."""
        counts = Counter(parsed.database_id for parsed in self.parsed.values())
        known = {
            parsed.database_id: Ref(kind="service", id=parsed.service.id)
            for parsed in self.parsed.values()
            if parsed.database_id and counts[parsed.database_id] == 1
        }
        for parsed in self.parsed.values():
            refs = [known[one] for one in parsed.related if one in known]
            parsed.service.related = list(dict.fromkeys(refs))
            parsed.service.related_texts = list(dict.fromkeys(one for one in parsed.related if one not in known))


#: A place in a source, and the service that stands there.
Tree = tuple[str, str, Element]


def read(files: Files) -> Reading:
    """The services of these files, and the bodies, topics and audiences that they name, each once."""
    return read_trees(map(_of_file, files), source=SOURCE)


def read_trees(trees: Iterable[Tree | Rejected], *, source: str) -> Reading:
    """The same of element trees: each with its place, and the id that a service without one has."""
    corpus = _Corpus(source)
    rejected: list[Rejected] = []
    remarks: list[Remark] = []
    for found in trees:
        if isinstance(found, Rejected):
            rejected.append(found)
            continue
        place, stem, root = found
        try:
            corpus.add(_parsed(root, stem, source))
        except Unreadable as error:
            rejected.append(Rejected(place, str(error)))
        except ValidationError as error:
            rejected.append(Rejected(place, describe(error)))
        else:
            remarks.extend(Remark(place, said) for said in unknown(root))
    reading = corpus.finish()
    reading.rejected, reading.remarks = rejected, remarks
    return reading


def _of_file(file: SourceFile | Rejected) -> Tree | Rejected:
    if isinstance(file, Rejected):
        return file
    try:
        return file.name, file.stem, parse(file.data)
    except Unreadable as error:
        return Rejected(file.name, str(error))


def _parsed(root: Element, stem: str, source: str) -> _Parsed:
    source_id = normalise_line(text_of(root, "id")) or normalise_line(stem)
    if not 0 < len(source_id) <= _MAX_SOURCE_ID:
        raise Unreadable(f"o id falta ou tem mais de {_MAX_SOURCE_ID} caracteres")
    title = line(text_of(root, "nome"))
    if not title:
        raise Unreadable("falta o nome do serviço")
    if len(title) > _MAX_TITLE:
        raise Unreadable(f"o nome do serviço tem mais de {_MAX_TITLE} caracteres")
    body, body_name = _body(root)
    topics = _names(root, "areas-de-interesse")
    audiences = _names(root, "segmentos-da-sociedade")
    what = introduction(text_of(root, "descricao"))
    link = web_address(text_of(root, "link-servico-digital"))
    service = Service(
        kind="service",
        title=title,
        secretariat=_ref(source, "secretariat", body),
        acronym=line(text_of(root, "sigla")),
        popular_names=lines(items(root, "nomes-populares")),
        keywords=lines(items(root, "palavras-chave")),
        summary=what.summary,
        description=what.description,
        applicants=_applicants(root),
        steps=steps(root),
        time=time_estimate(only(root, "tempo-total-estimado")),
        free=choice(text_of(root, "gratuito"), _TRUTH, "gratuito"),
        legislation=[law for item in items(root, "legislacoes") for law in laws(item)],
        validity=_validity(only(root, "validade-documento")),
        online=choice(text_of(root, "servico-digital"), _TRUTH, "servico-digital"),
        digital_link=DigitalLink(url=link) if link else None,
        contact=rich(text_of(root, "contato")),
        audiences=[_ref(source, "audience", fold(name)) for name in audiences],
        topics=[_ref(source, "topic", fold(name)) for name in topics],
        standards=Standards(
            accessibility=_standard(root, "condicoes-acessibilidade"),
            priority=_standard(root, "tratamento-prioritario"),
            treatment=_standard(root, "tratamento-dispensado-atendimento"),
        ),
        **_identity(source, "service", source_id),
    )
    return _Parsed(
        service=service,
        database_id=line(text_of(root, "dbId")),
        related=lines(items(root, "servicos-relacionados")),
        body=body,
        body_name=body_name,
        other_names=lines([other.text or "" for other in other_names(only(root, "orgao"))]),
        topics=topics,
        audiences=audiences,
    )


def _names(root: Element, element: str) -> list[str]:
    """What a service is filed under. Raises ``Unreadable`` for a name that no entry could have."""
    names = lines(items(root, element))
    if any(max(len(name), len(fold(name))) > _MAX_TITLE for name in names):
        raise Unreadable(f"um item de {element} tem mais de {_MAX_TITLE} caracteres")
    return names


def _identity(source: str, kind: Kind, source_id: str) -> dict[str, Any]:
    key = key_for(source, kind, source_id)
    return {"source": source, "source_id": source_id, "key": key, "id": id_of(key)}


@lru_cache(maxsize=2048)
def _ref(source: str, kind: Kind, source_id: str) -> Ref:
    return Ref(kind=kind, id=id_for(source, kind, source_id))


def _body(root: Element) -> tuple[str, str]:
    """The body's source id and its name as written. Without ``@id`` its name tells it apart."""
    element = only(root, "orgao")
    name = line(text_of(element, "nomeOrgao"))
    source_id = normalise_line("" if element is None else element.get("id", "")) or slugify(name)
    if not source_id:
        raise Unreadable("falta o órgão do serviço (orgao/@id ou nomeOrgao)")
    if max(len(source_id), len(name)) > _MAX_SOURCE_ID:
        raise Unreadable(f"o id ou o nome do órgão tem mais de {_MAX_SOURCE_ID} caracteres")
    return source_id, name


def _applicants(root: Element) -> list[Applicant]:
    found = [
        Applicant(who=text(text_of(element, "tipo")), requirements=rich(text_of(element, "requisitos")))
        for element in children(only(root, "solicitantes"), "solicitante")
    ]
    return [applicant for applicant in found if applicant.who or applicant.requirements]


def _validity(element: Element | None) -> Validity | None:
    """``validade-documento``; a quantity of zero is a form left empty."""
    if element is None:
        return None
    validity = Validity(
        type=choice(text_of(element, "tipo"), _VALIDITY_TYPES, "o tipo da validade"),
        quantity=whole_number(text_of(element, "quantidade"), "a quantidade da validade") or None,
        unit=choice(text_of(element, "unidade"), _VALIDITY_UNITS, "a unidade da validade"),
        note=text(text_of(element, "descricao")),
    )
    return None if validity == _NO_VALIDITY else validity


def _standard(root: Element, name: str) -> Standard | None:
    said = rich(text_of(root, name))
    return Standard(text=said, origin="service") if said else None


def write(charter: Charter) -> Iterator[bytes]:
    """A zip with one file a service."""
    return zipped(_written(charter), charter.site.at)


def write_alone(charter: Charter) -> Iterator[bytes]:
    """The file of the one service of this charter."""
    return (data for _name, data in _written(charter))


def _written(charter: Charter) -> Iterator[tuple[str, bytes]]:
    named = Named.of(charter, SOURCE)
    for service in charter.of("service"):
        if isinstance(service, Service):
            root = tree(service, named)
            yield f"{slugify(service.title)[:80]}-{service.id}.xml", as_xml(root)


def _secretariats(
    source: str, names: Mapping[str, Counter[str]], told: Mapping[str, Iterable[str]]
) -> list[Secretariat]:
    """A body for each id. Its title is its commonest spelling; the other spellings, and those told, are beside it.

    A body that no file names takes the name of the one whose address ends in its number, else
    that number.
    """
    by_number = {source_id.rpartition("/")[2]: spellings for source_id, spellings in names.items() if +spellings}
    result = []
    for source_id, spellings in names.items():
        number = source_id.rpartition("/")[2]
        known = +spellings or +by_number.get(number, Counter())
        chosen = named_body(_commonest(known)) if known else named_body(f"Órgão {number[-200:]}")
        others = [*(_other_name(spelling, chosen.acronym) for spelling in sorted(known)), *told.get(source_id, ())]
        result.append(
            Secretariat(
                kind="secretariat",
                title=chosen.name,
                acronym=chosen.acronym,
                other_names=[name for name in others if name != chosen.name],
                **_identity(source, "secretariat", source_id),
            )
        )
    return result


def _other_name(spelling: str, acronym: str) -> str:
    """Another spelling of a body's name, with its acronym only if that is another one too."""
    other = named_body(spelling)
    return other.name if other.acronym in {"", acronym} else spelling


def _commonest(names: Counter[str]) -> str:
    """The spelling met most often; of several, the one with most accents, then the first in the alphabet."""
    return min(names, key=lambda name: (-names[name], name.isascii(), name))


FORMAT = Format(
    name=SOURCE,
    suffixes=frozenset({".xml"}),
    source=SOURCE,
    media_type="application/zip",
    counted=frozenset({"service"}),
    read=read,
    write=write,
    suffix=".zip",
    of_one=frozenset({"service"}),
    alone=Alone("application/xml", ".xml", write_alone),
)
