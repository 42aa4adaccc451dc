"""The list reads each step off what is there; who is asked about it, and what it costs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from feedback.models import DataOfficer
from home.first_day.facts import Facts
from home.first_day.holidays import national
from home.first_day.models import BackupKey
from home.first_day.step import Step
from home.first_day.steps import steps
from home.models import CityIdentity
from home.second_factor.models import Authenticator
from services.models import Absence, City, District, SignOfLife
from services.models.sign_of_life import BACKUP, WORKER
from services.models.standards import STANDARDS
from tests.home.first_day.mailbox import BACKEND
from tests.home.first_day.town import at_work, finance, first_person
from tests.services import charter
from tests.services.newsroom.people import browser, person, set_up

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_kept(settings: Any, tmp_path: Any) -> None:
    cache.clear()
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.EMAIL_BACKEND = BACKEND


def found(at: datetime = NOON, user: Any = None) -> dict[str, Step]:
    return {step.key: step for step in steps(Facts(user or first_person(), at))}


def page() -> str:
    return reverse("conecta_first_day:list")


def test_a_new_installation_has_everything_before_it() -> None:
    told = found()
    assert {key for key, step in told.items() if step.is_over} == {"elections"}
    assert "falta o nome" in told["identity"].left
    assert all(step.why for step in told.values())
    assert all(step.left for step in told.values() if not step.is_over)


def fill_in(at: datetime) -> None:
    """All that a city says of itself."""
    site = Site.objects.get(is_default_site=True)
    arms = get_image_model().objects.create(title="Brasão", file=get_test_image_file())
    CityIdentity.objects.create(
        site=site,
        name="Prefeitura de Serra Clara",
        coat_of_arms=arms,
        primary_colour="#1351b4",
        phone="(77) 3000-0000",
        footer_text="Praça, 1",
        ombudsman_name="Ouvidoria",
        ombudsman_phone="162",
        ombudsman_address="Praça, 1",
    )
    city = City.load()
    city.title, city.state, city.ibge_code = "Serra Clara", "BA", "2933307"
    for name in STANDARDS:
        setattr(city, f"standard_{name}", "<p>A Ouvidoria responde em até 30 dias.</p>")
    city.contacts = [("contact", {"type": "phone", "value": "162", "note": ""})]
    city.calendar = [
        ("holiday", {"date": day.date, "name": day.name, "type": day.type, "districts": []})
        for day in national(at.year)
    ]
    city.save()
    DataOfficer.objects.create(name="Maria", email="maria@cidade.gov.br")


def test_each_step_is_done_when_what_it_asks_for_is_there(settings: Any) -> None:
    ana = first_person()
    fill_in(NOON)
    body = finance()
    person("escreve", "redacao", body=body)
    person("revisa", "revisao", body=body)
    person("fala", "comunicacao")
    person("ouve", "ouvidoria")
    charter.edited(body, contacts=[("contact", {"type": "phone", "value": "156", "note": ""})]).publish()
    charter.unit("Posto", secretariat=body)
    district = charter.snippet(District, "Inhobim")
    charter.service(body)
    Redirect.objects.create(old_path="/antigo", redirect_link="/")
    settings.CONECTA_BACKUP_RECIPIENTS = ["age1…"]
    SignOfLife.give(BACKUP, NOON)
    SignOfLife.give(WORKER, NOON)
    SignOfLife.give("trial mail", NOON)

    told = found(user=ana)
    over = {key for key, step in told.items() if step.is_over}
    assert set(told) - over <= {"units", "districts", "old_charter", "machines", "second_factor"}
    assert told["units"].left == ["faltam coordenadas em 1 unidade"]
    assert told["districts"].left == ["faltam coordenadas em 1 distrito"]
    District.objects.filter(pk=district.pk).update(latitude=-14, longitude=-40)
    assert found(user=ana)["districts"].is_over
    assert "a última cópia é de" in found(NOON + timedelta(days=3), ana)["backup"].left[0]


def test_the_calendar_is_asked_for_year_by_year() -> None:
    fill_in(NOON)
    assert found()["calendar"].is_over
    assert found(datetime(2026, 11, 27, 15, tzinfo=UTC))["calendar"].left == ["faltam 10 feriados nacionais de 2027"]


@pytest.mark.parametrize(
    ("at", "marked", "is_over"),
    [
        (datetime(2026, 5, 4, 15, tzinfo=UTC), None, True),
        (datetime(2027, 8, 1, 15, tzinfo=UTC), None, False),
        (datetime(2027, 8, 1, 15, tzinfo=UTC), date(2028, 10, 29), True),
        (datetime(2028, 11, 1, 15, tzinfo=UTC), date(2028, 10, 29), True),
    ],
)
def test_an_election_is_asked_for_in_the_year_before(at: datetime, marked: date | None, is_over: bool) -> None:
    city = City.load()
    city.election_starts, city.election_ends = (date(2028, 7, 1) if marked else None), marked
    city.save()
    assert found(at)["elections"].is_over is is_over


def test_three_people_are_asked_for_and_who_was_invited_is_told() -> None:
    body = finance()
    client = at_work()
    data = {"emails": "x@cidade.gov.br", "role": "comunicacao", "body": ""}
    client.post(reverse("conecta_first_day:invitations"), data)
    people = found()["people"]
    assert people.state == "begun"
    assert people.left[-1] == "1 convite espera resposta"
    writer = person("escreve", "redacao", "comunicacao", body=body)
    assert "são precisas três pessoas" in found()["people"].left[0]
    assert writer
    person("revisa", "revisao", body=body)
    person("fala", "comunicacao")
    assert found()["people"].is_over


def test_who_must_show_a_code_and_has_no_telephone_is_named_until_it_is_linked(settings: Any) -> None:
    ana, body = first_person(), finance()
    left = found(user=ana)["second_factor"].left
    assert left == ["a instalação pede só a senha: a informática liga CONECTA_SECOND_FACTOR"]
    settings.CONECTA_SECOND_FACTOR = True
    Authenticator.objects.create(user=ana, confirmed=True)
    assert found(user=ana)["second_factor"].is_over

    writer = person("escreve", "redacao", body=body)
    head = person("revisa", "revisao", body=body, first_name="Rita", last_name="Sá")
    assert found(user=ana)["second_factor"].left == ["sem celular ligado: Rita Sá"], "who only writes needs none"
    Absence.objects.create(user=head, starts=NOON.date(), ends=NOON.date(), deputy=writer)
    assert found(user=ana)["second_factor"].left == ["sem celular ligado: escreve, Rita Sá"]
    assert found(NOON + timedelta(days=2), ana)["second_factor"].left == ["sem celular ligado: Rita Sá"]
    waiting = Authenticator.objects.create(user=head, confirmed=False)
    assert not found(NOON + timedelta(days=2), ana)["second_factor"].is_over
    Authenticator.objects.filter(pk=waiting.pk).update(confirmed=True)
    assert found(NOON + timedelta(days=2), ana)["second_factor"].is_over

    for number in range(7):
        person(f"fala{number}", "comunicacao")
    step = found(NOON + timedelta(days=2), ana)["second_factor"]
    assert step.left == ["sem celular ligado: fala0, fala1, fala2, fala3, fala4", "e mais 2 pessoas"]
    assert not step.optional


def test_an_optional_step_is_left_out_with_a_reason_and_taken_up_again() -> None:
    client = at_work()
    address = reverse("conecta_first_day:leave_out", args=["old_addresses"])
    assert "Diga por que" in client.post(address, {"reason": " "}, follow=True).content.decode()
    assert (
        "Dispensado: Não havia site."
        in client.post(address, {"reason": "Não havia site."}, follow=True).content.decode()
    )
    assert found()["old_addresses"].state == "left_out"
    Redirect.objects.create(old_path="/antigo", redirect_link="/")
    assert found()["old_addresses"].state == "done", "what is there is read, whatever was said"
    Redirect.objects.all().delete()
    client.post(address, {"retomar": "1"})
    assert found()["old_addresses"].state == "todo"
    client.post(reverse("conecta_first_day:leave_out", args=["identity"]), {"reason": "Não queremos."})
    assert found()["identity"].state == "todo", "what the portal cannot be without is not left out"


def test_a_trial_mail_goes_to_who_asks_and_its_going_out_is_what_is_kept(settings: Any) -> None:
    client = at_work()
    address = reverse("conecta_first_day:mail")
    assert "O servidor aceitou o e-mail para ana@" in client.post(address, follow=True).content.decode()
    assert mail.outbox[0].to == ["ana@exemplo.gov.br"]
    assert found()["mails"].is_over
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "O e-mail não saiu." in client.post(address, follow=True).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "não tem servidor de e-mail" in found()["mails"].left[0]


def test_the_list_is_for_administration_and_costs_little(django_assert_max_num_queries: Any) -> None:
    fill_in(NOON)
    client = at_work()
    charter.service(finance())
    client.get(page())
    with django_assert_max_num_queries(30):
        html = client.get(page()).content.decode()
    assert "passos prontos" in html
    for role in ("comunicacao", "controle", "ouvidoria"):
        assert browser(person(f"de-{role}", role)).get(page()).status_code == 302


def test_it_stands_on_the_first_page_of_administration_until_all_is_done(
    django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, home = at_work(), reverse("wagtailadmin_home")
    assert "A seguir: Identidade da cidade, Dados da cidade" in client.get(home).content.decode()
    with django_assert_max_num_queries(40):
        client.get(home)
    assert "A seguir:" not in browser(person("fala", "comunicacao")).get(home).content.decode()
    from home.first_day import panel

    cache.clear()
    monkeypatch.setattr(panel, "steps", lambda facts: [step.without("não") for step in steps(facts)])
    assert "A seguir:" not in client.get(home).content.decode()


@pytest.mark.django_db(transaction=True)
def test_backups_are_for_the_keys_that_are_given_on_the_screen(tmp_path: Any) -> None:
    import pyrage
    from django.core.management import call_command

    client, address = at_work(), reverse("conecta_first_day:backup_keys")
    own = pyrage.x25519.Identity.generate()
    assert "começa com age1" in client.post(address, {"name": "Cofre", "key": "xyz"}).content.decode()
    assert "nunca a cole aqui" in client.post(address, {"name": "Cofre", "key": str(own)}).content.decode()
    client.post(address, {"name": "Cofre", "key": str(own.to_public())})
    shown = client.post(address, {"name": "Arquivo", "key": ""})
    secret = shown.context["secret"]
    assert secret.startswith("AGE-SECRET-KEY-1")
    assert secret not in client.get(address).content.decode()
    assert "no-store" in shown["Cache-Control"]

    call_command("backup", str(tmp_path))
    sealed = next(tmp_path.glob("*.age")).read_bytes()
    for identity in (own, pyrage.x25519.Identity.from_str(secret)):
        assert pyrage.decrypt(sealed, [identity])
    assert found(timezone.now())["backup"].is_over

    client.post(address, {"tirar": str(BackupKey.objects.get(name="Cofre").pk)})
    assert list(BackupKey.objects.values_list("name", flat=True)) == ["Arquivo"]
    set_up()
    assert browser(person("fala", "comunicacao")).get(address).status_code == 302
    assert Client().get(address).status_code == 302
