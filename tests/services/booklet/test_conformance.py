"""veraPDF, by those who wrote the test files of the standard, finds booklet and general table PDF/UA-1 conformant."""

import subprocess
from pathlib import Path

import pytest

from services.booklet import general_table
from services.booklet.composing import Asked, composed
from services.booklet.face import Face
from services.booklet.printing import printed
from tests.offered import verapdf_path
from tests.services.booklet.town import AT, charter


@pytest.mark.skipif(verapdf_path() is None, reason="needs veraPDF (CONECTA_TEST_VERAPDF)")
def test_booklet_and_general_table_are_pdf_ua_1(tmp_path: Path) -> None:
    face = Face(name="Prefeitura de Teste")
    table = general_table.as_data(general_table.table(charter(), AT, 2026), "pt-br")
    made = {
        "booklet": printed("booklet", composed(charter(), Asked(AT, "pt-br"), face), face, at=AT),
        "table": printed("general_table.typ", table, Face(), at=AT),
    }
    files = [tmp_path / f"{name}.pdf" for name in made]
    for file, each in zip(files, made.values(), strict=True):
        file.write_bytes(each.pdf)
    checker = ["java", "-Xmx1g", "-cp", f"{verapdf_path()}/*", "org.verapdf.apps.GreenfieldCliWrapper"]
    told = subprocess.run(  # noqa: S603 - a checker that whoever runs the suite offers
        [*checker, "-f", "ua1", "--format", "text", *map(str, files)], capture_output=True, text=True, check=False
    )
    assert [line.split()[0] for line in told.stdout.splitlines()] == ["PASS", "PASS"], told.stdout + told.stderr
