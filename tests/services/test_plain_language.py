"""Advice on plain Portuguese: what it finds in labelled passages, what it may never do, and how fast."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from services.interchange import FORMATS, open_source
from services.plain_language import RULES, Finding, Passage, findings, record_findings, texts_of
from services.record.procedure import Procedure, ProcedureStep
from services.record.service import Applicant, Document, DocumentCase, Documents, Step
from services.record.values import Standard, Standards
from tests.records import _identity, secretariat, service
from tests.strategies import NASTY

DATA = Path(__file__).parents[1] / "data" / "plain_language.jsonl"
#: Some twenty a rule, written when all rules had long been tuned; each is labelled for its one rule.
LATER = DATA.with_name("plain_language_later.jsonl")
#: What the rules are held to on the half that nobody looks at while tuning.
PRECISION, RECALL = 0.8, 0.9
#: Two rules may claim the same words, of which one is told: a label for the other counts as missed.
LATER_RECALL = 0.8


def labelled(split: str) -> Iterator[dict[str, Any]]:
    """The passages of one half."""
    for line in DATA.read_text().splitlines():
        row = json.loads(line)
        if row["split"] == split:
            yield row


@dataclass
class Tally:
    """Of a rule: how often it was right, wrong, silent, and how many planted examples it found."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.counts["right"] / max(self.counts["right"] + self.counts["wrong"], 1)

    @property
    def recall(self) -> float:
        return self.counts["found"] / max(self.counts["planted"], 1)

    def __str__(self) -> str:
        said = "  ".join(f"{name} {self.counts[name]:3}" for name in ("right", "wrong", "silent", "found", "planted"))
        return f"precision {self.precision:.2f}  recall {self.recall:.2f}  {said}"


def measured(split: str) -> dict[str, Tally]:
    """Each rule's tally over one half of the passages."""
    tallies = {rule.key: Tally() for rule in RULES}
    for row in labelled(split):
        told = {each.rule for each in findings([passage(row["text"], field=row["field"])])}
        for key in told | set(row["rules"]):
            counts = tallies[key].counts
            expected = key in row["rules"]
            counts["right" if key in told and expected else "wrong" if key in told else "silent"] += 1
            if expected and row.get("planted"):
                counts["planted"] += 1
                counts["found"] += key in told
    return tallies


def passage(text: str, *, field: str = "description") -> Passage:
    return Passage(field, text, is_title=field == "title")


def found(text: str, *, rule: str = "", field: str = "description", known: Iterable[str] = ()) -> list[Finding]:
    told = findings([passage(text, field=field)], known_acronyms=list(known))
    return [each for each in told if not rule or each.rule == rule]


def words(text: str, rule: str, **kwargs: Any) -> list[str]:
    return [each.words for each in found(text, rule=rule, **kwargs)]


def measured_later() -> dict[str, Tally]:
    """Each rule's tally over the passages that were written for it later."""
    tallies = {rule.key: Tally() for rule in RULES}
    for row in map(json.loads, LATER.read_text().splitlines()):
        counts, of_titles = tallies[row["rule"]].counts, row["rule"] == "title_form"
        told = bool(found(row["text"], rule=row["rule"], field="title" if of_titles else "description"))
        counts["right" if told and row["said"] else "wrong" if told else "silent"] += 1
        counts["planted"] += row["said"]
        counts["found"] += told and row["said"]
    return tallies


def table(name: str, tallies: dict[str, Tally]) -> str:
    """For people: ``pytest -s`` shows it, and docs/newsroom.md keeps it."""
    return "\n".join([f"\n{name}", *(f"{key:16}{tally}" for key, tally in tallies.items())])


@pytest.mark.parametrize("split", ["tuning", "held"])
def test_rules_are_right_and_miss_little(split: str) -> None:
    tallies = measured(split)
    sys.stdout.write(table(split, tallies) + "\n")
    assert all(tally.precision >= PRECISION and tally.recall >= RECALL for tally in tallies.values())


def test_they_are_as_right_about_what_was_written_later() -> None:
    tallies = measured_later()
    sys.stdout.write(table("later", tallies) + "\n")
    assert min(tally.counts.total() for tally in tallies.values()) >= 16
    assert all(tally.precision >= PRECISION and tally.recall >= LATER_RECALL for tally in tallies.values())


def test_there_are_passages_enough_of_each_rule() -> None:
    halves = {split: list(labelled(split)) for split in ("tuning", "held")}
    total = sum(map(len, halves.values()))
    assert total >= 340
    assert abs(len(halves["tuning"]) - len(halves["held"])) < total / 20
    labels = Counter(rule for rows in halves.values() for row in rows for rule in row["rules"])
    assert labels.keys() == {rule.key for rule in RULES}
    assert min(labels.values()) >= 20
    assert sum(not row["rules"] for rows in halves.values() for row in rows) >= 100


def test_every_rule_says_why_and_who_asks_for_it() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert str(rule.why).endswith(".")
        assert str(rule.source).startswith(("Lei ", "Regras editoriais", "Guias "))
        assert 0 < len(str(rule.label)) < 40


@pytest.mark.parametrize(
    ("text", "alternative"),
    [
        ("Efetue o pagamento da taxa.", "pague a"),
        ("Para a emissão do alvará, ligue.", "para emitir o"),
        ("A equipe realiza a análise do caso.", "analisa o"),
        ("Os munícipes podem vir.", "moradores"),
        ("Os requerentes esperam.", "quem pede"),
        ("A supracitada taxa vence hoje.", "essa"),
        ("A renda per capita conta.", "por pessoa"),
        ("Far-se-á a visita.", "vai fazer"),
        ("Leve a ficha devidamente preenchida.", "Corte: a frase diz o mesmo sem isto."),
        ("O pedido foi negado.", "Diga quem faz: “a equipe negou”."),
        ("O boleto pode ser pago hoje.", "Diga quem faz: “você pode pagar”."),
        ("Exige-se a carteira.", "Diga quem faz: “a Prefeitura exige”."),
        ("TRAGA A RECEITA.", "Use letras comuns: “Traga a receita”."),
    ],
)
def test_what_is_offered_stands_in_the_form_of_what_was_written(text: str, alternative: str) -> None:
    with translation.override("pt-br"):
        assert alternative in [str(each.alternative) for each in found(text)]


def test_a_title_is_told_in_one_breath_how_to_begin_and_how_long_to_be() -> None:
    with translation.override("pt-br"):
        (told,) = found("Emissão da guia", field="title", rule="title_form")
        assert "“Emitir a guia”" in str(told.alternative)
        assert "20 a 65" in str(told.alternative)
    assert words("Emissão da guia", "title_form") == []


def test_a_name_in_capitals_is_no_verb() -> None:
    assert words("A EMBASA cuida da água.", "jargon") == []
    assert words("A lei embasa o pedido.", "jargon") == ["embasa"]


@pytest.mark.parametrize(
    "text",
    ["Veja o art. 5º da Lei nº 13.460. ", "Fale com o Dr. Silva e com a Sra. Maria. ", "Custa R$ 1.042,50 por mês. "],
)
def test_abbreviations_and_numbers_end_no_sentence(text: str) -> None:
    tail = "Leve a carteira de vacinas, a receita, o cartão do posto, um documento com foto e o pedido do médico e vá"
    assert len(found(text + tail, rule="long_sentence")) == 0
    joined = text.rstrip(". ") + " e " + tail[0].lower() + tail[1:]
    assert len(found(joined, rule="long_sentence")) == 1


def test_an_acronym_is_explained_once_for_the_whole_record() -> None:
    named = "Vá ao Centro de Referência de Assistência Social (CRAS)."
    for explained in (named, "O CRAS (Centro de Referência) ajuda.", "Centro de Referência da Assistência, o CRAS."):
        assert [each.rule for each in findings([passage("O CRAS abre às 8h."), passage(explained, field="x")])] == []
    twice = findings([passage("O CRAS abre."), passage("O CRAS fecha.", field="outcome")])
    assert [(each.field, each.words) for each in twice] == [("description", "CRAS")]
    assert words("O CRAS abre.", "acronym", known=["CRAS"]) == []
    assert words("Art. IV, em Conquista/BA, com CPF em PDF.", "acronym") == []


def test_the_same_words_are_told_by_one_rule() -> None:
    assert [each.rule for each in found("Tendo em vista o feriado, a feira muda.")] == ["opening"]
    assert [each.rule for each in found("Vem com a obra, tendo em vista a chuva.")] == ["jargon"]


def test_a_finding_keeps_its_id_while_its_words_stay() -> None:
    (before,) = found("O munícipe espera.")
    (after,) = found("Hoje o munícipe espera.")
    (elsewhere,) = found("O munícipe espera.", field="summary")
    assert before.id == after.id != elsewhere.id
    assert before.start != after.start


SERVICE = service(
    title="Emissão de guia",
    acronym="DAM",
    summary="O DAM será emitido.",
    applicants=[Applicant(who="Munícipes", requirements="<p>Morar aqui.</p><p>Vide a lei.</p>")],
    steps=[
        Step(
            title="Peça",
            description="<ul><li>Leve a CTPS</li></ul>",
            documents=Documents(
                default=[Document(name="RG", note="Emitido há pouco", where_to_get="No SAC")],
                cases=[DocumentCase(text="Se for munícipe", items=[Document(name="CTPS")])],
            ),
        )
    ],
    standards=Standards(
        waiting=Standard(text="<p>Dez minutos.</p>", origin="service"),
        priority=Standard(text="<p>O munícipe idoso.</p>", origin="city"),
    ),
)


def test_texts_of_a_record_stand_in_the_order_of_its_fields() -> None:
    texts = texts_of(SERVICE)
    assert [each.field for each in texts] == [
        "title", "summary", "applicants[0].who", "applicants[0].requirements", "steps[0].title",
        "steps[0].description", "steps[0].documents.default[0].name", "steps[0].documents.default[0].note",
        "steps[0].documents.default[0].where_to_get", "steps[0].documents.cases[0].text",
        "steps[0].documents.cases[0].items[0].name", "standards.waiting.text",
    ]  # fmt: skip
    assert [each.text for each in texts if each.field == "applicants[0].requirements"] == ["Morar aqui.\nVide a lei."]
    assert [each.field for each in texts if each.is_title] == ["title"]


def test_findings_of_a_record_name_the_field_and_the_words() -> None:
    told = [(each.rule, each.field, each.words) for each in record_findings(SERVICE)]
    assert told == [
        ("title_form", "title", "Emissão de guia"),
        ("passive", "summary", "será emitido"),
        ("jargon", "applicants[0].who", "Munícipes"),
        ("latin", "applicants[0].requirements", "Vide"),
        ("acronym", "steps[0].description", "CTPS"),
        ("acronym", "steps[0].documents.default[0].where_to_get", "SAC"),
        ("jargon", "steps[0].documents.cases[0].text", "munícipe"),
    ]


def test_other_kinds_are_read_and_other_languages_are_not() -> None:
    procedure = Procedure(
        **_identity("procedure", "Ter um filho", "", {}), steps=[ProcedureStep(description="<p>O munícipe espera.</p>")]
    )
    assert [each.field for each in record_findings(procedure)] == ["steps[0].description"]
    body = secretariat(mandate="<p>Cuida do munícipe.</p>")
    assert [each.words for each in record_findings(body)] == ["munícipe"]
    assert record_findings(SERVICE.model_copy(update={"locale": "es"})) == []


WRITTEN = st.lists(
    st.one_of(
        st.sampled_from([row["text"] for row in labelled("tuning")]),
        st.sampled_from([*NASTY, " ", "\n", ". ", "-", "(", ")", "CRAS", "é ", "ser ", "A", "R$ 1.042,50", "art. "]),
        st.text(max_size=12),
    ),
    max_size=8,
).map("".join)


@given(text=WRITTEN, field=st.sampled_from(["title", "summary"]))
def test_no_text_is_an_error_and_words_are_where_they_are_said_to_be(text: str, field: str) -> None:
    told = found(text, field=field)
    for each in told:
        assert 0 <= each.start < each.end <= len(text)
        assert each.words == text[each.start : each.end]
        assert each.words.strip()
        assert str(each.alternative).strip()
    assert len({each.id for each in told}) == len(told)
    assert told == sorted(told, key=lambda each: (each.start, each.end))


def _least_time(read: Callable[[], object]) -> float:
    """Seconds of this process, in the best of three: others on the machine slow down now one, now another."""
    times = []
    for _turn in range(3):
        started = time.process_time()
        read()
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize(
    "piece",
    ["O munícipe deverá efetuar o pagamento. ", "A", "A ", "AB, ", "é ", "a-", "é nao ", "(CRAS", "CRAS, o Centro ",
     ". ", ".", "1.", " ", "\n", "Dr. ", "a’", "ser ", "realizar a sua ", "CRAS ", "á", "www.", ")"],
)  # fmt: skip
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    # A tenth of a second to half of one; a text that is read twice as often as it is long takes minutes.
    assert _least_time(lambda: found(text, field="title")) < 2


def test_a_service_is_read_while_its_editor_types() -> None:
    format_ = FORMATS["conecta"]
    assert format_.read is not None
    folder = Path(__file__).parents[2] / "home" / "demo" / "services"
    records = format_.read(open_source(folder, format_.suffixes)).records
    assert len(records) > 50
    # A quarter of it, on a machine that has nothing else to do.
    assert _least_time(lambda: [record_findings(record) for record in records]) / len(records) < 0.02
