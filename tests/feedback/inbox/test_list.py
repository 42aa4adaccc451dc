"""The inbox as one list, and as a table that is taken out."""

import csv
import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback import asking
from feedback.deadline_words import told
from feedback.models import BodyRequest, CommentCare, Contact, InboxExport, Manifestation, Rating
from tests.feedback.inbox.brought import AT, Town, manifestation, rating
from tests.services.newsroom.people import browser

pytestmark = pytest.mark.django_db
INBOX = "/admin/conecta/caixa-de-entrada/"


def opened(city: Town, role: str) -> Client:
    return browser(city.people[role])


def lines(client: Client, query: str = "") -> list[str]:
    """The links of the list, in its order."""
    page = BeautifulSoup(client.get(f"{INBOX}{query}").content, "html.parser")
    return [link["href"].removeprefix(INBOX) for link in page.select("[data-inbox-item]")]


def of(found: Manifestation | Rating) -> str:
    return f"{'manifestacao' if isinstance(found, Manifestation) else 'comentario'}/{found.pk}/"


def test_deadlines_are_told_in_words() -> None:
    today = AT.date()
    found = [told(today + timedelta(days=days), today) for days in (-2, -1, 0, 1, 5, 6)]
    assert [each.text for each in found] == [
        "venceu há 2 dias",
        "venceu há 1 dia",
        "vence hoje",
        "vence em 1 dia",
        "vence em 5 dias",
        "vence em 6 dias",
    ]
    assert [each.tone for each in found] == ["overdue", "overdue", "soon", "soon", "soon", "calm"]
    assert told(today, today, answered_on=today).text == "respondida no prazo"
    assert told(today, today, answered_on=today + timedelta(days=2)).text == "respondida com 2 dias de atraso"


def test_comments_and_manifestations_are_one_list_the_most_urgent_first(city: Town) -> None:
    client, today = opened(city, "ouvidoria"), timezone.localdate()
    late = manifestation(due_on=today - timedelta(days=2), body_id=city.own.id, doubtful=True)
    soon = manifestation(due_on=today + timedelta(days=3), state="in_hand", assigned_to=city.people["ouvidoria"])
    calm = manifestation("denunciation", due_on=today + timedelta(days=20))
    done = manifestation(state="answered", answered_at=AT)
    said = rating(city.service)
    read = rating(city.service, comment="Lido.", set_aside=True)
    CommentCare.objects.create(rating=read, read_at=AT)
    rating(city.service, comment="")
    opens = [of(each) for each in (late, soon, calm, said)]
    assert lines(client) == opens
    assert set(lines(client, "?state=all")) == {*opens, of(done), of(read)}
    assert lines(client, "?state=answered") == [of(done)]
    assert lines(client, "?state=closed") == [of(read)]
    assert lines(client, "?kind=comment") == [of(said)]
    assert lines(client, "?kind=denunciation") == [of(calm)]
    assert lines(client, "?due=overdue") == [of(late)]
    assert lines(client, "?due=week") == [of(soon)]
    assert lines(client, "?mine=on") == [of(soon)]
    assert lines(client, "?doubtful=on") == [of(late)]
    assert lines(client, f"?body={city.own.id}") == [of(late), of(said)]
    # What is closed is found by its protocol too.
    assert lines(client, f"?q={done.protocol[-5:]}") == [of(done)]
    # What is no choice filters nothing, and breaks nothing.
    assert lines(client, "?kind=nada&due=%00&p=x&q=" + "9" * 80) == opens
    page = client.get(INBOX).content.decode()
    assert "venceu há 2 dias" in page
    assert "vence em 3 dias" in page


def test_each_role_sees_its_own(city: Town) -> None:
    complaint = manifestation(body_id=city.own.id, state="in_hand")
    denunciation = manifestation("denunciation", body_id=city.own.id, state="in_hand")
    others = manifestation(body_id=city.other.id, state="in_hand")
    said = rating(city.service)
    seen = {
        "ouvidoria": {complaint, denunciation, others, said},
        "controle": {complaint, others, said},
        "revisao": {complaint, said},
        "redacao": {complaint, said},
        "comunicacao": {said},
    }
    for role, expected in seen.items():
        client = opened(city, role)
        assert set(lines(client)) == {of(each) for each in expected}, role
        for each in (complaint, denunciation, others, said):
            status = client.get(f"{INBOX}{of(each)}").status_code
            assert (status == 200) == (each in expected), (role, each)
    nobody = opened(city, "administracao")
    assert nobody.get(INBOX).status_code == 302
    assert INBOX not in nobody.get("/admin/").content.decode()
    assert INBOX in opened(city, "revisao").get("/admin/").content.decode()


def test_a_body_is_shown_what_it_owes(city: Town) -> None:
    found = manifestation(due_on=timezone.localdate() + timedelta(days=20))
    asking.ask_body(found, city.people["ouvidoria"], city.own.id, "Faltou?", at=AT)
    BodyRequest.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    head = opened(city, "revisao")
    assert lines(head, "?due=overdue") == [of(found)]
    assert "Órgão: venceu há 1 dia" in " ".join(head.get(INBOX).content.decode().split())
    assert lines(opened(city, "ouvidoria"), "?due=overdue") == []


def test_two_thousand_items_cost_as_many_queries_as_three(city: Town) -> None:
    def queries(role: str, address: str) -> int:
        client = opened(city, role)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    for number in range(3):
        manifestation(body_id=city.own.id, service_id=city.service.id, due_on=AT.date(), state="in_hand")
        rating(city.service, comment=f"Demorou {number} horas.")
    few = {role: queries(role, INBOX) for role in ("ouvidoria", "revisao")}
    fields: Any = {"secret_digest": "", "kind": "complaint", "locale": "pt-br", "state": "in_hand", "received_at": AT}
    fields |= {"due_on": AT.date(), "text": "A vacina acabou."}
    Manifestation.objects.bulk_create(
        Manifestation(
            protocol=f"2026.{number}",
            token=uuid.UUID(int=number),
            body_id=city.own.id,
            **fields,
        )
        for number in range(1000)
    )
    Rating.objects.bulk_create(
        Rating(
            token=uuid.UUID(int=number),
            service_id=city.service.id,
            body_id=city.own.id,
            locale="pt-br",
            stars=1,
            comment="Demorou.",
            received_at=AT,
        )
        for number in range(1000)
    )
    many = {role: queries(role, INBOX) for role in few}
    assert all(many[role] <= few[role] <= 30 for role in few)
    assert queries("ouvidoria", f"{INBOX}?p=60") <= 30


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"{reverse('conecta_inbox:export')}{query}")
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_an_export_is_logged_holds_no_contact_and_no_denunciation_and_runs_no_formula(city: Town) -> None:
    formula = '=HYPERLINK("http://mau.example";"Clique")'
    complaint = manifestation(text=formula, body_id=city.own.id)
    Contact.objects.create(manifestation=complaint, sealed="maria@exemplo.com")
    manifestation("denunciation", text="O fiscal pediu dinheiro.", answer="Vamos apurar.")
    rating(city.service, comment="@SUM(A1)")
    client = opened(city, "ouvidoria")
    rows = exported(client)
    assert [row["Texto"] for row in rows] == [f"'{formula}", "", "'@SUM(A1)"]
    assert [row["Resposta"] for row in rows] == ["", "", ""]
    assert rows[0]["Órgão"] == "Saúde"
    told = " ".join(value for row in rows for value in row.values())
    assert "maria" not in told
    assert "fiscal" not in told
    run = InboxExport.objects.get()
    assert (run.by, run.rows, run.filters) == (city.people["ouvidoria"], 3, {})
    entry = ModelLogEntry.objects.get(action="conecta.inbox_exported")
    assert (entry.user, entry.data["rows"]) == (city.people["ouvidoria"], 3)
    assert entry.message == "Caixa de entrada exportada: 3 linhas."
    exported(client, "?kind=comment")
    assert InboxExport.objects.latest("pk").filters == {"kind": "comment"}
    # Controle takes out what it may read.
    assert [row["Tipo"] for row in exported(opened(city, "controle"))] == ["Reclamação", "Comentário de avaliação"]


@pytest.mark.parametrize("role", ["redacao", "revisao", "comunicacao", "administracao"])
def test_others_take_nothing_out(city: Town, role: str) -> None:
    manifestation(body_id=city.own.id, state="in_hand")
    assert opened(city, role).get(reverse("conecta_inbox:export")).status_code == 302
    assert not InboxExport.objects.exists()
    assert not ModelLogEntry.objects.filter(action="conecta.inbox_exported").exists()
