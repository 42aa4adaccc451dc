"""Every element of the federal schema, in files invented for it."""

import re
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from services.interchange import FORMATS, Reading, Rejected, SourceFile, federal_v3, open_source
from services.interchange.federal_v3_fields import DROPPED, HANDLED, NAMESPACE, OTHER_NAME
from services.interchange.federal_v3_steps import CHANNEL_TYPES, TIME_TYPES
from services.interchange.federal_v3_texts import amount, introduction, named_body
from services.interchange.federal_v3_xml import parse, paths
from services.record import Secretariat, Service, dump
from services.record.identity import id_for, key_for
from services.record.service import Channel, Document, Fee, Law, Validity
from services.record.values import Duration, TimeEstimate
from tests.services.interchange.charters import INVENTED, PROJECT, invented

HEAD = f'<servico xmlns="{NAMESPACE}">'
WHOLE = f'{HEAD}<id>a</id><nome>A</nome><orgao id="1"/>%s</servico>'


@pytest.fixture(scope="module")
def reading() -> Reading:
    return federal_v3.read(open_source(INVENTED, {".xml"}))


def _service(reading: Reading, source_id: str) -> Service:
    (found,) = [record for record in reading.records if isinstance(record, Service) and record.source_id == source_id]
    return found


def _one(xml: str) -> Service:
    reading = federal_v3.read([SourceFile("a.xml", xml.encode())])
    assert reading.rejected == []
    return _service(reading, "a")


def _reason(data: bytes | str) -> str:
    reading = federal_v3.read([SourceFile("a.xml", data.encode() if isinstance(data, str) else data)])
    assert reading.records == []
    (rejected,) = reading.rejected
    assert rejected.name == "a.xml"
    assert "\n" not in rejected.reason
    return rejected.reason


def test_all_invented_files_are_read(reading: Reading) -> None:
    assert reading.rejected == []
    assert sum(record.kind == "service" for record in reading.records) == len(list(INVENTED.glob("*.xml"))) >= 20


def test_the_invented_files_hold_every_known_element() -> None:
    met = {path for file in INVENTED.glob("*.xml") for path, _ in paths(parse(file.read_bytes()))}
    elsewhere = {
        # Only this project writes it.
        f"orgao/{OTHER_NAME}",
        # Spellings that only stand in one of the two lists in the real files; both are read in both.
        "etapas/etapa/documentos/default/documento",
        "etapas/etapa/documentos/default/documento/descricao",
        "etapas/etapa/documentos/default/documento/id",
        "etapas/etapa/tempo-total-estimado/em-media",
    }
    missing = {path for path in HANDLED if path not in met and not any(path.startswith(one) for one in elsewhere)}
    assert {path for path in missing if "/caso/" not in path and "etapa/tempo-total-estimado" not in path} == set()


def test_a_whole_service(reading: Reading) -> None:
    service = _service(reading, "ligar-agua")
    assert service.key == key_for("federal-v3", "service", "ligar-agua")
    assert (service.source, service.title, service.acronym) == ("federal-v3", "Ligar a água de uma casa nova", "LIGA")
    assert service.slug == "ligar-a-agua-de-uma-casa-nova"
    assert service.popular_names == ["ligação de água", "puxar água"]
    assert (service.summary, service.description) == ("Peça a ligação da sua casa à rede de água.", "")
    assert service.contact == (
        "<p>Fale com a <strong>Central das Águas</strong>:</p><ul><li>telefone 0800 000 0000</li>"
        '<li><a href="https://aguas.example/fale">formulário</a></li></ul>'
    )
    assert (service.free, service.online) == (False, True)
    assert service.digital_link is not None
    assert service.digital_link.url == "https://aguas.example/ligar#inicio"
    (applicant,) = service.applicants
    assert applicant.requirements == "<ul><li>Ter o imóvel em seu nome;</li><li>Morar na cidade.</li></ul>"
    assert service.time == TimeEstimate(
        type="between", min=2, max=7, unit="working_days", note="O prazo conta da vistoria."
    )
    assert service.validity == Validity(type="limited", quantity=5, unit="years", note="Pode ser renovado.")
    assert service.standards.accessibility is not None
    assert dump(service)["standards"] == {
        "accessibility": {"text": "<p>Rampa na entrada</p>", "origin": "service"},
        "treatment": {"text": "<p>Respeito;<br>Cortesia.</p>", "origin": "service"},
    }
    assert service.legislation == [
        Law(title="Lei das Águas", url="https://leis.example/aguas"),
        Law(title="Decreto 1 - Regula os poços", url="https://leis.example/1"),
        Law(title="Decreto 2", url="https://leis.example/2"),
        Law(title="Portaria 3", url="https://leis.example/3"),
    ]


def test_steps_with_their_cases(reading: Reading) -> None:
    (step,) = _service(reading, "ligar-agua").steps
    assert (step.title, step.description) == ("Pedir a ligação", "<p>Leve os papéis ao balcão.</p>")
    assert step.documents.default == [Document(name="CPF")]
    (case,) = step.documents.cases
    assert (case.text, case.items) == (
        "Imóvel alugado",
        [Document(name="Contrato de aluguel"), Document(name="Carta do dono")],
    )
    assert step.fees.default == [
        Fee(name="Taxa de vistoria", amount=Decimal("1364.20")),
        Fee(name="Cano", currency="USD", varies="Depende da distância até a rede"),
    ]
    assert step.fees.cases[0].items == [Fee(name="Ligação social", amount=Decimal("7.00"))]
    assert step.channels.default == [
        Channel(type="in_person", text="Praça das Águas - Rua do Poço, 10", waiting=Duration(quantity=15)),
        Channel(type="web", url="https://aguas.example/pedido", system_down="Ligue para 0800 000 0000"),
        Channel(type="app", text="Águas no bolso", url="https://loja.example/aguas"),
    ]
    assert step.channels.cases[0].items == [
        Channel(type="phone", text="(00) 3000-0000", waiting=Duration(quantity=2, unit="hours"))
    ]
    assert step.time == TimeEstimate(type="immediate")


@pytest.mark.parametrize(
    ("source_id", "expected"),
    [
        ("desligar-agua", TimeEstimate(type="up_to", max=90, unit="calendar_days")),
        ("tempo-em-media", TimeEstimate(type="average", max=3, unit="months")),
        ("tempo-imediato", TimeEstimate(type="immediate")),
        ("tempo-desconhecido", TimeEstimate(type="not_estimated", note="Ainda não há prazo \\ ver edital.")),
        ("so-a-nota-do-prazo", TimeEstimate(type="not_estimated", note="Depende da chuva.")),
        ("sem-id", None),
    ],
)
def test_times(reading: Reading, source_id: str, expected: TimeEstimate | None) -> None:
    assert _service(reading, source_id).time == expected


def test_times_of_steps(reading: Reading) -> None:
    assert [step.time for step in _service(reading, "minutos-e-horas").steps] == [
        TimeEstimate(type="between", min=30, max=45, unit="minutes"),
        TimeEstimate(type="up_to", max=2, unit="hours"),
        None,
    ]


def test_every_channel_has_its_type(reading: Reading) -> None:
    channels = _service(reading, "todos-os-canais").steps[0].channels.default
    known = {type_ for word, type_ in CHANNEL_TYPES.items() if word not in {"whatsapp", "sms"}}
    assert {channel.type for channel in channels} == known
    assert (channels[1].text, channels[1].url) == ("", "http://www.aguas.example/x")


def test_fees_are_numbers_only_where_they_surely_are(reading: Reading) -> None:
    fees = {fee.name: (fee.amount, fee.varies) for fee in _service(reading, "todos-os-custos").steps[0].fees.default}
    assert fees == {
        "Inteiro": (Decimal(7), ""),
        "Milhar": (Decimal(43400), ""),
        "Ambíguo": (None, "2,000"),
        "Ponto": (Decimal("4.20"), ""),
        "Sem valor": (None, ""),
        "Só variável": (None, "Valor variável"),
        "Com real": (Decimal("10.50"), ""),
        "Com teto": (Decimal(100), "Até R$ 200,00"),
    }
    assert _service(reading, "todos-os-custos").free is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("4,20", "4.20"),
        ("1.234.567,8", "1234567.80"),
        ("1234,56", "1234.56"),
        (" 0 ", "0"),
        ("4,2,0", None),
        ("-3", None),
        ("", None),
    ],
)
def test_amounts(raw: str, expected: str | None) -> None:
    assert amount(raw) == (None if expected is None else Decimal(expected))


def test_validity(reading: Reading) -> None:
    assert _service(reading, "sem-validade").validity == Validity(type="unlimited")
    assert _service(reading, "validade-so-em-palavras").validity == Validity(note="A da outorga.")
    assert _service(reading, "sem-id").validity is None


def test_a_long_description_has_its_first_sentences_as_summary(reading: Reading) -> None:
    service = _service(reading, "descricao-longa")
    assert service.summary == " ".join(["A limpeza é feita por nossa equipe."] * 8)
    assert service.description.endswith("<ul><li>Marque o dia</li><li>Feche o registro</li></ul>")


def test_an_introduction_is_the_same_when_it_is_exported_and_read_again(reading: Reading) -> None:
    for record in reading.records:
        if isinstance(record, Service) and record.description:
            assert introduction(record.description) == (record.summary, record.description)


def test_html_and_crooked_markdown(reading: Reading) -> None:
    assert _service(reading, "descricao-em-html").description == (
        "<p>O esgoto vai à <strong>estação</strong>.</p><ul><li>Coleta</li><li>Tratamento</li></ul>"
    )
    service = _service(reading, "markdown-torto")
    assert service.title == "Pedir um carro-pipa"
    assert service.description == (
        '<p>Leia o <a href="https://aguas.example/edital%20final.pdf">edital</a> e <strong>traga</strong> :</p>'
        "<ul><li>CPF;</li><li>&lt;nome da mãe&gt;;</li></ul>"
        "<ol><li>Um</li><li>Dois</li></ol><p>E depois</p><p>3. Três</p>"
    )


def test_bodies_are_told_apart_by_their_id(reading: Reading) -> None:
    bodies = {record.source_id: record for record in reading.records if isinstance(record, Secretariat)}
    assert set(bodies) == {"http://orgaos.example/id/10", "10", "http://orgaos.example/id/20", "instituto-da-terra-it"}
    waters = bodies["http://orgaos.example/id/10"]
    assert (waters.title, waters.acronym, waters.other_names) == (
        "Secretaria das Águas",
        "SAG",
        ["Secretaria das Aguas"],
    )
    assert (bodies["10"].title, bodies["10"].slug != waters.slug) == ("Secretaria das Águas", True)
    assert waters.slug == "secretaria-das-aguas"
    assert bodies["http://orgaos.example/id/20"].title == "Órgão 20"
    assert _service(reading, "outra-grafia").secretariat == _service(reading, "ligar-agua").secretariat
    assert named_body("Órgão sem sigla") == ("Órgão sem sigla", "")


def test_topics_and_audiences_come_once_however_they_are_spelt(reading: Reading) -> None:
    filed = [(record.kind, record.title) for record in reading.records if record.kind in {"topic", "audience"}]
    assert sorted(filed) == [("audience", "Cidadãos"), ("topic", "Habitação"), ("topic", "Água")]
    assert _service(reading, "desligar-agua").topics[0].id == id_for("federal-v3", "topic", "agua")


def test_related_services_are_found_by_a_number_that_only_one_file_has(reading: Reading) -> None:
    service = _service(reading, "ligar-agua")
    assert [ref.id for ref in service.related] == [id_for("federal-v3", "service", "desligar-agua")]
    assert service.related_texts == ["99", "5"]


def test_titles_that_differ_only_in_accents_have_different_slugs_in_any_order() -> None:
    files = [invented("desligar-agua"), invented("mesmo-nome-sem-acento")]
    one, other = federal_v3.read(files), federal_v3.read(reversed(files))
    slugs = {record.id: record.slug for record in one.records if record.kind == "service"}
    assert len(set(slugs.values())) == 2
    assert slugs[id_for("federal-v3", "service", "desligar-agua")] == "desligar-a-agua"
    assert slugs == {record.id: record.slug for record in other.records if record.kind == "service"}


def test_the_file_name_stands_in_for_an_id_that_is_missing(reading: Reading) -> None:
    assert _service(reading, "sem-id").title == "Ver a conta de água"


def test_an_unknown_element_is_told_and_the_rest_is_read(reading: Reading) -> None:
    assert [(remark.name, remark.text) for remark in reading.remarks] == [
        ("elemento-novo.xml", "atributo desconhecido satelite@orbita: baixa"),
        ("elemento-novo.xml", "elemento desconhecido satelite: Vê as nuvens"),
    ]


def test_stray_text_is_told() -> None:
    reading = federal_v3.read([SourceFile("a.xml", (WHOLE % "solto<etapas>perdido</etapas>").encode())])
    assert [remark.text for remark in reading.remarks] == [
        "texto solto em servico: solto",
        "texto solto em etapas: perdido",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "o arquivo está vazio"),
        (b"nada de XML", "não é um XML válido (linha 1, coluna 1)"),
        ((WHOLE % "")[:-3], "não é um XML válido (linha 1, coluna"),
        ((WHOLE % "água").encode("latin-1"), "não é um XML válido"),
        (
            '<?xml version="1.0" encoding="klingon"?>' + WHOLE % "",
            "a codificação declarada no XML não é conhecida|não é um XML válido",
        ),
        ('<!DOCTYPE servico [<!ENTITY a "b">]>' + WHOLE % "&a;", "declara DTD ou entidades"),
        ('<!DOCTYPE servico SYSTEM "file:///etc/passwd">' + WHOLE % "", "declara DTD ou entidades"),
        ("<servico><nome>A</nome></servico>", "o elemento principal é servico"),
        ("<html/>", "o elemento principal é html"),
        (WHOLE % ("<a>" * 30 + "</a>" * 30), "aninhados em mais de 20 níveis"),
        ("<a>" * 500_000, "aninhados em mais de 20 níveis"),
        (WHOLE % ("<a/>" * 20_001), "mais de 20000 elementos"),
        (f'{HEAD}<orgao id="1"/></servico>', "falta o nome"),
        (f'{HEAD}<nome>A</nome><nome>B</nome><orgao id="1"/></servico>', "o elemento nome aparece 2 vezes"),
        (f'{HEAD}<nome>{"A" * 256}</nome><orgao id="1"/></servico>', "mais de 255 caracteres"),
        (f"{HEAD}<nome>A</nome></servico>", "falta o órgão"),
        (
            WHOLE % f"<areas-de-interesse><item>{'A' * 256}</item></areas-de-interesse>",
            "um item de areas-de-interesse tem",
        ),
        (WHOLE % "<gratuito>talvez</gratuito>", "gratuito tem um valor desconhecido: talvez"),
        (WHOLE % "<link-servico-digital>javascript:alert(1)</link-servico-digital>", "não é um endereço da web"),
        (WHOLE % "<tempo-total-estimado><ate max='x' unidade='meses'/></tempo-total-estimado>", "não é um número"),
        (WHOLE % "<tempo-total-estimado><ate max='1'/></tempo-total-estimado>", "a unidade do prazo"),
        (WHOLE % "<tempo-total-estimado><ate unidade='meses'/></tempo-total-estimado>", "o prazo ate não tem max"),
        (
            WHOLE % "<tempo-total-estimado><atendimento-imediato/><nao-estimado-ainda/></tempo-total-estimado>",
            "diz duas coisas",
        ),
        (
            WHOLE % "<etapas><etapa><canais-de-prestacao><default><canal-de-prestacao tipo='pombo'/></default>"
            "</canais-de-prestacao></etapa></etapas>",
            "o tipo do canal de prestação tem um valor desconhecido: pombo",
        ),
    ],
)
def test_a_faulty_file_is_refused_with_a_reason(data: bytes | str, reason: str) -> None:
    assert re.search("|".join(re.escape(part) for part in reason.split("|")), _reason(data))


def test_the_second_file_of_one_service_is_refused() -> None:
    reading = federal_v3.read([SourceFile("a.xml", (WHOLE % "").encode()), SourceFile("b.xml", (WHOLE % "").encode())])
    assert reading.rejected == [Rejected("b.xml", "outro arquivo já trouxe o serviço a")]
    assert len(reading.records) == 2


def test_a_body_without_name_may_have_a_long_id() -> None:
    data = f'{HEAD}<nome>A</nome><orgao id="{"7" * 255}"/></servico>'.encode()
    (body,) = [
        record for record in federal_v3.read([SourceFile("a.xml", data)]).records if record.kind == "secretariat"
    ]
    assert body.title == "Órgão " + "7" * 200


def test_what_a_source_refused_is_passed_on() -> None:
    rejected = Rejected("x.xml", "passa de 5 MB")
    assert federal_v3.read([rejected]).rejected == [rejected]


def test_other_encodings_are_read() -> None:
    text = WHOLE % "<sigla>ÁGUA</sigla>"
    for encoding in ("utf-16", "iso-8859-1"):
        data = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
        (service,) = [
            record for record in federal_v3.read([SourceFile("a.xml", data)]).records if record.kind == "service"
        ]
        assert dump(service)["acronym"] == "ÁGUA"


def test_the_format_is_known_by_its_name() -> None:
    assert FORMATS["federal-v3"].read is federal_v3.read
    assert FORMATS["federal-v3"].suffixes == {".xml"}


def test_no_path_is_both_kept_and_dropped() -> None:
    assert not set(HANDLED) & set(DROPPED)


def test_every_place_named_is_a_field_of_a_record() -> None:
    schema: Any = Service.model_fields
    for path, place in HANDLED.items():
        for part in place.split(", "):
            name = part.split(" ")[0].split(".")[0].split(":")[0]
            assert name in schema or name in {"acronym", "other_names"}, (path, part)


def test_the_document_shows_both_tables() -> None:
    text = (PROJECT / "docs" / "federal-v3.md").read_text(encoding="utf-8")
    for path, place in (*HANDLED.items(), *DROPPED.items()):
        assert f"| `{path}` | {place} |" in text
    assert len(re.findall(r"^\| `", text, re.MULTILINE)) == len(HANDLED) + len(DROPPED)
    assert all(f"`{word}`" in text for word in (*CHANNEL_TYPES, *TIME_TYPES))


def test_the_invented_files_are_plain_xml() -> None:
    for file in INVENTED.glob("*.xml"):
        assert ET.parse(file).getroot().tag == f"{{{NAMESPACE}}}servico"  # noqa: S314
