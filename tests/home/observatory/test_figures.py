"""Each section's numbers, counted by hand in a small city."""

from datetime import date, timedelta
from statistics import mean, median
from typing import Any

import pytest
from scipy.stats import binomtest

from feedback.models import Rating as GivenRating
from feedback.panel import reading
from feedback.statistics import figures
from feedback.summaries import publish_summaries
from home.observatory.keeping import keep_tables, kept
from home.observatory.register import BY_NAME, SECTIONS, TABLES
from home.observatory.shares import interval, percent
from home.observatory.showing import in_short
from tests.home.observatory import known_city
from tests.home.observatory.known_city import AT, CONSULT, CULTURE, FINANCE, HEALTH, TAX, VACCINE


def by(rows: list[dict[str, Any]], column: str) -> dict[Any, dict[str, Any]]:
    return {row[column]: row for row in rows}


def test_sdg_16_6_2_the_share_satisfied_has_four_stars_or_five_of_those_counted_in_a_year(city: Any) -> None:
    (row,) = city["avaliacoes-cidade"]
    # 20 of the vaccine and 20 of the tax; the three and the four of the others are too few, together too.
    assert (row["avaliacoes"], row["satisfeitas"], row["omitido"]) == (40, 52.5, False)
    exact = binomtest(21, 40).proportion_ci(method="wilson")
    assert row["satisfeitas_min"] == round(100 * exact.low, 1)
    assert row["satisfeitas_max"] == round(100 * exact.high, 1)
    assert (row["inicio"], row["fim"]) == ("2025-11-01", "2026-11-23")
    told = figures([12, 5, 2, 6, 15])
    assert told is not None
    assert (row["media"], row["media_min"], row["media_max"]) == (
        round(told.mean, 2),
        round(told.low, 2),
        round(told.high, 2),
    )


def test_art_23_i_satisfaction_by_body_leaves_out_services_with_few_ratings(city: Any) -> None:
    rows = by(city["avaliacoes-orgaos"], "orgao_id")
    assert set(rows) == {HEALTH.id, FINANCE.id}
    assert (rows[HEALTH.id]["avaliacoes"], rows[HEALTH.id]["satisfeitas"]) == (20, 80.0)
    assert (rows[FINANCE.id]["avaliacoes"], rows[FINANCE.id]["satisfeitas"]) == (20, 25.0)
    services = city["avaliacoes-servicos"]
    assert [row["servico_id"] for row in services] == [TAX.id, VACCINE.id]
    # What is told of services and of their body gives no smaller service away.
    assert sum(row["avaliacoes"] for row in services) == sum(row["avaliacoes"] for row in rows.values())


def test_services_with_few_ratings_count_once_they_are_ten_together(city: Any) -> None:
    known_city.rate(CONSULT, 4)
    known_city.rate(known_city.service("Pedir remédio", secretariat=known_city.ref(HEALTH)), 0, 0, 0, 0, 5)
    keep_tables(AT)
    rows = by(kept([TABLES["avaliacoes-orgaos"]]).rows["avaliacoes-orgaos"], "orgao_id")
    assert rows[HEALTH.id]["avaliacoes"] == 20 + 7 + 5


def test_stars_of_the_city_are_told_as_its_panel_tells_them_and_of_fewer_than_ten_none(city: Any) -> None:
    rows = by(city["avaliacoes-estrelas"], "estrelas")
    panel = reading.panel("", "", order="mais", language="pt-br", at=AT)
    assert panel is not None
    assert [rows[stars]["avaliacoes"] for stars in range(1, 6)] == list(panel.whole.stars) == [12, 5, 2, 6, 15]
    GivenRating.objects.exclude(service_id=known_city.STAGE.id).delete()
    keep_tables(AT)
    assert kept([TABLES["avaliacoes-estrelas"]]).rows["avaliacoes-estrelas"] == []


def test_what_is_told_here_and_on_panels_is_of_the_same_people(city: Any) -> None:
    """Of a body with a service of few: left out of the city here and there, or of neither."""
    known_city.rate(known_city.STAGE, 0, 0, 0, 0, 3)
    known_city.rate(known_city.service("Pedir remédio", secretariat=known_city.ref(HEALTH)), 0, 0, 0, 0, 5)
    publish_summaries(AT)
    keep_tables(AT)
    panel = reading.panel("", "", order="mais", language="pt-br", at=AT)
    assert panel is not None
    (whole,) = kept([TABLES["avaliacoes-cidade"]]).rows["avaliacoes-cidade"]
    assert whole["avaliacoes"] == panel.whole.count
    for row in kept([TABLES["avaliacoes-orgaos"]]).rows["avaliacoes-orgaos"]:
        own = reading.panel("secretariat", str(row["orgao_id"]), order="mais", language="pt-br", at=AT)
        assert own is not None
        assert row["avaliacoes"] in (None, own.whole.count)


def test_art_16_answered_in_thirty_days_and_in_sixty(city: Any) -> None:
    (row,) = city["manifestacoes-cidade"]
    days = [10] * 12 + [40] * 4 + [20] * 11 + [5] * 3 + [70] * 10
    assert (row["recebidas"], row["respondidas"]) == (44, 40)
    assert row["em_30_dias"] == percent(12 + 11 + 3, 44)
    assert row["em_60_dias"] == percent(12 + 11 + 3 + 4, 44)
    assert (row["dias_media"], row["dias_mediana"]) == (round(mean(days), 1), median(days))


def test_art_16_what_still_has_time_is_not_late(city: Any) -> None:
    known_city.manifest(20, body=FINANCE, days_ago=3)
    keep_tables(AT)
    (row,) = kept([TABLES["manifestacoes-cidade"]]).rows["manifestacoes-cidade"]
    assert (row["recebidas"], row["respondidas"]) == (64, 40)
    assert row["em_30_dias"] == percent(26, 44)


def test_art_16_a_last_day_that_is_a_sunday_moves_on(db: None) -> None:
    # The thirtieth day after Friday the second of October is Sunday the first of November; the second is a Monday.
    known_city.manifest(10, days_ago=(AT.date() - date(2026, 10, 2)).days, answered_after=31)
    keep_tables(AT)
    (row,) = kept([TABLES["manifestacoes-cidade"]]).rows["manifestacoes-cidade"]
    assert row["em_30_dias"] == 100.0


def test_denunciations_are_told_of_the_whole_city_alone(city: Any) -> None:
    kinds = by(city["manifestacoes-tipos"], "tipo")
    assert kinds["Denúncia"]["recebidas"] == 10
    assert kinds["Reclamação"]["recebidas"] == 34
    rows = by(city["prazos-orgaos"], "orgao_id")
    # Twenty complaints; the ten denunciations of the same body are not among them.
    assert rows[HEALTH.id]["recebidas"] == 20


def test_art_23_2_bodies_stand_in_the_order_of_complaints(city: Any) -> None:
    rows = city["reclamacoes-orgaos"]
    told = [(row["orgao_id"], row["reclamacoes"]) for row in rows]
    # Culture's three are withheld, and with them the next fewest: the sum of all is told elsewhere.
    assert told == [(HEALTH.id, 20), (FINANCE.id, None), (CULTURE.id, None)]
    assert [row["omitido"] for row in rows] == [False, True, True]
    assert (rows[0]["respondidas"], rows[0]["disseram"], rows[0]["resolvidas"]) == (16, 16, 75.0)


def test_what_people_look_for_and_do_not_find(city: Any) -> None:
    rows = by(city["buscas"], "consulta")
    assert [row["consulta"] for row in city["buscas"]] == ["iptu", "castramóvel", "=cmd"]
    assert (rows["iptu"]["buscas"], rows["iptu"]["refeitas"], rows["iptu"]["sem_clique"]) == (120, 11, 20)
    assert (rows["iptu"]["sem_resultado"], rows["iptu"]["omitido"]) == (None, True)
    assert [row["consulta"] for row in city["buscas-sem-resultado"]] == ["castramóvel"]


def test_art_7_how_much_of_the_charter_is_complete_and_fresh(city: Any) -> None:
    (row,) = city["cobertura-cidade"]
    # The consultation says too little, and its review is late; the tax's is due today. Two ask for nothing written.
    assert (row["servicos"], row["completos"], row["em_dia"], row["revisados"]) == (4, 50.0, 75.0, 25.0)
    rows = by(city["cobertura-orgaos"], "orgao_id")
    assert (rows[HEALTH.id]["completos"], rows[HEALTH.id]["em_dia"]) == (50.0, 50.0)
    rules = by(city["cobertura-regras"], "regra")
    assert rules["time"]["cumprem"] == 75.0
    assert rules["channels"]["cumprem"] == 50.0
    languages = by(city["cobertura-linguas"], "lingua")
    assert (languages["pt-BR"]["parte"], languages["es"]["servicos"]) == (100.0, 0)


def test_lei_13726_art_3_who_still_asks_for_what_the_law_spares(city: Any) -> None:
    rows = by(city["exigencias-orgaos"], "orgao_id")
    assert (rows[FINANCE.id]["pedem"], rows[FINANCE.id]["exigencias"], rows[FINANCE.id]["parte"]) == (1, 2, 100.0)
    assert rows[HEALTH.id]["pedem"] == 0
    asked = [(row["servico_id"], row["exigencia"]) for row in city["exigencias-servicos"]]
    assert asked == [(TAX.id, "Cópia autenticada"), (TAX.id, "Firma reconhecida")]
    assert "13.726" in city["exigencias-servicos"][0]["norma"]


def test_a_city_without_anything_says_so_plainly(db: None) -> None:
    keep_tables(AT)
    for section in SECTIONS:
        shown = in_short(section, kept(section.tables).rows)
        assert (shown.said, shown.tables) == ([], []), section.name
        assert str(section.nothing)


def test_making_them_again_replaces_them(city: Any) -> None:
    assert keep_tables(AT + timedelta(hours=3)) == len(TABLES)
    again = kept(TABLES.values())
    assert again.made_at == AT + timedelta(hours=3)
    assert dict(again.rows) == city


def test_making_them_costs_the_same_number_of_queries_for_any_city(
    city: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        keep_tables(AT)


@pytest.mark.parametrize(("part", "whole"), [(0, 10), (10, 10), (3, 10), (1, 1), (499, 1000), (0, 1)])
def test_a_share_s_interval_is_wilson_s(part: int, whole: int) -> None:
    exact = binomtest(part, whole).proportion_ci(method="wilson")
    assert interval(part, whole) == pytest.approx((100 * exact.low, 100 * exact.high), abs=0.0501)


def test_of_nobody_there_is_no_share() -> None:
    assert percent(0, 0) is None
    assert interval(0, 0) == (None, None)


def test_every_section_says_what_its_tables_are_and_every_name_is_one() -> None:
    assert len(BY_NAME) == len(SECTIONS)
    assert len(TABLES) == sum(len(section.tables) for section in SECTIONS)
    for table in TABLES.values():
        assert len(set(table.names)) == len(table.names)
        counts = [column.name for column in table.columns if column.person_count]
        for column in table.columns:
            assert str(column.meaning).endswith("."), (table.name, column.name)
            assert bool(column.unit) == (column.type in ("integer", "number", "percent")), (table.name, column.name)
            assert column.of in ("", *counts), (table.name, column.name)
            assert column.link in ("", *table.names), (table.name, column.name)
