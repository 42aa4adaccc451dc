"""The whole charter fits a thin connection: 103 services, all that their pages need, and what finds them."""

import gzip
import json
from typing import Any

import brotli

from home.offline.data_views import written
from tests.home.offline.demo_pack import demo_pack

#: Issue 8, point 4: compressed, whichever way the phone can read it.
MOST_BYTES = 400_000


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [item for item in demo_pack()["items"] if item["kind"] == kind]


def test_the_charter_of_103_services_is_at_most_400_kilobytes_compressed() -> None:
    assert len(of_kind("service")) == 103
    body = written(demo_pack())
    assert len(gzip.compress(body, 9)) <= MOST_BYTES
    assert len(brotli.compress(body, quality=6)) <= MOST_BYTES * 3 // 4


def test_each_service_has_all_that_its_page_needs() -> None:
    for item in of_kind("service"):
        assert item["answer"], item["title"]
        assert item["html"], item["title"]
        assert "Seus direitos" in item["end"], item["title"]
        assert item["tokens"]["c"], item["title"]
        assert len(item["table"]["rows"]) == len(item["table"]["items"]), item["title"]
    units = {item["id"] for item in of_kind("unit")}
    assert {unit for item in of_kind("service") for unit in item.get("units", [])} <= units


def test_no_state_of_the_present_is_in_it() -> None:
    told = json.dumps(demo_pack()["items"], ensure_ascii=False)
    for sentence in ("Aberto agora", "Fechado agora", "Este serviço está suspenso", "Fora de época"):
        assert sentence not in told
