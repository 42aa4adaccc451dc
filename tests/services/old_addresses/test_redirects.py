"""An old address leads on, however it came here: by the command, by the screen."""

import io
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry, Site

from tests import records

pytestmark = pytest.mark.django_db
TREES = records.service("Podar árvore", source="velho", source_id="77", slug="podar")


@pytest.fixture(autouse=True)
def _trees() -> None:
    records.put_record(TREES)


def run(tmp_path: Path, text: str, *options: str, refuses: bool = False) -> tuple[str, str]:
    file = tmp_path / "antigos.csv"
    file.write_text(text, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    refused = pytest.raises(SystemExit, match="1") if refuses else nullcontext()
    with refused:
        call_command("import_redirects", str(file), *options, stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue()


def test_an_old_address_leads_to_where_the_entry_is_now(client: Client, tmp_path: Path) -> None:
    table = "de,para\n/podas.php?id=3,77\n/velho/podas/,/servicos/podar/\n/x,/x\n"
    assert client.get("/podas.php?id=3").status_code == 404
    counts = "created=2 updated=0 unchanged=0 rejected=1"
    assert run(tmp_path, table, "--dry-run", refuses=True)[0] == counts
    assert Redirect.objects.count() == 0
    told, said = run(tmp_path, table, refuses=True)
    assert told == counts
    assert said == "linha 4, /x: o endereço novo volta para o antigo, em círculo\n"
    answer = client.get("/podas.php?id=3", follow=True)
    assert [address for address, _status in answer.redirect_chain] == [f"/s/{TREES.id}", TREES.url]
    assert answer.status_code == 200
    # With and without its slash, and with what a newsletter adds.
    for address in ("/velho/podas/", "/velho/podas", "/velho/podas/?utm=x"):
        first = client.get(address)
        assert (first.status_code, first["Location"]) == (301, "/servicos/podar/"), address
    assert client.get("/podas.php?id=4").status_code == 404
    assert client.get("/api/v1/velho/podas/").status_code == 404
    assert run(tmp_path, table, refuses=True)[0] == "created=0 updated=0 unchanged=2 rejected=1"
    assert ModelLogEntry.objects.filter(action="wagtail.create", label="/velho/podas").count() == 1


def test_what_leads_on_already_is_changed_where_it_is(client: Client, tmp_path: Path) -> None:
    site = Site.objects.get(is_default_site=True)
    Redirect.objects.create(old_path="/velho", redirect_link="/outro/")
    own = Redirect.objects.create(
        old_path="/velho", site=site, redirect_page=site.root_page, automatically_created=True
    )
    assert run(tmp_path, "de,para\n/velho,/servicos/podar/\n")[0] == "created=0 updated=1 unchanged=0 rejected=0"
    own.refresh_from_db()
    assert (own.redirect_link, own.redirect_page) == ("/servicos/podar/", None)
    assert client.get("/velho")["Location"] == "/servicos/podar/"
    assert Redirect.objects.count() == 2
    entry = ModelLogEntry.objects.get(action="wagtail.edit")
    assert entry.data["to"] == "/servicos/podar/"
    assert entry.data["before"] == site.root_page.url


def test_a_file_that_can_not_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="colunas"):
        run(tmp_path, "origem;destino\n/a;/b\n")
    with pytest.raises(CommandError, match="Não encontrei"):
        call_command("import_redirects", str(tmp_path / "nada.csv"))


def test_the_screen_shows_before_it_writes(client: Client, admin_user: Any) -> None:
    client.force_login(admin_user)
    start = reverse("wagtailredirects:start_import")

    def sent(text: str) -> Any:
        return client.post(start, {"file": SimpleUploadedFile("antigos.csv", text.encode())}, follow=True)

    assert "Endereços do site antigo" in client.get(start).content.decode()
    assert "colunas “de” e “para”" in sent("a;b\n1;2\n").content.decode()
    seen = sent("de;para\n/podas;77\n/<b>;//outra.example\n/perdido;/nada/\n")
    html = seen.content.decode()
    assert "2 endereços novos" in html
    assert "linha 3" in html
    assert "/&lt;b&gt;" in html
    assert "não encontramos página em /nada/" in html
    address, digest = seen.request["PATH_INFO"], seen.context["plan"].digest
    # Somebody else was quicker: it is shown again.
    Redirect.objects.create(old_path="/podas", redirect_link="/outro/")
    stale = client.post(address, {"conferido": digest})
    assert "nada foi gravado" in stale.content.decode()
    assert "passa a levar a outro lugar" in stale.content.decode()
    assert Redirect.objects.count() == 1
    done = client.post(address, {"conferido": stale.context["plan"].digest}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("wagtailredirects:index")
    assert "2 endereços antigos gravados." in done.content.decode()
    assert client.get("/podas")["Location"] == f"/s/{TREES.id}"
    assert ModelLogEntry.objects.get(label="/perdido").user == admin_user
    assert client.get(address, follow=True).redirect_chain[-1][0] == start
    assert client.post(reverse("wagtailredirects:process_import")).status_code == 302
