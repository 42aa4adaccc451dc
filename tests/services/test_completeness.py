"""The gate: what an entry must say before it goes public, and what it should."""

from collections.abc import Callable
from datetime import date

import pytest

from services.choices import WAIVABLE as OFFERED
from services.completeness import Incomplete, gaps, require, score
from services.models import ENTRY_MODELS
from services.record import Entry, Form, Information, Procedure, Service
from services.record.form import FormVersion
from services.record.procedure import ProcedureStep
from services.record.service import (
    Applicant,
    Channel,
    Channels,
    Criterion,
    Document,
    Documents,
    NotApplicable,
)
from services.record.values import Duration, Standard, Standards, TimeEstimate
from services.rules import RULES, WAIVABLE
from services.saying import says_something
from tests.records import STANDARDS, STEP, _identity, district, secretariat, topic, unit
from tests.records import complete_service as whole


def without(name: str) -> Standards:
    return STANDARDS.model_copy(update={name: None})


def required(record: Entry) -> list[str]:
    return [gap.rule.key for gap in gaps(record) if gap.rule.severity == "required"]


def test_a_whole_service_has_no_required_gap() -> None:
    assert required(whole()) == []
    require(gaps(whole()))


#: Required item of a service (Lei 13.460 art. 7) → ways of not saying it.
LACKING: dict[str, list[Callable[[], Service]]] = {
    "title": [lambda text=text: whole(text) for text in ("", "-", "A definir", "Teste")],
    "summary": [lambda text=text: whole(summary=text) for text in ("", "-", "a definir", "Marcar consulta no posto")],
    "applicants": [
        lambda: whole(requirements=""),
        lambda: whole(requirements="<p>Consulte o setor responsável.</p>"),
        lambda: whole(requirements=f"<p>{whole().summary}</p>", applicants=[Applicant(who="A definir")]),
    ],
    "documents": [
        lambda: whole(steps=[STEP.model_copy(update={"documents": Documents()})]),
        lambda: whole(steps=[STEP.model_copy(update={"documents": Documents(default=[Document(name="-")])})]),
        lambda: whole(steps=[STEP.model_copy(update={"documents": Documents(default=[Document(name=whole().title)])})]),
        lambda: whole(
            steps=[STEP.model_copy(update={"documents": Documents()})],
            not_applicable=[NotApplicable(rule="documents", reason="-")],
        ),
    ],
    "steps": [
        lambda title=title: whole(steps=[STEP.model_copy(update={"title": title})])
        for title in ("Em breve", "Procurar o setor responsável", "Marcar consulta no posto")
    ],
    "time": [
        lambda: whole(time=None),
        lambda: whole(time=TimeEstimate(type="average", max=5, unit="months")),
        lambda: whole(time=TimeEstimate(type="not_estimated")),
        lambda: whole(time=TimeEstimate(type="up_to", unit="months")),
        lambda: whole(time=TimeEstimate(type="up_to", max=5)),
        lambda: whole(time=TimeEstimate(type="up_to", max=0, unit="working_days")),
        lambda: whole(time=TimeEstimate(type="between", min=2, unit="working_days")),
        lambda: whole(time=TimeEstimate(type="average", min=1, max=5, unit="months", note="No máximo 5 meses.")),
    ],
    "channels": [
        lambda: whole(steps=[STEP.model_copy(update={"channels": Channels()})]),
        *[
            lambda channel=channel: whole(
                steps=[STEP.model_copy(update={"channels": Channels(default=[Channel(type="phone", **channel)])})]
            )
            for channel in (
                {"text": "a definir"},
                {"text": "Marcar consulta no posto"},
                {"text": "", "url": "-"},
                {"text": "Consulte", "url": "a definir"},
                {"text": "N/A", "url": "n/a"},
            )
        ],
    ],
    **{
        name: [
            lambda name=name: whole(standards=without(name)),
            lambda name=name: whole(
                standards=STANDARDS.model_copy(update={name: Standard(text="<p>Não informado.</p>", origin="service")})
            ),
            lambda name=name: whole(
                summary="A Prefeitura marca a consulta.",
                standards=STANDARDS.model_copy(
                    update={name: Standard(text="<p>A prefeitura marca a CONSULTA</p>", origin="service")}
                ),
            ),
        ]
        for name in (
            "manifestation",
            "priority",
            "waiting",
            "communication",
            "manifestation_handling",
            "status_lookup",
        )
    },
}


def test_every_required_item_of_a_service_is_tried() -> None:
    items = {rule.key for rule in RULES if rule.severity == "required" and (not rule.kinds or "service" in rule.kinds)}
    assert items == LACKING.keys()
    # Six of § 2 (the first in two parts, the second in two), five of § 3.
    assert len(items) == 6 + 2 + 5


@pytest.mark.parametrize(("item", "lacking"), [(item, each) for item, ways in LACKING.items() for each in ways])
def test_each_way_of_not_saying_it_is_a_gap_of_that_item_alone(item: str, lacking: Callable[[], Service]) -> None:
    found = lacking()
    assert required(found) == [item]
    sentence = next(str(gap) for gap in gaps(found) if gap.rule.key == item)
    assert sentence.endswith(".")
    with pytest.raises(Incomplete) as refusal:
        require(gaps(found))
    assert str(refusal.value) == sentence


def test_of_two_commitments_that_say_the_same_the_later_says_nothing() -> None:
    same = Standard(text="<p>Ligue 156 e peça o protocolo.</p>", origin="service")
    twice = STANDARDS.model_copy(update={"manifestation": same, "status_lookup": same})
    assert required(whole(standards=twice)) == ["status_lookup"]
    # The city may promise the same twice: it was not copied from a field of the service.
    promised = same.model_copy(update={"origin": "city"})
    assert required(whole(standards=twice.model_copy(update={"status_lookup": promised}))) == []


def test_what_does_not_apply_is_said_with_a_reason() -> None:
    anonymous = NotApplicable(rule="documents", reason="A denúncia é anônima.")
    assert required(whole(steps=[STEP.model_copy(update={"documents": Documents()})], not_applicable=[anonymous])) == []
    priority = NotApplicable(rule="priority", reason="Ninguém vem antes.")
    assert required(whole(standards=without("priority"), not_applicable=[priority])) == ["priority"]


def test_what_may_be_waived_is_what_the_form_offers() -> None:
    assert {key for key, _label in OFFERED} == WAIVABLE


def test_a_wait_at_the_counter_is_told_at_the_counter_too() -> None:
    channel = Channel(type="in_person", text="Posto", waiting=Duration(quantity=30, unit="minutes"))
    step = STEP.model_copy(update={"channels": Channels(default=[channel])})
    assert required(whole(steps=[step], standards=without("waiting"))) == []


def test_a_limited_benefit_needs_criteria_and_they_need_an_appeal() -> None:
    def advised(record: Service) -> set[str]:
        return {gap.rule.key for gap in gaps(record)} & {"criteria", "appeal"}

    grant = whole("Pedir bolsa de estudo")
    assert advised(grant) == {"criteria"}
    by_income = [Criterion(basis="income", description="<p>Quem ganha menos recebe antes.</p>")]
    assert advised(grant.model_copy(update={"criteria": by_income})) == {"appeal"}
    assert advised(grant.model_copy(update={"criteria": by_income, "appeal": "<p>Escreva em 10 dias.</p>"})) == set()
    assert advised(whole()) == set()


def test_other_kinds_have_rules_of_their_own() -> None:
    assert required(topic()) == required(district()) == required(secretariat()) == []
    nowhere = unit(how_to_get_there="")
    assert required(nowhere) == ["place"]
    assert required(unit()) == required(nowhere.model_copy(update={"itinerant": True})) == []
    procedure = Procedure(**_identity("procedure", "Abrir um negócio", "", {}), summary="Do endereço ao alvará.")
    assert required(procedure) == ["journey"]
    assert required(procedure.model_copy(update={"steps": [ProcedureStep(title="Consultar o endereço")]})) == []
    information = Information(**_identity("information", "O que é IPTU?", "", {}), summary="Um imposto.")
    assert required(information) == ["body"]
    form = Form(**_identity("form", "Requerimento", "", {}))
    assert required(form) == ["versions"]
    version = FormVersion(valid_from=date(2026, 1, 1), url="https://example.org/r.pdf")
    assert required(form.model_copy(update={"versions": [version]})) == []


def test_the_score_counts_what_concerns_the_kind() -> None:
    full = score(whole())
    assert (full.required_met, full.required) == (13, 13)
    assert 0 < full.advised_met < full.advised
    assert score(whole(summary="")).percent < full.percent < 100
    assert score(topic()).percent == 100


def test_every_rule_names_its_source_and_a_field_of_the_form() -> None:
    for rule in RULES:
        assert rule.article.startswith(("Lei ", "Decreto ", "Regras editoriais"))
        for kind in rule.kinds or {"service"}:
            assert ENTRY_MODELS[kind]._meta.get_field(rule.field), rule.key
    assert len({rule.key for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "—", "...", "x", "xxxx", "A definir.", "NÃO INFORMADO", "Consulte",
     "Consulte o setor responsável.", "Ver no site.", "<p>Não se aplica</p>", "<p>-</p>", "Entre em contato conosco",
     "Sob consulta", "A definir", "<ul><li>A definir</li></ul>", "N/A", "n.d.", "Xxx", "idem", "…", "<p><br></p>",
     "Veja no balcão", "Acesse o portal", "Em construção...", "Lorem ipsum", "pendente!", "a combinar",
     "A combinar com o setor", "0", "A ser definido pela secretaria", "Será informado no atendimento", "S/N", "n/i",
     "Não.", "Sem prazo", "sim", "N.A.", "Procure o setor responsável da Secretaria Municipal.",
     "Consultar a unidade mais próxima", "TBD", "Não disponível",
     "Para mais informações, entre em contato com o órgão responsável.", "Informações no balcão de atendimento",
     "Verificar junto ao departamento competente", "Conforme legislação", "(preencher)",
     "Dirija-se ao setor competente da prefeitura", "Consulte a Secretaria da Saúde", "Inserir texto aqui",
     "A DEFINIR!!!", "Depende", "Indeterminado"],
)  # fmt: skip
def test_placeholders_say_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize(
    "text",
    ["RG", "5", "Ligue 156", "Qualquer pessoa", "Consulte www.exemplo.gov.br", "CPF do dono", "Não precisa ser dono.",
     '<p>Consulte <a href="/s/abcdefghij">a fila</a></p>',
     "Consulte antes se o imóvel está no seu nome na Prefeitura", "Verde", "A definição da vaga é por sorteio",
     "Verificar a calçada", "Na hora", "Ver a lista de aprovados no mural", "Aguardar a visita da equipe",
     "Consultar a segunda via do boleto", "Sem custo", "Ninguém", "Idosos", "10",
     "Combine o dia com a equipe do posto", "Não é preciso nada", "Procure o posto do seu bairro", "Por telefone",
     "Conforme a renda da família", "Consulte pelo protocolo.", "Veja a lista.", "Consulte com o CPF",
     "Nada é pedido de quem denuncia", "SMS", "Informações pessoais do dono"],
)  # fmt: skip
def test_short_answers_say_something(text: str) -> None:
    assert says_something(text)


def test_a_long_text_says_something_unless_it_is_one_letter() -> None:
    assert says_something("Leve o documento e espere a sua vez no balcão. " * 9)
    assert not says_something("x " * 150)


def test_the_same_words_again_say_nothing_new() -> None:
    assert not says_something("<p>Marcar CONSULTA!</p>", beside=["Marcar consulta"])
    assert says_something("Marcar consulta no posto", beside=["Marcar consulta"])
