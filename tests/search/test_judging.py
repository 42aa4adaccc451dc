"""Right answers, marked where they are seen; visitors see nothing of it."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from search.models import JudgedQuery
from services.record import Entry
from tests.records import put_record, service
from tests.search.test_report import editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def pruning() -> Entry:
    record = service("Podar árvore")
    put_record(record)
    return record


@pytest.fixture
def judge() -> Client:
    """An editor who may judge; as strict about forged requests as the site is."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor("add_judgedquery", "change_judgedquery"))
    return client


def press(client: Client, path: str = "/busca/?q=poda") -> str:
    """Press the button of the first result; what it says then."""
    html = BeautifulSoup(client.get(path).content, "html.parser")
    form = html.select_one(".c-result form.c-judging")
    given = {field["name"]: field["value"] for field in form.select("input[name], button[name]")}
    response = client.post(form["action"], given, follow=True)
    assert response.redirect_chain[-1][0] == path
    button = BeautifulSoup(response.content, "html.parser").select_one(".c-result form.c-judging button")
    return button.get_text(strip=True)


def test_marked_and_unmarked_on_the_page(judge: Client, pruning: Entry) -> None:
    assert press(judge) == "✓ resultado certo (desmarcar)"
    row = JudgedQuery.objects.get()
    assert (row.language, row.query, row.relevant, row.added_by.username) == ("pt", "poda", pruning.id, "redatora")
    other = service("Poda de jardim")
    put_record(other)
    judge.get("/busca/?q=poda")
    JudgedQuery.objects.update(relevant=f"{pruning.id}\n{other.id}")
    press(judge)
    assert JudgedQuery.objects.get().relevant in (pruning.id, other.id)
    JudgedQuery.objects.update(relevant=other.id)
    press(judge)
    assert not JudgedQuery.objects.exists()


def test_a_visitors_page_is_the_same_as_if_nobody_could(client: Client, judge: Client, pruning: Entry) -> None:
    JudgedQuery.objects.create(query="poda", relevant=pruning.id)
    visitor = client.get("/busca/?q=poda")
    assert b"csrf" not in visitor.content
    assert b"c-judging" not in visitor.content
    assert "Cookie" not in visitor.get("Vary", "")
    assert not visitor.cookies
    assert "no-store" in judge.get("/busca/?q=poda")["Cache-Control"]
    client.force_login(editor(name="sem direito"))
    assert b"c-judging" not in client.get("/busca/?q=poda").content


def test_nobody_else_marks(client: Client, judge: Client, pruning: Entry) -> None:
    given = {"q": "poda", "id": pruning.id, "right": "1"}
    assert client.post("/busca/avaliar/", given).status_code == 403
    client.force_login(editor("add_judgedquery", name="meio direito"))
    assert client.post("/busca/avaliar/", given).status_code == 403
    # Without the token of the page.
    assert judge.post("/busca/avaliar/", given).status_code == 403
    assert not JudgedQuery.objects.exists()


@pytest.mark.parametrize("given", [{"id": "x"}, {"q": ""}, {"q": "a" * 256}])
def test_what_is_no_answer_is_refused(admin_client: Client, pruning: Entry, given: dict[str, str]) -> None:
    whole = {"q": "poda", "id": pruning.id, "right": "1"} | given
    assert admin_client.post("/busca/avaliar/", whole).status_code == 400


def test_it_leads_nowhere_else(admin_client: Client, pruning: Entry) -> None:
    given = {"q": "poda", "id": pruning.id, "right": "1", "next": "https://exemplo.com/"}
    assert admin_client.post("/busca/avaliar/", given).url == "/busca/"
