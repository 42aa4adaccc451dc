"""A session holds for a working day, an hour without an act, and no longer than its person wants."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from home.signing_in import sessions
from home.signing_in.keeping import forget_old
from services.models import InformationPage
from tests.services import charter
from tests.services.newsroom.people import person, set_up

pytestmark = pytest.mark.django_db
HOME, LOGIN = "/admin/", "/admin/login/"
PASSWORD = "um segredo comprido"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets time go by for the rules, in minutes."""
    gone = [0.0]

    class Clock:
        @staticmethod
        def time() -> float:
            return time.time() + gone[0]

    def go(minutes: float) -> None:
        gone[0] += minutes * 60

    monkeypatch.setattr(sessions, "time", Clock)
    return go


@pytest.fixture
def ana() -> Any:
    return get_user_model().objects.create_superuser("ana", "ana@prefeitura.example", PASSWORD)


def signed_in(login: str = "ana") -> Client:
    client = Client()
    assert client.post(LOGIN, {"username": login, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    response = client.get(HOME)
    if response.status_code == 302:
        assert response.url == f"{LOGIN}?next=/admin/"
    return bool(response.status_code == 200)


def test_an_hour_without_an_act_ends_it(ana: Any, later: Any) -> None:
    client = signed_in()
    for _hour in range(3):
        later(59)
        assert is_in(client)
    later(61)
    assert not is_in(client)
    assert "Sua sessão terminou" in client.get(LOGIN).content.decode()
    assert not is_in(client)


def test_twelve_hours_end_it_whatever_is_done(ana: Any, later: Any) -> None:
    client = signed_in()
    for _half in range(24):
        assert is_in(client)
        later(30)
    later(1)
    assert not is_in(client)


def test_the_settings_say_how_long(ana: Any, later: Any, settings: Any) -> None:
    settings.CONECTA_SESSION_IDLE_MINUTES, settings.CONECTA_SESSION_HOURS = 5, 1
    client, other = signed_in(), signed_in()
    later(6)
    assert not is_in(client)
    assert not is_in(other)


def test_an_open_page_alone_keeps_no_session(ana: Any, later: Any) -> None:
    page = charter.draft_page(charter.home(), InformationPage, "Sobre")
    client = signed_in()
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    ping = shown.context["editing_sessions"].ping_url
    for _time in range(4):
        later(20)
        response = client.post(ping, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403
    assert not is_in(client)


def test_what_a_script_sends_too_late_is_refused_and_a_form_leads_to_the_door(ana: Any, later: Any) -> None:
    page = charter.draft_page(charter.home(), InformationPage, "Sobre")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    scripted, pressed = signed_in(), signed_in()
    later(61)
    assert scripted.post(edit, {}, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    response = pressed.post(edit, {"title": "Outro"}, follow=True)
    assert response.redirect_chain == [(f"{LOGIN}?next={edit}", 302)]
    assert "o último envio não foi gravado" in response.content.decode()
    page.refresh_from_db()
    assert page.title == "Sobre"


def test_the_portal_knows_nobody_whose_session_is_over(ana: Any, later: Any) -> None:
    client = signed_in()
    assert client.get("/estilo/").status_code == 200
    later(61)
    assert client.get("/estilo/").status_code == 302


def test_signing_in_gives_another_key(ana: Any) -> None:
    client = Client()
    client.cookies["sessionid"] = "0123456789abcdef0123456789abcdef"
    client.post(LOGIN, {"username": "ana", "password": PASSWORD})
    first = client.cookies["sessionid"].value
    assert first != "0123456789abcdef0123456789abcdef"
    client.post(LOGIN, {"username": "ana", "password": PASSWORD})
    assert client.cookies["sessionid"].value != first


def test_the_cookie_is_read_by_no_script_and_ends_with_the_browser(ana: Any) -> None:
    client = Client()
    client.post(LOGIN, {"username": "ana", "password": PASSWORD, "remember": "on"})
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert int(cookie["max-age"] or 0) <= 12 * 3600
    client = signed_in()
    assert client.cookies["sessionid"]["max-age"] == ""
    known = client.cookies["conecta_known"]
    assert (known["httponly"], known["path"]) == (True, "/admin/")


def test_a_changed_password_ends_the_others(ana: Any) -> None:
    client, other = signed_in(), signed_in()
    data = {
        "password-old_password": PASSWORD,
        "password-new_password1": "quatro palavras sem nexo",
        "password-new_password2": "quatro palavras sem nexo",
        "name_email-email": ana.email,
        "name_email-first_name": "Ana",
        "name_email-last_name": "Souza",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
        "locale-preferred_language": "pt-br",
        "locale-current_time_zone": "America/Bahia",
    }
    before = client.cookies["sessionid"].value
    response = client.post(reverse("wagtailadmin_account"), data)
    assert response.status_code == 302
    assert client.cookies["sessionid"].value != before
    assert is_in(client)
    assert not is_in(other)


def test_a_role_that_is_taken_away_ends_them() -> None:
    set_up()
    user = person("bia", "comunicacao", "ouvidoria")
    user.set_password(PASSWORD)
    user.save()
    own, groups = signed_in("bia"), list(user.groups.all())
    user.groups.set(groups)
    assert is_in(own)
    user.groups.remove(groups[0])
    assert not is_in(own)
    own = signed_in("bia")
    Group.objects.get(pk=groups[1].pk).user_set.clear()
    assert Client().get(HOME).status_code == own.get(HOME).status_code == 302


def test_who_is_let_in_again_begins_anew(ana: Any) -> None:
    client, asleep = signed_in(), signed_in()
    ana.is_active = False
    ana.save()
    assert not is_in(client)
    ana.is_active = True
    ana.save()
    assert not is_in(asleep)
    assert is_in(signed_in())


def test_leaving_every_device(ana: Any) -> None:
    client, other = signed_in(), signed_in()
    address = reverse("conecta_door:sign_out_everywhere")
    assert address in client.get(reverse("wagtailadmin_account")).content.decode()
    assert client.get(address).status_code == 200
    assert is_in(other)
    assert client.post(address).url == LOGIN
    assert not is_in(client)
    assert not is_in(other)
    assert is_in(signed_in())


def test_no_query_more_for_the_rules(ana: Any, django_assert_num_queries: Any) -> None:
    client = signed_in()
    # The session and the user, as ever.
    with django_assert_num_queries(2):
        assert client.get(LOGIN).url == HOME


def test_sessions_that_are_over_are_dropped(ana: Any) -> None:
    signed_in()
    Session.objects.update(expire_date=datetime(2026, 1, 1, tzinfo=UTC))
    forget_old(datetime(2026, 5, 4, tzinfo=UTC))
    assert not Session.objects.exists()
