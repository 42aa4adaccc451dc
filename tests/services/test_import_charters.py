"""The command: its line of counts, its lines of refusal, its exit code, whatever it is given."""

import contextlib
import gc
import io
import os
import pty
import re
import subprocess
import sys
import termios
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from services.models import PublishedRecord, PublishingBusy, ServicePage
from tests.services import charter as written
from tests.services.sheets.files import xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

ROOT = Path(__file__).resolve().parent.parent.parent
COUNTS = re.compile(r"created=\d+ updated=\d+ unchanged=\d+ rejected=\d+")


@pytest.fixture
def city() -> None:
    """What a federal charter does not say, the city promises for all of its services."""
    written.city().save()


def charter(number: int, *, name: str = "Emitir certidão", extra: str = "") -> bytes:
    """A federal charter that says all that it can."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<servico xmlns="http://servicos.gov.br/v3/schema">
<id>servico-{number}</id><nome>{name} {number}</nome><descricao>Serve para emitir a certidão {number}.</descricao>
<orgao id="http://estruturaorganizacional.dados.gov.br/id/unidade-organizacional/7"><nomeOrgao>Receita</nomeOrgao></orgao>
<solicitantes><solicitante id="1"><tipo>Quem mora na cidade</tipo></solicitante></solicitantes>
<tempo-total-estimado><ate max="5" unidade="dias-uteis"/></tempo-total-estimado>
<etapas><etapa id="1"><titulo>Fazer o pedido</titulo>
<documentos><default><item id="1">RG</item></default></documentos>
<canais-de-prestacao><default><canal-de-prestacao id="1" tipo="telefone"><descricao>156</descricao></canal-de-prestacao>
</default></canais-de-prestacao>
</etapa></etapas>
{extra}</servico>""".encode()


GOOD = {f"bom-{number}.xml": charter(number) for number in range(3)}
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in range(ord("b"), ord("k")))
    + b'<!ENTITY x SYSTEM "file:///etc/passwd">]><servico xmlns="http://servicos.gov.br/v3/schema"><id>&j;&x;</id></servico>'
)
BAD = {
    "partido.xml": charter(9)[:-30],
    "vazio.xml": b"",
    "texto.xml": "Isto não é XML.".encode(),
    "imagem.xml": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "entidades.xml": BOMB,
    "latin.xml": charter(9, name="Certidão").decode().encode("latin-1"),
    "utf16-dito-utf8.xml": charter(9).decode().encode("utf-16-le"),
    "enorme.xml": charter(9, extra=f"<sigla>{'A1b2' * 2_000_000}</sigla>"),
    "fundo.xml": charter(9, extra="<a>" * 200_000 + "</a>" * 200_000),
    "outro.xml": b"<html><body>404</body></html>",
    "sem-nome.xml": charter(9).replace(b"Emitir certid\xc3\xa3o 9", b" "),
    "../../fora.xml": charter(9),
    "/etc/fora.xml": charter(9),
}


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def run(path: Path, *flags: str) -> tuple[int, str, list[str]]:
    """Exit code, standard output, lines of the standard error."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_charters", str(path), "--format", "federal-v3", *flags, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue().splitlines()
    return 0, out.getvalue(), err.getvalue().splitlines()


def test_it_counts_in_one_line_and_says_unchanged_the_second_time(tmp_path):
    path = zipped(tmp_path / "c.zip", GOOD)
    assert run(path) == (0, "created=3 updated=0 unchanged=0 rejected=0\n", [])
    assert run(path) == (0, "created=0 updated=0 unchanged=3 rejected=0\n", [])
    assert PublishedRecord.objects.public().filter(kind="service").count() == 3


def test_a_folder_and_a_file_are_sources_too(tmp_path):
    for name, data in GOOD.items():
        (tmp_path / name).write_bytes(data)
    assert run(tmp_path / "bom-0.xml")[1] == "created=1 updated=0 unchanged=0 rejected=0\n"
    assert run(tmp_path)[1] == "created=2 updated=0 unchanged=1 rejected=0\n"


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_and_the_rest_is_imported(tmp_path, name):
    code, out, err = run(zipped(tmp_path / "c.zip", {name: BAD[name], **GOOD}))
    assert (code, out) == (1, "created=3 updated=0 unchanged=0 rejected=1\n")
    assert len(err) == 1
    assert err[0].startswith("rejeitado ")
    assert Path(name).name in err[0]
    assert "Traceback" not in err[0]
    assert len(err[0]) < 700
    assert ServicePage.objects.count() == 3


@pytest.mark.parametrize("share", [0.2, 0.6, 0.98])
def test_a_truncated_zip_is_refused(tmp_path, share):
    whole = zipped(tmp_path / "c.zip", GOOD).read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(whole[: int(len(whole) * share)])
    code, out, err = run(path)
    assert code == 1
    assert COUNTS.fullmatch(out.strip())
    assert len(err) == 1


def test_all_bad_files_together(tmp_path):
    code, out, err = run(zipped(tmp_path / "c.zip", BAD))
    assert (code, out) == (1, f"created=0 updated=0 unchanged=0 rejected={len(BAD)}\n")
    assert len(err) == len(BAD)


def test_a_path_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="Não encontrei"):
        run(tmp_path / "nada.zip")


def test_the_incomplete_is_listed_or_published(tmp_path):
    short = charter(1).replace(b"Serve para emitir a certid\xc3\xa3o 1.", b"")
    path = zipped(tmp_path / "c.zip", {"curto.xml": short})
    code, out, err = run(path)
    assert (code, out) == (0, "created=1 updated=0 unchanged=0 rejected=0\n")
    assert len(err) == 1
    assert err[0].startswith("rascunho servico-1: ")
    assert not ServicePage.objects.get().live
    assert run(path, "--publish-incomplete") == (0, "created=0 updated=1 unchanged=0 rejected=0\n", [])
    page = ServicePage.objects.get()
    assert (page.live, page.published_incomplete) == (True, True)


def test_a_dry_run_and_drafts(tmp_path):
    path = zipped(tmp_path / "c.zip", GOOD)
    assert run(path, "--dry-run")[1] == "created=3 updated=0 unchanged=0 rejected=0\n"
    assert not ServicePage.objects.exists()
    assert run(path, "--draft")[1] == "created=3 updated=0 unchanged=0 rejected=0\n"
    assert list(PublishedRecord.objects.values_list("kind", flat=True)) == ["city"]


def test_the_collector_is_left_as_it_was(tmp_path):
    before = gc.get_threshold()
    run(zipped(tmp_path / "c.zip", GOOD))
    assert gc.get_threshold() == before


def test_when_others_publish_all_the_time_it_is_a_sentence(tmp_path, monkeypatch):
    def busy(*_args):
        raise PublishingBusy

    monkeypatch.setattr("services.importing.publishing", busy)
    with pytest.raises(CommandError, match="rode o comando de novo"):
        run(zipped(tmp_path / "c.zip", GOOD))


def everything(reader: int) -> str:
    """What was written to a terminal whose other end is closed."""
    found = b""
    with contextlib.suppress(OSError):
        while part := os.read(reader, 65_536):
            found += part
    return found.decode()


@pytest.mark.parametrize("on_terminal", [True, False])
def test_the_progress_bar_is_for_a_terminal(tmp_path, elsewhere, on_terminal):
    environment = os.environ | {
        "CONECTA_DATABASE_URL": elsewhere,
        "DJANGO_SETTINGS_MODULE": "conecta_site.settings",
        "TERM": "xterm",
    }
    script = "import django; django.setup(); from django.core.management import call_command as call\n"
    script += f"call('import_charters', {str(tmp_path / 'bom.xml')!r}, format='federal-v3', dry_run=True)"
    (tmp_path / "bom.xml").write_bytes(charter(1))
    reader, writer = pty.openpty()
    termios.tcsetwinsize(writer, (24, 80))
    with (tmp_path / "err").open("wb") as plain:
        finished = subprocess.run(  # noqa: S603
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=writer if on_terminal else plain,
            check=True,
        )
    os.close(writer)
    said = everything(reader) if on_terminal else (tmp_path / "err").read_text(encoding="utf-8")
    assert finished.stdout.decode() == "created=1 updated=0 unchanged=0 rejected=0\n"
    assert ("registros" in said) is on_terminal


# What was exported from here


def test_what_says_what_is_public_here_changes_nothing(tmp_path: Path) -> None:
    """Neither a record nor what an editor is about to say; what says less, or an older thing, still counts."""
    page = written.service(written.body(), "Tomar vacina")
    path = tmp_path / "charter.jsonl"
    call_command("export_charters", "--format", "conecta", "--output", str(path))
    page.summary = "Contra a gripe e o sarampo."
    page.save_revision()
    sequence = PublishedRecord.objects.latest("sequence").sequence
    records = path.read_text(encoding="utf-8").count("\n")
    assert native(path) == f"created=0 updated=0 unchanged={records} rejected=0"
    assert PublishedRecord.objects.latest("sequence").sequence == sequence
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().summary == "Contra a gripe e o sarampo."
    page.get_latest_revision().publish(skip_permission_checks=True)
    assert native(path) == f"created=0 updated=1 unchanged={records - 1} rejected=0"
    page.refresh_from_db()
    assert page.summary == "Sobre Tomar vacina."


def native(path: Path) -> str:
    """What it counts."""
    out = io.StringIO()
    call_command("import_charters", str(path), "--format", "conecta", stdout=out)
    return out.getvalue().strip()


# The city's spreadsheet, read over what is here


def _sheet(path: Path, *rows: list[object]) -> Path:
    file = path / "servicos.xlsx"
    file.write_bytes(xlsx({"Serviços": [["Código", "Órgão", "Nome", "Resumo", "Sigla"], *rows]}))
    return file


def test_the_spreadsheet_is_a_format_of_the_command(tmp_path: Path) -> None:
    """A dry run writes nothing, a second run changes nothing; what another base said last stays noted."""
    body = written.body(acronym="SMS")
    service = written.service(body, "Tomar vacina")
    ServicePage.objects.filter(pk=service.pk).update(import_etag="de outra base")
    path = _sheet(tmp_path, [service.record_id, "SMS", "Tomar vacina", "Contra a gripe.", "VAC"], ["", "SMS", "Novo"])
    code, out, err = planilha(path, "--draft", "--dry-run")
    assert (code, out) == (0, "created=1 updated=1 unchanged=0 rejected=0")
    told = "Sigla: — → VAC; Resumo: Sobre Tomar vacina. → Contra a gripe."
    assert err == f"mudaria {service.source_id or service.record_id}: {told}"
    assert ServicePage.objects.count() == 1
    assert planilha(path, "--draft")[1] == "created=1 updated=1 unchanged=0 rejected=0"
    service.refresh_from_db()
    assert service.get_latest_revision_as_object().acronym == "VAC"
    assert (service.acronym, service.import_etag) == ("", "de outra base")
    assert not ServicePage.objects.get(title="Novo").live
    assert planilha(path, "--draft")[1] == "created=0 updated=0 unchanged=2 rejected=0"


def test_a_row_of_the_spreadsheet_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    written.body(acronym="SMS")
    code, out, err = planilha(_sheet(tmp_path, ["", "XYZ", "Um"], ["", "SMS", "Dois"]), "--draft")
    assert (code, out) == (1, "created=1 updated=0 unchanged=0 rejected=1")
    assert "rejeitado servicos.xlsx, folha Serviços, linha 2, coluna “Órgão”: não há órgão “XYZ”" in err


def planilha(path: Path, *flags: str) -> tuple[int, str, str]:
    """Its exit code, and what it says."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("import_charters", str(path), "--format", "planilha", *flags, stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, out.getvalue().strip(), err.getvalue().strip()
