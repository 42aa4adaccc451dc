"""The page of a manifestation and of a comment: what is done from it, and what others cannot."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback import asking, inbox
from feedback.inbox_admin.page_panel import said_of
from feedback.models import Attachment, CommentCare, Manifestation
from feedback.reading import Reader
from services.models.published import PublishedRecord, PublishedVersion
from tests.feedback.inbox.brought import Town, acts_of, later, manifestation, rating
from tests.services.newsroom.people import browser

pytestmark = pytest.mark.django_db
REASON = "A obra depende de uma peça que chega no mês que vem."


def address(found: Manifestation, *act: str) -> str:
    name = "act" if act else "manifestation"
    return reverse(f"conecta_inbox:{name}", args=[found.pk, *act])


def test_the_ombudsman_works_through_a_manifestation(city: Town) -> None:
    found = manifestation(due_on=timezone.localdate() + timedelta(days=10))
    client = browser(city.people["ouvidoria"])
    for act, data in (
        ("assign", {"assign-person": city.people["ouvidoria"].pk}),
        ("classify", {"classify-kind": "request", "classify-body": city.own.id, "classify-service": ""}),
        ("ask", {"ask-body": city.own.id, "ask-text": "Faltou vacina?"}),
        ("note", {"note-text": "Liguei para o posto."}),
        ("extend", {"extend-text": REASON}),
        ("answer", {"answer-text": "A vacina chegou."}),
        ("close", {}),
    ):
        response = client.post(address(found, act), data)
        assert (response.status_code, response.url) == (302, address(found)), act
    assert acts_of(found) == [
        "received",
        "assigned",
        "classified",
        "asked",
        "noted",
        "extended",
        "answered",
        "closed",
    ]
    page = client.get(address(found)).content.decode()
    for text in ("Liguei para o posto.", REASON, "A vacina chegou.", "Saúde", "respondida no prazo"):
        assert text in page


def test_a_refused_act_says_why_beside_its_form(city: Town) -> None:
    found = manifestation(due_on=timezone.localdate() + timedelta(days=10))
    client = browser(city.people["ouvidoria"])
    response = client.post(address(found, "extend"), {"extend-text": "Falta a peça"})
    assert response.status_code == 200
    assert "Diga o motivo em pelo menos 20 letras" in response.content.decode()
    assert "Falta a peça" in response.content.decode()
    # Of what cannot be done any more the page says why above.
    assert "Responda antes de encerrar" in client.post(address(found, "close")).content.decode()
    assert client.post(address(found, "nada")).status_code == 404
    assert client.get(address(found, "close")).status_code == 405
    assert acts_of(found) == ["received"]


@pytest.mark.parametrize("role", ["redacao", "revisao", "comunicacao", "controle", "administracao"])
def test_by_no_address_may_others_do_it(city: Town, role: str) -> None:
    found = manifestation(body_id=city.own.id, state="in_hand", due_on=timezone.localdate())
    before = Manifestation.objects.values().get(pk=found.pk)
    client = browser(city.people[role])
    shown = client.get(address(found))
    if shown.status_code == 200:
        assert "Ver contato" not in shown.content.decode()
        assert address(found, "answer") not in shown.content.decode()
    for act, data in (
        ("answer", {"answer-text": "Não."}),
        ("classify", {"classify-kind": "praise", "classify-body": "", "classify-service": ""}),
        ("extend", {"extend-text": REASON}),
        ("note", {"note-text": "x"}),
        ("assign", {"assign-person": ""}),
        ("ask", {"ask-body": city.other.id, "ask-text": "x"}),
        ("close", {}),
    ):
        client.post(address(found, act), data)
    client.post(reverse("conecta_inbox:contact", args=[found.pk]))
    assert Manifestation.objects.values().get(pk=found.pk) == before
    assert acts_of(found) == ["received"]


def test_a_body_answers_the_ombudsman_and_reads_no_internal_note(city: Town) -> None:
    found, head = manifestation(), browser(city.people["revisao"])
    asked = asking.ask_body(found, city.people["ouvidoria"], city.own.id, "Faltou vacina?", at=timezone.now())
    others = asking.ask_body(found, city.people["ouvidoria"], city.other.id, "E o repasse?", at=timezone.now())
    inbox.note(found, city.people["ouvidoria"], "Desconfio do posto.", at=timezone.now())
    page = head.get(address(found)).content.decode()
    assert "Faltou vacina?" in page
    assert "E o repasse?" not in page
    assert "Desconfio" not in page
    for request, done in ((others, False), (asked, True)):
        head.post(
            reverse("conecta_inbox:request_act", args=[request.pk, "extend"]),
            {f"extend-{request.pk}-text": REASON},
        )
        head.post(
            reverse("conecta_inbox:request_act", args=[request.pk, "answer"]),
            {f"answer-{request.pk}-text": "Faltou por três dias."},
        )
        request.refresh_from_db()
        assert bool(request.answered_at) == bool(request.extended_at) == done
    assert "Faltou por três dias." in browser(city.people["ouvidoria"]).get(address(found)).content.decode()


def test_files_are_for_those_who_read_what_they_came_with(city: Town, settings: Any, tmp_path: Any) -> None:
    found = manifestation("denunciation", body_id=city.own.id, state="in_hand")
    file = Attachment(manifestation=found, name="foto.png", content_type="image/png", size=3)
    file.file.storage = type(file.file.storage)(location=tmp_path)
    file.file.save("foto.png", ContentFile(b"abc"))
    name = reverse("conecta_inbox:attachment", args=[file.pk])
    for role in ("revisao", "comunicacao", "controle", "administracao"):
        assert browser(city.people[role]).get(name).status_code in (302, 404), role


def test_a_comment_is_public_only_once_it_is_shown(city: Town) -> None:
    said, client = rating(city.service), browser(city.people["ouvidoria"])

    def do(act: str, by: Any = client, **data: Any) -> None:
        by.post(reverse("conecta_inbox:comment_act", args=[said.pk, act]), data)

    for role in ("redacao", "revisao", "comunicacao", "controle", "administracao"):
        for act in ("show", "read", "assign"):
            do(act, browser(city.people[role]))
    assert not CommentCare.objects.exists()
    do("show")
    assert CommentCare.objects.get().public
    do("hide")
    do("read")
    do("assign", **{"assign-person": city.people["ouvidoria"].pk})
    care = CommentCare.objects.get()
    assert (care.public, bool(care.read_at), care.assigned_to) == (False, True, city.people["ouvidoria"])
    logged = ModelLogEntry.objects.order_by("pk").values_list("action", "label")
    # The register tells that it was shown, not what was said.
    assert list(logged) == [("conecta.comment_shown", str(said)), ("conecta.comment_hidden", str(said))]
    page = client.get(reverse("conecta_inbox:comment", args=[said.pk])).content.decode()
    assert "Esperei duas horas." in page
    assert "2 de 5 estrelas" in page


def test_what_came_of_a_burst_is_not_shown(city: Town) -> None:
    said = rating(city.service, set_aside=True)
    client = browser(city.people["ouvidoria"])
    client.post(reverse("conecta_inbox:comment_act", args=[said.pk, "show"]))
    assert not CommentCare.objects.filter(public=True).exists()


def test_a_pages_history_tells_what_people_said_before_and_after(city: Town) -> None:
    row = PublishedRecord.objects.get(entry_id=city.service.id)
    for sequence, etag, days in ((800, "antes", 0), (900, "depois", 10)):
        PublishedVersion.objects.create(record=row, sequence=sequence, etag=etag, published_at=later(days))
    for number in range(12):
        rating(city.service, at=later(1), version="antes", stars=1, comment="" if number else "Confuso.")
    # A page that was kept a little longer is still the old one.
    rating(city.service, at=later(11), version="antes", stars=1, comment="")
    rating(city.service, at=later(11), version="depois", stars=5, comment="Agora sim.")
    rating(city.service, at=later(11), version="", stars=4, comment="")
    rating(city.service, at=later(11), version="depois", stars=1, comment="", set_aside=True)
    manifestation(at=later(2), service_id=city.service.id, version="antes")
    manifestation("denunciation", at=later(2), service_id=city.service.id, version="antes")
    after, before = said_of(city.service.id, Reader.of(city.people["ouvidoria"]))
    # Of two ratings no mean is told.
    assert (after.number, after.mean, after.manifestations) == (2, None, 0)
    assert (before.number, before.mean, before.manifestations) == (13, 1.0, 2)
    assert [each.comment for each in after.comments + before.comments] == ["Agora sim.", "Confuso."]
    _after, before = said_of(city.service.id, Reader.of(city.people["controle"]))
    assert before.manifestations == 1
    _after, before = said_of(city.service.id, Reader.of(city.people["comunicacao"]))
    assert before.manifestations == 0


def test_the_first_page_tells_what_is_owed(city: Town) -> None:
    today = timezone.localdate()
    manifestation(due_on=today - timedelta(days=2))
    found = manifestation(due_on=today + timedelta(days=2))
    manifestation(state="answered", due_on=today - timedelta(days=9))
    asking.ask_body(found, city.people["ouvidoria"], city.own.id, "Faltou?", at=timezone.now())
    page = browser(city.people["ouvidoria"]).get("/admin/").content.decode()
    for text in ("Manifestações a responder", "1 venceu", "1 vence em 7 dias"):
        assert text in page, text
    page = browser(city.people["revisao"]).get("/admin/").content.decode()
    assert "Manifestações a responder" in page
    assert "1 venceu" not in page
    assert "Manifestações a responder" not in browser(city.people["comunicacao"]).get("/admin/").content.decode()
