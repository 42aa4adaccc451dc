"""Builds the printable forms of the demonstration charter: ``make demo-forms``."""

import json
from pathlib import Path

import typst

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "static" / "conecta_home" / "formularios"


def build() -> None:
    """One accessible PDF (PDF/UA-1) a form, the same bytes each time."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for slug in json.loads((HERE / "fields.json").read_text(encoding="utf-8")):
        typst.compile(
            str(HERE / "form.typ"),
            output=str(TARGET / f"{slug}.pdf"),
            sys_inputs={"slug": slug},
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=0,
        )


if __name__ == "__main__":
    build()
