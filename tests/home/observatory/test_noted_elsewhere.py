"""What other parts of feedback note: improvements, and promises against measured times."""

from datetime import date, timedelta
from typing import Any

from django.test import Client

from feedback.models import Improvement, RatingSum
from home.observatory.keeping import keep_tables, kept
from home.observatory.register import TABLES
from tests.home.observatory.known_city import AT, FINANCE, HEALTH, VACCINE


def rows(name: str) -> list[dict[str, Any]]:
    keep_tables(AT)
    return list(kept([TABLES[name]]).rows[name])


def test_art_23_v_what_changed_because_somebody_said_something(client: Client, city: Any) -> None:
    for kind, entry, sentence, days in (
        ("service", VACCINE, "O posto abre mais cedo.", 3),
        ("secretariat", FINANCE, "Atende aos sábados.", 2),
        ("service", VACCINE, "Antigo demais.", 500),
    ):
        Improvement.objects.create(
            kind=kind, entry_id=entry.id, sequence=1, sentence=sentence, at=AT - timedelta(days=days)
        )
    found = rows("mudancas")
    assert [(row["dia"], row["orgao_id"], row["servico_id"], row["mudanca"]) for row in found] == [
        ("2026-11-22", FINANCE.id, "", "Atende aos sábados."),
        ("2026-11-21", HEALTH.id, VACCINE.id, "O posto abre mais cedo."),
    ]
    assert [(row["orgao_id"], row["mudancas"]) for row in rows("mudancas-orgaos")] == [(HEALTH.id, 1), (FINANCE.id, 1)]
    html = client.get("/observatorio/").content.decode()
    assert "2 mudanças nasceram" in html
    assert "O posto abre mais cedo." in html


def test_art_23_iii_promised_against_measured_time(city: Any) -> None:
    for body, part, month, number in (
        (HEALTH, "kept", date(2026, 10, 1), 18),
        (HEALTH, "late", date(2026, 11, 1), 6),
        (HEALTH, "late", date(2025, 10, 1), 50),
        (FINANCE, "kept", date(2026, 10, 1), 30),
    ):
        RatingSum.objects.create(
            subject=body.id, split="promise", part=part, month=month, first_day=month, last_day=month, four=number
        )
    found = {row["orgao_id"]: row for row in rows("prazos-prometidos")}
    assert (found[HEALTH.id]["disseram"], found[HEALTH.id]["no_prazo"]) == (24, 75.0)
    assert (found[FINANCE.id]["disseram"], found[FINANCE.id]["no_prazo"]) == (30, 100.0)
