"""With a password alone nobody approves, and nobody reads who people are."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from wagtail.models import ModelLogEntry

from home.second_factor import devices, sealing
from home.second_factor.models import Authenticator
from home.signing_in import log_actions
from services.models import Absence
from tests.services import charter
from tests.services.newsroom.people import browser, person, set_up

pytestmark = pytest.mark.django_db
SHOW, LINK = "/admin/conecta/segundo-fator/codigo/", "/admin/conecta/segundo-fator/ligar/"
MINE = "/admin/conecta/segundo-fator/minha/"


@pytest.fixture(autouse=True)
def _on(settings: Any) -> None:
    """The suite runs as the demo does, where it is off; here is what production does."""
    settings.CONECTA_SECOND_FACTOR = True


@pytest.fixture
def world() -> Any:
    set_up()
    return charter.body("Saúde", acronym="SMS")


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The time of telephones, one step of thirty seconds further each time that it is asked for."""
    from django_otp.plugins.otp_totp import models

    class Clock:
        at = 1_780_000_000.0

        def time(self) -> float:
            return self.at

    clock = Clock()
    monkeypatch.setattr(models, "time", clock)
    return clock


def code_of(user: Any, at: float) -> str:
    """What the telephone shows."""
    device = Authenticator.objects.filter(user=user).order_by("-confirmed").first()
    assert device is not None
    totp = TOTP(device.bin_key)
    totp.time = at
    return f"{totp.token():06}"


def linked(user: Any, clock: Any) -> tuple[Client, list[str]]:
    """Somebody with a telephone, signed in with it, and their codes."""
    client = browser(user)
    client.get(LINK)
    response = client.post(LINK, {"code": code_of(user, clock.at)})
    codes = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", response.content.decode())
    assert len(codes) == devices.CODES
    clock.at += 30
    return client, codes


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        ("redacao", False),
        ("controle", False),
        ("revisao", True),
        ("comunicacao", True),
        ("ouvidoria", True),
        ("administracao", True),
        ("", True),
    ],
)
def test_who_approves_or_sees_people_links_a_telephone_before_anything_else(world: Any, role: str, asked: bool) -> None:
    user = person("ana", role, body=world) if role else person("ana", is_superuser=True)
    client = browser(user)
    for address in ("/admin/", "/admin/pages/", "/admin/account/", MINE, "/admin/reports/"):
        response = client.get(address)
        went = response.status_code == 302 and response.url.startswith(SHOW)
        assert went == asked, address
    if asked:
        assert client.get(f"{SHOW}?next=/admin/pages/").url == f"{LINK}?next=%2Fadmin%2Fpages%2F"
        assert client.post("/admin/pages/1/edit/", {}).url.startswith(SHOW)
        scripted = client.post("/admin/pages/1/edit/", {}, headers={"x-requested-with": "XMLHttpRequest"})
        assert scripted.status_code == 403
        assert client.post("/admin/logout/").status_code == 302


def test_off_nobody_is_asked(world: Any, settings: Any) -> None:
    settings.CONECTA_SECOND_FACTOR = False
    client = browser(person("ana", "comunicacao"))
    assert client.get("/admin/").status_code == 200
    assert [client.get(address).status_code for address in (SHOW, LINK, MINE)] == [404, 404, 404]


def test_who_stands_in_for_an_approver_is_asked_as_long(world: Any) -> None:
    deputy, chief = person("rui", "redacao", body=world), person("ana", "revisao", body=world)
    client = browser(deputy)
    day, today = timedelta(days=1), timezone.localdate()
    absence = Absence.objects.create(user=chief, deputy=deputy, starts=today - day, ends=today + day)
    assert client.get("/admin/").url.startswith(SHOW)
    absence.starts = absence.ends = today - 5 * day
    absence.save()
    assert client.get("/admin/").status_code == 200


def test_the_portal_shows_no_more_than_to_the_public_before_the_code(world: Any, moment: Any) -> None:
    user = person("ana", "comunicacao")
    client = browser(user)
    assert client.get("/estilo/").status_code == 302
    assert linked(user, moment)[0].get("/estilo/").status_code == 200


def test_a_telephone_is_linked_and_its_codes_are_shown_once(world: Any, moment: Any) -> None:
    user = person("ana", "comunicacao")
    client = browser(user)
    key = client.cookies["sessionid"].value
    shown = client.get(LINK).content.decode()
    assert "data:image/svg+xml" in shown
    letters = re.search(r'letters">([A-Z2-7 ]+)<', shown)
    assert letters is not None
    assert client.get(LINK).content.decode().count(letters[1]) == 1
    assert "não vale" in client.post(LINK, {"code": "000000"}).content.decode()
    assert client.get("/admin/").status_code == 302
    done = client.post(LINK, {"code": code_of(user, moment.at), "next": "/admin/pages/"}).content.decode()
    codes = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", done)
    assert len(set(codes)) == 10
    assert 'href="/admin/pages/"' in done
    assert client.cookies["sessionid"].value != key
    assert client.get("/admin/").status_code == 200
    assert not any(code in client.get(MINE).content.decode() for code in codes)
    assert ModelLogEntry.objects.filter(action=log_actions.ENROLLED, user=user).count() == 1
    assert "Um celular foi ligado" in mail.outbox[0].subject


def test_the_square_holds_what_the_letters_say(world: Any) -> None:
    import base64
    import io
    from urllib.parse import parse_qs, unquote, urlsplit

    import segno
    import zxingcpp
    from PIL import Image

    from home.second_factor import views

    made: list[str] = []
    make = segno.make

    class Spy:
        @staticmethod
        def make(text: str, **kwargs: Any) -> Any:
            made.append(text)
            return make(text, **kwargs)

    user = person("ana", "comunicacao")
    monkey = pytest.MonkeyPatch()
    monkey.setattr(views, "segno", Spy)
    browser(user).get(LINK)
    monkey.undo()
    picture = io.BytesIO()
    make(made[0], error="m").save(picture, kind="png", scale=5, border=4)
    read = zxingcpp.read_barcodes(Image.open(picture))[0].text
    asked = parse_qs(urlsplit(read).query)
    device = Authenticator.objects.get(user=user)
    assert base64.b32decode(asked["secret"][0]) == device.bin_key
    assert unquote(urlsplit(read).path).endswith(":ana")


def test_after_the_password_comes_the_code(world: Any, moment: Any) -> None:
    user = person("ana", "comunicacao")
    linked(user, moment)
    client = browser(user)
    went = client.get("/admin/pages/")
    assert went.url == f"{SHOW}?next=%2Fadmin%2Fpages%2F"
    assert client.get(LINK).url.startswith(SHOW)
    assert client.post(LINK, {"code": "123456"}).url.startswith(SHOW)
    key = client.cookies["sessionid"].value
    inside = client.post(SHOW, {"code": code_of(user, moment.at), "next": "/admin/pages/"})
    assert inside.url == "/admin/pages/"
    assert client.cookies["sessionid"].value != key
    assert client.get("/admin/pages/").status_code == 200


def test_the_password_again_asks_for_the_code_again(world: Any, moment: Any) -> None:
    user = person("ana", "comunicacao")
    linked(user, moment)
    user.set_password("um segredo comprido")
    user.save()
    client = browser(user)
    assert client.post(SHOW, {"code": code_of(user, moment.at)}).url == "/admin/"
    client.post("/admin/login/", {"username": "ana", "password": "um segredo comprido"})
    assert client.get("/admin/").url.startswith(SHOW)


def test_nobody_is_led_elsewhere(world: Any, moment: Any) -> None:
    user = person("ana", "comunicacao")
    linked(user, moment)
    inside = browser(user).post(SHOW, {"code": code_of(user, moment.at), "next": "https://outro.example/"})
    assert inside.url == "/admin/"


def test_a_code_is_taken_once_and_one_step_early_or_late(world: Any, moment: Any) -> None:
    user = person("ana", "comunicacao")
    linked(user, moment)
    moment.at += 300
    now = moment.at

    def taken(code: str) -> bool:
        return bool(browser(user).post(SHOW, {"code": code}).status_code == 302)

    assert not taken(code_of(user, now - 60))
    assert taken(code_of(user, now - 30))
    assert not taken(code_of(user, now - 30))
    assert taken(code_of(user, now + 30))
    # What came before it no longer counts, and the clock is not followed.
    assert not taken(code_of(user, now))
    moment.at += 300
    assert not taken(code_of(user, moment.at + 60))
    assert taken(f"{code_of(user, moment.at)[:3]} {code_of(user, moment.at)[3:]}")


def test_who_guesses_codes_waits_and_the_person_is_told(world: Any, moment: Any) -> None:
    user = person("ana", "comunicacao")
    linked(user, moment)
    mail.outbox.clear()
    client = browser(user)
    for _guess in range(5):
        assert client.post(SHOW, {"code": "000000"}).status_code == 200
    refused = client.post(SHOW, {"code": code_of(user, moment.at)})
    assert refused.status_code == 429
    assert "Espere 30 segundos" in refused.content.decode()
    assert [message.subject for message in mail.outbox] == ["Muitos códigos errados na sua conta"]
    assert ModelLogEntry.objects.filter(action=log_actions.CODE_SLOWED, object_id=str(user.pk)).count() == 1
    # Recovery codes are no other door.
    assert client.post(SHOW, {"papel": "1", "code": "aaaaa-aaaaa"}).status_code == 429


def test_a_code_on_paper_lets_in_once(world: Any, moment: Any) -> None:
    user = person("ana", "comunicacao")
    _client, codes = linked(user, moment)
    client = browser(user)
    assert "recuperação" in client.get(f"{SHOW}?papel=1").content.decode()
    assert client.post(SHOW, {"papel": "1", "code": codes[3].upper().replace("-", " ")}).url == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert browser(user).post(SHOW, {"papel": "1", "code": codes[3]}).status_code == 200
    assert devices.codes_left(user) == 9
    entry = ModelLogEntry.objects.get(action=log_actions.CODE_USED)
    assert "restam 9" in str(entry.message)
    assert "código de recuperação" in mail.outbox[-1].subject


def test_a_code_is_nobody_elses(world: Any, moment: Any) -> None:
    ana, rui = person("ana", "comunicacao"), person("rui", "comunicacao")
    _client, codes = linked(ana, moment)
    linked(rui, moment)
    assert browser(rui).post(SHOW, {"papel": "1", "code": codes[0]}).status_code == 200
    assert browser(rui).post(SHOW, {"code": code_of(ana, moment.at)}).status_code == 200


def test_the_tables_alone_make_no_code(world: Any, moment: Any, settings: Any) -> None:
    user = person("ana", "comunicacao")
    _client, codes = linked(user, moment)
    device = Authenticator.objects.get(user=user)
    secret = device.bin_key
    assert len(device.key) <= 80
    assert secret.hex() not in device.key
    assert not {code.replace("-", "") for code in codes} & set(StaticToken.objects.values_list("token", flat=True))
    assert sealing.opened(device.key, user_id=user.pk + 1) is None
    settings.SECRET_KEY = "outra"
    assert sealing.opened(device.key, user_id=user.pk) is None
    assert browser(user).post(SHOW, {"code": code_of(user, moment.at)}).status_code == 200


def test_another_telephone_takes_the_place_of_the_first(world: Any, moment: Any) -> None:
    user = person("ana", "comunicacao")
    client, codes = linked(user, moment)
    first = Authenticator.objects.get(user=user)
    client.get(LINK)
    assert Authenticator.objects.filter(user=user, confirmed=True).get() == first
    second = Authenticator.objects.get(user=user, confirmed=False)
    totp = TOTP(second.bin_key)
    totp.time = moment.at
    assert client.post(LINK, {"code": f"{totp.token():06}"}).status_code == 200
    assert Authenticator.objects.get(user=user) == second
    assert browser(user).post(SHOW, {"papel": "1", "code": codes[0]}).status_code == 200


def test_a_session_that_was_left_open_changes_nothing(world: Any, moment: Any) -> None:
    user = person("ana", "comunicacao")
    client, _codes = linked(user, moment)
    session = client.session
    session["conecta_second_factor"] = time.time() - 700
    session.save()
    assert client.get(MINE).status_code == 200
    assert client.get(LINK).url.startswith(SHOW)
    for act in ("codes", "off"):
        assert client.post(MINE, {"act": act}).url.startswith(SHOW)
    assert devices.codes_left(user) == 10


def test_new_codes_and_turning_it_off(world: Any, moment: Any) -> None:
    user, writer = person("ana", "comunicacao"), person("rui", "redacao", body=world)
    client, codes = linked(user, moment)
    again = client.post(MINE, {"act": "codes"}).content.decode()
    assert len(set(re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", again)) - set(codes)) == 10
    client.post(MINE, {"act": "off"})
    assert devices.telephone(user) is not None
    client, _codes = linked(writer, moment)
    assert browser(writer).get("/admin/").url.startswith(SHOW)
    client.post(MINE, {"act": "off"})
    assert devices.telephone(writer) is None
    assert browser(writer).get("/admin/").status_code == 200


def test_a_colleague_who_lost_the_telephone(world: Any, moment: Any) -> None:
    keeper, user = person("chefe", "administracao"), person("ana", "ouvidoria")
    keepers, _codes = linked(keeper, moment)
    own, _codes = linked(user, moment)
    mail.outbox.clear()
    address = reverse("conecta_second_factor:reset", args=[user.pk])
    assert address in keepers.get(reverse("wagtailusers_users:index")).content.decode()
    assert keepers.get(address).status_code == 200
    assert own.get("/admin/").status_code == 200
    assert keepers.post(address).status_code == 302
    assert own.get("/admin/").url.startswith("/admin/login/")
    assert browser(user).get(SHOW).url.startswith(LINK)
    entry = ModelLogEntry.objects.get(action=log_actions.RESET)
    assert (entry.object_id, entry.user_id) == (str(user.pk), keeper.pk)
    assert (mail.outbox[0].to, "chefe" in mail.outbox[0].body) == ([user.email], True)


def test_nobody_resets_their_own_nor_a_superusers(world: Any, moment: Any) -> None:
    keeper, boss = person("chefe", "administracao"), person("raiz", is_superuser=True)
    client, _codes = linked(keeper, moment)
    for user in (keeper, boss):
        response = client.post(reverse("conecta_second_factor:reset", args=[user.pk]))
        assert response.url == reverse("wagtailadmin_home")
    assert devices.telephone(keeper) is not None


def test_from_the_shell(world: Any, moment: Any, capsys: Any) -> None:
    user = person("ana", "administracao")
    linked(user, moment)
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "ana", "ninguem")
    assert devices.telephone(user) is not None
    call_command("reset_second_factor", "ana")
    assert devices.telephone(user) is None
    assert "ana" in capsys.readouterr().out
    assert ModelLogEntry.objects.get(action=log_actions.RESET).user_id is None
    assert "no servidor" in mail.outbox[-1].body


def test_who_has_shown_it_costs_no_query_more(world: Any, moment: Any, settings: Any) -> None:
    client, _codes = linked(person("ana", "comunicacao"), moment)
    counted = []
    for on in (True, False, True):
        settings.CONECTA_SECOND_FACTOR = on
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/conecta/sair/todos-os-aparelhos/").status_code == 200
        counted.append(len(queries))
    assert counted[2] == counted[1]
