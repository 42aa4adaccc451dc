"""What editors save holds within a second, in every process."""

from threading import Event, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from search.models import BestBet, JudgedQuery, ProtectedWord, SynonymGroup
from search.rules_in_force import RulesInForce
from search.text import language_of
from tests.search.rules import without_thesaurus

pytestmark = pytest.mark.django_db
ID = "ab2cd3ef4g"


@pytest.fixture(autouse=True)
def _no_thesaurus(db: None) -> None:
    without_thesaurus()


def meanings(rules: RulesInForce, seconds: float, word: str = "oculista") -> list[str]:
    found = rules.of("pt-BR", seconds=seconds).meant_by([language_of("pt").stem(word)])
    return [" ".join(term) for meaning in found for term in meaning.terms]


def group(**fields: object) -> SynonymGroup:
    return SynonymGroup.objects.create(**({"said": "oculista\r\nmédico de olho", "meant": "oftalmologia"} | fields))


def test_saved_changed_suspended_and_deleted_within_a_second_of_any_process() -> None:
    process = RulesInForce()
    assert meanings(process, 0.0) == []
    made = group()
    assert meanings(process, 0.9) == []
    assert meanings(process, 1.0) == ["oftalmologia"]
    made.meant = "saúde ocular"
    made.save()
    assert meanings(process, 2.0) == ["saude ocular"]
    SynonymGroup.objects.update(active=False)
    assert meanings(process, 3.0) == []
    SynonymGroup.objects.update(active=True)
    assert meanings(process, 4.0) == ["saude ocular"]
    SynonymGroup.objects.all().delete()
    assert meanings(process, 5.0) == []
    SynonymGroup.objects.bulk_create([SynonymGroup(said="oculista", meant="exame de vista")])
    assert meanings(process, 6.0) == ["exame vista"]


def test_it_costs_one_query_a_second(django_assert_num_queries) -> None:
    group()
    process = RulesInForce()
    meanings(process, 0.0)
    with django_assert_num_queries(1):
        for tenth in range(11):
            meanings(process, tenth / 10)


def test_what_is_rolled_back_never_holds() -> None:
    process = RulesInForce()
    before = process.of("pt", seconds=0)
    with transaction.atomic():
        group()
        transaction.set_rollback(True)
    assert process.of("pt", seconds=1) is before


def test_a_language_has_rules_of_its_own() -> None:
    group()
    ProtectedWord.objects.create(word="Inhobim", language="es")
    process = RulesInForce()
    assert process.of("es", seconds=0).meanings == {}
    assert process.of("es-ES", seconds=0).protected == {"inhobim"}
    assert process.of("pt-br", seconds=0).protected == frozenset()


@pytest.mark.django_db(transaction=True)
def test_while_one_thread_reads_the_rules_the_others_go_on() -> None:
    group()
    process = RulesInForce()
    assert meanings(process, 0.0) == ["oftalmologia"]
    group(meant="optometria")
    reading, go_on = Event(), Event()

    def read() -> None:
        try:
            with connection.execute_wrapper(_waiting(reading, go_on)):
                meanings(process, 1.0)
        finally:
            connection.close()

    reader = Thread(target=read)
    reader.start()
    assert reading.wait(10)
    assert meanings(process, 1.0) == ["oftalmologia"]
    go_on.set()
    reader.join(10)
    assert meanings(process, 1.0) == ["oftalmologia", "optometria"]


def _waiting(reading: Event, go_on: Event):
    def wait(execute, sql, params, many, context):
        reading.set()
        assert go_on.wait(10)
        return execute(sql, params, many, context)

    return wait


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (SynonymGroup(said="oculista"), "meant"),
        (SynonymGroup(said="oculista", two_way=True), "meant"),
        (SynonymGroup(said="oculista\n!!", meant="oftalmologia"), "said"),
        (SynonymGroup(said="oculista", meant="um dois três quatro cinco seis sete oito nove dez"), "meant"),
        (BestBet(query="🙂", entry_id=ID), "query"),
        (BestBet(query="iptu", entry_id="ABC"), "entry_id"),
        (BestBet(query="iptu", entry_id=ID, starts="2027-02-02", ends="2027-02-01"), "ends"),
        (ProtectedWord(word="duas palavras"), "word"),
        (JudgedQuery(query="iptu", relevant=f"{ID}\nemitir-iptu"), "relevant"),
    ],
)
def test_a_mistake_is_said_at_its_field(wrong, field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        wrong.full_clean()
    assert set(caught.value.message_dict) == {field}


def test_what_is_right_is_accepted() -> None:
    for right in (
        SynonymGroup(said="lixo\nresíduo", two_way=True),
        BestBet(query="2ª via", entry_id=ID, starts="2027-02-01", ends="2027-02-01"),
        ProtectedWord(word="Inhobim"),
        JudgedQuery(query="rua sem luz", relevant=f"{ID}\r\n{ID[::-1]}"),
    ):
        right.full_clean()
    assert JudgedQuery(query="luz", relevant=f"{ID}\r\n").judgement().relevant == {ID}
