"""The council of users on its page: what Lei 13.460 arts. 18 to 22 want of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model

from feedback.council.composition import Member, Seats, balance
from feedback.models import CouncilPage
from feedback.participation.new_drafts import new_draft
from tests.services import charter
from tests.services.editing import filled, text_of
from tests.services.newsroom.people import browser, decide, person, set_up, submitted

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YEAR = timedelta(days=365)


def member(name: str, segment: str, *, seat: str = "member", starts: date | None = TODAY - YEAR, **more: Any) -> Any:
    return ("member", {"name": name, "segment": segment, "seat": seat, "starts": starts, "ends": TODAY + YEAR} | more)


def council(**fields: Any) -> CouncilPage:
    given = {
        "title": "Conselho de Usuários",
        "members": [
            member("Maria Souza", "usuários da saúde"),
            member("João Lima", "usuários da saúde", seat="substitute"),
            member("Ana Reis", "moradores da zona rural"),
            member("Zé Antigo", "comércio", ends=TODAY - timedelta(days=1)),
        ],
        "how_to_join": "<p>A inscrição abre em março, para qualquer pessoa.</p>",
        "regulation": "<p>Decreto 21.000/2025.</p>",
    }
    return CouncilPage(**(given | fields))


def shown(client: Client, page: CouncilPage) -> str:
    new_draft(page, user=None).latest_revision.publish()
    return text_of(client.get(charter.fresh(page).url))


def test_art_18_what_the_council_does(client: Client) -> None:
    page = shown(client, council())
    for duty in ("Acompanha a prestação", "avaliação dos serviços", "Propõe melhorias", "Ajuda a definir", "Ouvidoria"):
        assert duty in page


def test_art_18_minutes_and_opinions_with_the_service(client: Client) -> None:
    service = charter.service(charter.body())
    opinions = [
        (
            "opinion",
            {
                "date": date(2026, 3, 2),
                "about": "service",
                "service": service,
                "title": "Parecer 1",
                "text": "<p>Mais fichas.</p>",
                "reply": "<p>Feito.</p>",
            },
        ),
        (
            "opinion",
            {"date": date(2026, 4, 2), "about": "guidelines", "title": "Parecer 2", "text": "<p>Mais calma.</p>"},
        ),
    ]
    minutes = [("minutes", {"date": date(2026, 2, 1), "title": "1ª reunião", "summary": "<p>Começamos.</p>"})]
    page = shown(client, council(opinions=opinions, minutes=minutes))
    assert page.index("Parecer 2") < page.index("Parecer 1"), "the newest first"
    for each in ("Marcar consulta", "Mais fichas.", "Feito.", "1ª reunião", "Começamos."):
        assert each in page


def test_art_19_members_with_whom_they_stand_for_and_their_mandate(client: Client) -> None:
    page = shown(client, council())
    until = f"{TODAY + YEAR:%d/%m/%Y}"
    assert f"Maria Souza usuários da saúde {TODAY - YEAR:%d/%m/%Y} a {until}" in page
    assert "João Lima usuários da saúde suplente" in page
    assert page.index("Zé Antigo") > page.index("Quem já fez parte")


def test_art_19_the_balance_of_representation(client: Client) -> None:
    page = shown(client, council())
    assert "usuários da saúde 1 1" in page
    assert "moradores da zona rural 1 0" in page


def test_art_19_who_sits_is_read_from_the_days() -> None:
    day = date(2026, 5, 5)
    members = [
        Member("a", "saúde", False, day, None),
        Member("b", "saúde ", False, day, day),
        Member("c", "rural", True, day, day),
        Member("d", "rural", False, day + timedelta(days=1), None),
        Member("e", "rural", False, None, None),
    ]
    assert balance(members, on=day) == [Seats("saúde", 2, 0), Seats("rural", 0, 1)]


def test_art_19_sole_paragraph_how_anybody_joins(client: Client) -> None:
    assert "para qualquer pessoa" in shown(client, council())
    assert "candidata" in council(how_to_join="<p> </p>").wanting()[0]


def test_art_20_and_21_the_ombudsman_and_no_pay(client: Client) -> None:
    page = shown(client, council())
    assert "ouvido na nomeação" in page
    assert "não é pago (art. 21)" in page


def test_art_22_what_orders_the_council(client: Client) -> None:
    assert "Decreto 21.000/2025." in shown(client, council())
    assert "art. 22" in council(regulation="").wanting()[0]


@pytest.mark.parametrize(
    "members",
    [[], [member("", "x")], [member("x", "")], [member("x", "y", starts=None)]],
    ids=["", "name", "for", "days"],
)
def test_art_19_none_goes_public_without(members: Any) -> None:
    assert council().wanting() == []
    assert len(council(members=members).wanting()) == 1


def test_one_council_through_the_two_stages(client: Client) -> None:
    set_up()
    ombudsman, first, second = (person(role, role) for role in ("ouvidoria", "comunicacao", "administracao"))
    admin = browser(ombudsman)
    address = reverse("conecta_participation:council")
    assert admin.get(address).status_code == 200
    made = admin.post(address, {"title": "Conselho"})
    page = CouncilPage.objects.get()
    assert admin.post(address, {"title": "Outro"})["Location"] == made["Location"]
    assert admin.get(made["Location"]).status_code == 200
    for name, value in (("members", council().members), ("how_to_join", "<p>Sim.</p>"), ("regulation", "<p>Lei.</p>")):
        setattr(page, name, value)
    page.save_revision(user=ombudsman)
    submitted(page, ombudsman)
    decide(page, first)
    assert client.get(page.url).status_code == 404
    decide(page, second)
    assert "Maria Souza" in text_of(client.get(page.url))


def test_art_18_ouvidoria_puts_the_minutes_up_by_itself(client: Client) -> None:
    set_up()
    ombudsman, first, second = (person(role, role) for role in ("ouvidoria", "comunicacao", "administracao"))
    admin = browser(ombudsman)
    file = SimpleUploadedFile("ata.pdf", b"%PDF-1.7 ata\n%%EOF", "application/pdf")
    sent = {"document-chooser-upload-title": "Ata da 1ª reunião", "document-chooser-upload-file": file}
    assert admin.post(reverse("wagtaildocs_chooser:create"), sent).status_code == 200
    document = get_document_model().objects.get()
    assert document.uploaded_by_user == ombudsman
    assert "Ata da 1ª reunião" in admin.get(reverse("wagtaildocs_chooser:choose_results")).content.decode()
    page = new_draft(council(), user=ombudsman)
    page.minutes = [("minutes", {"date": date(2026, 2, 1), "title": "1ª reunião", "document": document})]
    page.save_revision(user=ombudsman)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin.post(edit, filled(admin, edit, **{"action-submit": "1"})).status_code == 302
    decide(page, first)
    decide(page, second)
    public = client.get(charter.fresh(page).url)
    assert "Baixar a ata: Ata da 1ª reunião" in text_of(public)
    assert b"".join(client.get(document.url).streaming_content) == b"%PDF-1.7 ata\n%%EOF"
    other = get_document_model().objects.create(title="De outro", file=ContentFile(b"x", "outro.txt"))
    assert admin.get(reverse("wagtaildocs:edit", args=[other.pk])).status_code == 302, "others' files are not its own"


def test_what_there_is_to_take_part_in(client: Client, django_assert_max_num_queries: Any) -> None:
    new_draft(council(), user=None).latest_revision.publish()
    address = reverse("conecta_feedback:participation")
    client.get(address)
    with django_assert_max_num_queries(30):
        assert "Conselho de Usuários" in text_of(client.get(address))
