"""``import_charters --prune``: what the source no longer has goes off the portal, and nothing else does.

And ``--dry-run``: what would change, field by field.
"""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import PageLogEntry

from services.acts.keeping import BY
from services.interchange import native
from services.models import PublishedRecord, ServicePage
from services.record import Entry
from tests import records
from tests.services import charter as written
from tests.services.entries import bare
from tests.services.test_import_charters import GOOD, charter, run, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

TWO = {name: data for name, data in GOOD.items() if name != "bom-0.xml"}


@pytest.fixture
def city() -> None:
    written.city().save()


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Three services of a federal source are public, and one that was written here."""
    written.service(written.body(acronym="SMS"), "Tomar vacina")
    path = zipped(tmp_path / "c.zip", GOOD)
    run(path)
    return path


def public() -> set[str]:
    return set(PublishedRecord.objects.public().filter(kind="service").values_list("title", flat=True))


ALL = {"Tomar vacina", "Emitir certidão 0", "Emitir certidão 1", "Emitir certidão 2"}


def test_what_is_gone_is_taken_off_and_comes_back_with_its_source(three: Path) -> None:
    zipped(three, TWO)
    code, out, err = run(three, "--prune", "--yes")
    assert (code, out) == (0, "created=0 updated=0 unchanged=2 rejected=0 unpublished=1\n")
    assert err == [
        "sairia do ar servico-0: Emitir certidão 0",
        "1 registro não está mais na fonte federal-v3.",
    ]
    assert public() == ALL - {"Emitir certidão 0"}
    page = ServicePage.objects.get(title="Emitir certidão 0")
    assert not page.live
    assert page.latest_revision is not None
    assert PublishedRecord.objects.get(entry_id=page.record_id).deleted
    (logged,) = PageLogEntry.objects.filter(page=page.pk, action="wagtail.unpublish")
    assert logged.data[BY] == "import_charters --format federal-v3 --prune"
    assert run(three, "--prune", "--yes")[1] == "created=0 updated=0 unchanged=2 rejected=0 unpublished=0\n"
    zipped(three, GOOD)
    assert run(three, "--prune", "--yes")[1] == "created=0 updated=1 unchanged=2 rejected=0 unpublished=0\n"
    assert public() == ALL


def test_a_draft_stays_a_draft(three: Path) -> None:
    page = ServicePage.objects.get(title="Emitir certidão 0")
    page.title = "Emitir outra certidão"
    page.save_revision()
    zipped(three, TWO)
    run(three, "--prune", "--yes")
    page.refresh_from_db()
    assert not page.live
    assert page.get_latest_revision_as_object().title == "Emitir outra certidão"


def test_a_dry_run_says_what_would_go(three: Path) -> None:
    zipped(three, TWO)
    code, out, err = run(three, "--prune", "--dry-run")
    assert (code, out) == (0, "created=0 updated=0 unchanged=2 rejected=0 unpublished=0\n")
    assert "1 registro não está mais na fonte federal-v3." in err
    assert public() == ALL


def test_what_could_not_be_read_may_be_there_all_the_same(three: Path) -> None:
    whole = three.read_bytes()
    zipped(three, {**TWO, "bom-0.xml": GOOD["bom-0.xml"][:-30]})
    code, out, err = run(three, "--prune", "--yes")
    assert (code, out) == (1, "created=0 updated=0 unchanged=2 rejected=1 unpublished=0\n")
    assert "Nada saiu do ar: o que foi rejeitado ainda pode estar na fonte." in err
    three.write_bytes(whole[: len(whole) // 2])
    assert run(three, "--prune", "--yes")[1].endswith("rejected=1 unpublished=0\n")
    assert public() == ALL


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "count"), [("Sim\n", 1), ("\n", 0)])
def test_a_person_is_asked(three: Path, monkeypatch: Any, answer: str, count: int) -> None:
    zipped(three, TWO)
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    _code, out, err = run(three, "--prune")
    assert out.endswith(f"unpublished={count}\n")
    assert any(line.startswith("Tirar 1 registro do ar? [s/N]") for line in err)
    assert len(public()) == 4 - count


def test_where_nobody_can_answer_nothing_is_done(three: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("s\n"))
    zipped(three, {**TWO, "novo.xml": charter(9)})
    with pytest.raises(CommandError, match="--yes"):
        run(three, "--prune")
    assert public() == ALL


def test_a_sheet_says_only_what_changes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Código,Órgão,Nome\n", encoding="utf-8")
    with pytest.raises(CommandError, match="nada se tira do ar"):
        call_command("import_charters", str(tmp_path), "--format", "planilha", "--prune", "--yes")


def imported(path: Path, entries: list[Entry], *flags: str) -> tuple[str, list[str]]:
    path.write_bytes(b"".join(native.lines(entries)))
    out, err = io.StringIO(), io.StringIO()
    call_command("import_charters", str(path), "--format", "conecta", *flags, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue().splitlines()


def of_source(entry: Any, source: str) -> Any:
    return entry.model_copy(update={"source": source, "source_id": entry.title, "url": ""})


def test_each_source_for_itself_and_a_body_only_when_nothing_is_below_it(tmp_path: Path) -> None:
    """Bodies, topics and services of one source; another's, of which nothing is said, are left alone."""
    path = tmp_path / "a.jsonl"
    one, two = (of_source(records.secretariat(f"Órgão {name}", acronym=name), "um") for name in "AB")
    theme = of_source(records.topic("Tema"), "um")
    services = [
        of_source(records.service(f"Pedir {name}", secretariat=bare(body), standards=records.STANDARDS), source)
        for name, body, source in (("um", one, "um"), ("dois", two, "um"), ("três", two, "dois"))
    ]
    imported(path, [one, two, theme, *services], "--publish-incomplete")
    out, err = imported(path, [one, services[0]], "--publish-incomplete", "--prune", "--yes")
    assert out == "created=0 updated=0 unchanged=2 rejected=0 unpublished=2\n"
    assert "3 registros não estão mais na fonte um." in err
    assert "ficou no ar Órgão B: Órgão B" in err
    left = set(PublishedRecord.objects.public().exclude(kind="city").values_list("title", flat=True))
    assert left == {"Órgão A", "Órgão B", "Pedir um", "Pedir três"}


def test_a_dry_run_says_what_would_change_field_by_field(three: Path) -> None:
    changed = charter(0, name="Emitir certidão nova").replace(b'<item id="1">RG</item>', b"<item>CPF</item>")
    zipped(three, {**TWO, "bom-0.xml": changed.replace(b'max="5"', b'max="7"')})
    code, out, err = run(three, "--dry-run")
    assert (code, out) == (0, "created=0 updated=1 unchanged=2 rejected=0\n")
    (line,) = err
    assert line.startswith("mudaria servico-0: Nome: Emitir certidão 0 → Emitir certidão nova 0; ")
    assert "Etapas: − Fazer o pedido · RG" in line
    assert "+ Fazer o pedido · CPF" in line
    assert "up_to · 5 · working_days → up_to · 7 · working_days" in line
    assert public() == ALL
    assert run(three)[1] == "created=0 updated=1 unchanged=2 rejected=0\n"
    assert run(three, "--dry-run") == (0, "created=0 updated=0 unchanged=3 rejected=0\n", [])
