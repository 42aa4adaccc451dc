"""Why an entry was found: its words marked."""

import time

import pytest

from search.document import document_of
from search.extract import extract
from search.marking import Part, Words, marked, words_of
from search.plan import plan_for
from search.respelt import AsTyped, as_written
from tests.records import secretariat, service, topic
from tests.search.test_plan import vocabulary_of

RECORDS = [
    service("Emitir segunda via da certidão negativa", acronym="e-CND", summary="Certidões saem na hora."),
    service("Podar árvore", popular_names=["corte de galho", "galho no fio"], keywords=["motosserra"]),
    service("Pedir água", description="<p>Leve 2 fotos. Na segunda-feira não há entrega de <b>água</b>.</p>"),
]
VOCABULARY = vocabulary_of(RECORDS)


def words(query: str, **how) -> Words:
    return words_of(plan_for(query, "pt-br", how.get("vocabulary", VOCABULARY)))


def shown(parts: list[Part]) -> str:
    return "".join(f"[{part.text}]" if part.found else part.text for part in parts)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("certidao", "Certidões e CERTIDÃO, não certo", "[Certidões] e [CERTIDÃO], não certo"),
        ("podas de arvores", "Podar a árvore é poda", "[Podar] a [árvore] é [poda]"),
        ("arvre", "Árvore", "[Árvore]"),
        ("e-cnd", "a e-CND, o ECND e E.C.N.D. fiscal", "a [e-CND], o [ECND] e [E.C.N.D]. fiscal"),
        ("2a via", "segunda via, 2ª via, segunda-feira, 2 dias", "[segunda] [via], [2]ª [via], segunda-feira, 2 dias"),
        ("agua", "<b>água</b> & desaguar", "<b>[água]</b> & desaguar"),
        ("zzz", "nada aqui", "nada aqui"),
        ("certidao", "ﬁrma da certidão", "ﬁrma da [certidão]"),
    ],
)
def test_words_are_marked_as_they_were_found(query: str, text: str, expected: str) -> None:
    assert shown(marked(text, words(query))) == expected


@pytest.mark.parametrize(
    ("query", "record", "expected"),
    [
        # All of it is in the title, or in the summary.
        ("certidao negativa", RECORDS[0], "[Certidões] saem na hora."),
        ("arvore", RECORDS[1], "Marca uma consulta no posto perto de você."),
        # What is not comes from where it is.
        ("galho da arvore", RECORDS[1], "Marca uma consulta no posto perto de você. … corte de [galho]"),
        ("fio motosserra", RECORDS[1], "Marca uma consulta no posto perto de você. … galho no [fio] … [motosserra]"),
        (
            "entrega de agua",
            RECORDS[2],
            "Marca uma consulta no posto perto de você. … Leve 2 fotos. Na segunda-feira não há [entrega] de [água].",
        ),
    ],
)
def test_an_extract_adds_to_the_summary_what_is_missing_there(query: str, record, expected: str) -> None:
    assert shown(extract(document_of(record).display, words(query))) == expected


def test_of_a_long_text_the_passage_with_most_words_is_shown() -> None:
    filler = "Texto que não interessa a ninguém, nem a quem o escreveu. " * 20
    record = service("Outro", description=f"<p>água {filler} Sem água não há entrega na árvore. {filler}</p>")
    found = shown(extract(document_of(record).display, words("entrega de agua na arvore")))
    assert "Sem [água] não há [entrega] na [árvore]." in found
    assert len(found) < 350
    assert found.count("…") == 2


def test_no_query_gives_the_summary_and_no_text_gives_nothing() -> None:
    assert shown(extract(document_of(RECORDS[0]).display, words(""))) == "Certidões saem na hora."
    assert extract(document_of(topic()).display, words("agua")) == []
    assert extract(document_of(secretariat(summary="")).display, words("agua")) == []


def test_what_was_typed_is_not_respelt_and_a_respelt_query_is_written_with_its_accents() -> None:
    planned = plan_for("podar arvre", "pt-br", AsTyped(VOCABULARY))
    assert planned.corrected == ""
    assert shown(marked("árvore", words_of(planned))) == "árvore"
    corrected = plan_for("podar arvre", "pt-br", VOCABULARY).corrected
    assert as_written(corrected, [document_of(record).display for record in RECORDS]) == "podar árvore"


def test_a_page_of_extracts_takes_less_than_indexing_its_texts() -> None:
    text = "Documento que se pede a quem mora na cidade: certidão, água, árvore. " * 30
    page = [document_of(service(f"Serviço {number}", description=f"<p>{text}</p>")).display for number in range(20)]
    looked_for = words("entrega de certidão negativa")
    started = time.process_time()
    for display in page:
        extract(display, looked_for)
    spent = time.process_time() - started
    started = time.process_time()
    for display in page:
        document_of(service("Outro", description=display.text))
    assert spent < time.process_time() - started
