"""Every way to be served has a drawing beside its words."""

from pathlib import Path
from typing import get_args

import pytest

from services.naming import CHANNEL_NAMES
from services.record.values import Contact

CSS = (Path(__file__).parents[3] / "home" / "static" / "conecta_home" / "drawings.css").read_text(encoding="utf-8")
CONTACTS = get_args(Contact.model_fields["type"].annotation)


@pytest.mark.parametrize("way", sorted({*CHANNEL_NAMES, *CONTACTS}))
def test_a_way_is_drawn(way: str) -> None:
    selector = '[class*="c-way--web"]' if way.startswith("web") else f".c-way--{way}"
    drawn = [line for line in CSS.splitlines() if "--drawing:" in line and selector in line.partition("{")[0]]
    assert len(drawn) == 1
    assert drawn[0].count("data:image/svg+xml,%3csvg") == 1
