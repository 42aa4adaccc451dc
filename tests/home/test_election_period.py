"""In an election period nothing promotes the city, from the first second to the last, and services stay."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, Site

from home.models import CityIdentity
from services import changes
from services.election_log import BEGAN, ENDED, SET
from services.models import Alert, City
from tests.services import charter
from tests.services.editing import filled, logged_in, text_of

pytestmark = pytest.mark.django_db
#: Midnight in Bahia before the fourth of July, and after the twenty-fifth of October.
BEGINS = datetime(2026, 7, 4, 3, tzinfo=UTC)
ENDS = datetime(2026, 10, 26, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MOMENTS = (BEGINS - SECOND, BEGINS, ENDS - SECOND, ENDS)
DAYS = {"election_starts": date(2026, 7, 4), "election_ends": date(2026, 10, 25)}
SLOGAN = "Trabalhando por você"


def image(title: str) -> Any:
    content = BytesIO()
    Picture.new("RGB", (64, 64)).save(content, "PNG")
    file = SimpleUploadedFile(f"{title}.png", content.getvalue(), "image/png")
    return get_image_model().objects.create(title=title, file=file)


@pytest.fixture
def city() -> City:
    identity = CityIdentity.for_site(Site.objects.get(is_default_site=True))
    identity.name, identity.slogan = "Prefeitura de Exemplo", SLOGAN
    identity.brand, identity.coat_of_arms = image("marca-da-gestao"), image("brasao")
    identity.save()
    found = City(title="Exemplo", **DAYS)
    found.save()
    return found


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize("kept", ["page", "/servicos/", "/orgaos/", "/", "/busca/?q=consulta"])
def test_brand_slogan_and_social_cards_stop_at_the_second_and_services_stay(
    kept: str, client: Client, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = charter.service(charter.body())
    address = service.url if kept == "page" else kept
    head = changes.head()
    shown = []
    for moment in MOMENTS:
        at(monkeypatch, moment)
        response = client.get(address)
        html = response.content.decode()
        assert response.status_code == 200
        assert kept in ("/", "/orgaos/") or service.title in html or service.url in html
        images = [name for name in ("marca-da-gestao", "brasao") if f"/{name}" in html]
        shown.append((SLOGAN in html, images, 'property="og:' in html, "Período eleitoral" in html))
        if "max-age=" in response.get("Cache-Control", ""):
            shared = sum(map(int, re.findall(r"(?:s-maxage|revalidate)=(\d+)", response["Cache-Control"])))
            own = int(re.findall(r" max-age=(\d+)", response["Cache-Control"])[0])
            age = timedelta(seconds=max(own, shared))
            assert all(moment + age <= edge for edge in (BEGINS, ENDS) if edge > moment)
    outside, inside = (True, ["marca-da-gestao"], True, False), (False, ["brasao"], False, True)
    assert shown == [outside, inside, inside, outside]
    assert changes.head() == head


def test_a_page_that_was_kept_before_is_not_shown_within(
    client: Client, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = charter.service(charter.body())
    tags = []
    for seconds in (-10, -1, 0, 1):
        at(monkeypatch, BEGINS + timedelta(seconds=seconds))
        tags.append(client.get(service.url)["ETag"])
    assert tags[0] == tags[1] != tags[2] == tags[3]


def test_promotion_stops_and_other_alerts_go_on(client: Client, city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    service = charter.service(charter.body())
    for level, title in (("promotion", "Obra entregue"), ("warning", "Falta de água")):
        alert = Alert(title=title, level=level, starts=BEGINS - timedelta(days=30), ends=ENDS + timedelta(days=30))
        alert.services = [service]
        alert.save()
    promoted = Alert.objects.get(level="promotion")
    seen = []
    for moment in MOMENTS:
        at(monkeypatch, moment)
        pages = [client.get(address).content.decode() for address in ("/", service.url)]
        assert all("Falta de água" in page for page in pages)
        listed = client.get("/api/v1/alerts").json()
        titles = {alert["title"] for alert in listed["results"]}
        assert "Falta de água" in titles
        assert listed["total"] == len(titles)
        one = client.get(f"/api/v1/alerts/{promoted.record_id}").status_code
        seen.append((["Obra entregue" in page for page in pages], "Obra entregue" in titles, one))
    outside, inside = ([True, True], True, 200), ([False, False], False, 404)
    assert seen == [outside, inside, inside, outside]


def test_the_record_says_when_so_that_others_can_keep_it_too(client: Client, city: City) -> None:
    record = client.get("/api/v1/cities").json()["results"][0]
    assert record["election_period"] == {"starts": "2026-07-04", "ends": "2026-10-25"}


def test_who_set_it_and_when_it_began_and_ended_is_logged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    City(title="Exemplo").save()
    client = logged_in("admin")
    setting = reverse("wagtailsettings:edit", args=["conecta_services", "city"])
    address = client.get(setting, follow=True).redirect_chain[-1][0]
    at(monkeypatch, datetime(2026, 6, 1, 12, tzinfo=UTC))
    sent = filled(client, address, election_starts="04/07/2026", election_ends="25/10/2026")
    assert client.post(address, sent).status_code == 302
    entry = ModelLogEntry.objects.get(action=SET)
    assert entry.user.username == "admin"
    assert entry.message == "Período eleitoral: de 04/07/2026 a 25/10/2026"
    for moment in (*MOMENTS, ENDS, BEGINS - SECOND, ENDS + timedelta(days=9)):
        at(monkeypatch, moment)
        call_command("worker", "--once")
        call_command("worker", "--once")
    logged = ModelLogEntry.objects.filter(action__in=(BEGAN, ENDED)).order_by("timestamp")
    assert [(entry.action, entry.timestamp) for entry in logged] == [(BEGAN, BEGINS), (ENDED, ENDS)]
    history = text_of(client.get(reverse("wagtailadmin_reports:site_history")))
    for words in ("O período eleitoral começou", "O período eleitoral terminou"):
        assert words in history


@pytest.mark.parametrize(
    "days",
    [
        {"election_starts": date(2026, 7, 4)},
        {"election_ends": date(2026, 7, 4)},
        DAYS | {"election_ends": date(2026, 7, 3)},
    ],
)
def test_half_a_period_gets_a_sentence(days: dict[str, date]) -> None:
    with pytest.raises(ValidationError, match=r"dois dias|antes do começo"):
        City(title="Exemplo", **days).full_clean()


def test_the_city_s_own_clock_decides(client: Client, city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    city.timezone = "America/Noronha"
    city.save()
    at(monkeypatch, BEGINS - timedelta(hours=1))
    assert "Período eleitoral" in client.get("/").content.decode()
    at(monkeypatch, BEGINS - timedelta(hours=1, seconds=1))
    assert "Período eleitoral" not in client.get("/").content.decode()
