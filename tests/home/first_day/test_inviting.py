"""People are invited on one screen, by a link that holds once, for a week, and gives no more than was said."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.first_day.inviting import LASTING, Ended, accept, forget_old, found_by, link_of
from home.first_day.models import Invitation
from tests.home.first_day.mailbox import BACKEND
from tests.home.first_day.town import at_work, finance, first_person
from tests.services.newsroom.people import browser, person

pytestmark = pytest.mark.django_db
PASSWORD = "uma frase que ninguém adivinha"


@pytest.fixture(autouse=True)
def _mails_go_out(settings: Any) -> None:
    settings.EMAIL_BACKEND = BACKEND


def screen() -> str:
    return reverse("conecta_first_day:invitations")


def sent(client: Client, emails: str, role: str, body: Any = "") -> Any:
    data = {"emails": emails, "role": role, "body": getattr(body, "pk", body)}
    return client.post(screen(), data, follow=True)


def path_of(invitation: Invitation) -> str:
    return "/admin/" + link_of(invitation).partition("/admin/")[2]


def answered(path: str, **changes: str) -> Any:
    data = {"first_name": "Maria", "last_name": "de Souza", "password1": PASSWORD, "password2": PASSWORD} | changes
    return Client().post(path, data)


def groups_of(email: str) -> set[str]:
    user = get_user_model().objects.get(email=email)
    return set(user.groups.values_list("name", flat=True))


def test_several_are_invited_at_once_and_come_in_by_the_link_of_their_mail() -> None:
    body, client = finance(), at_work()
    text = sent(client, "Maria <maria@cidade.gov.br>, jose@cidade.gov.br", "redacao", body).content.decode()
    assert "2 convites feitos." in text
    assert [message.to for message in mail.outbox] == [["maria@cidade.gov.br"], ["jose@cidade.gov.br"]]
    assert "Redação · SEFIN" in mail.outbox[0].body
    link = re.search(r"https?://\S+", mail.outbox[0].body)
    assert link is not None
    path = "/admin/" + link[0].partition("/admin/")[2]

    shown = Client().get(path)
    assert "maria@cidade.gov.br" in shown.content.decode()
    assert shown["Cache-Control"].count("no-store")
    assert Client().get(path).status_code == 200, "who only looks at a link does not spend it"

    response = answered(path)
    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_login"))
    assert groups_of("maria@cidade.gov.br") == {"Redação · SEFIN"}
    own = Client()
    login = {"username": "maria@cidade.gov.br", "password": PASSWORD}
    assert own.post(reverse("wagtailadmin_login"), login).status_code == 302
    assert own.get(reverse("wagtailadmin_home")).status_code == 200

    again = answered(path)
    assert again.status_code == 410
    assert "Este convite terminou" in again.content.decode()
    assert get_user_model().objects.filter(email="maria@cidade.gov.br").count() == 1


def test_a_link_ends_after_a_week_when_it_is_renewed_and_when_it_is_revoked() -> None:
    client = at_work()
    sent(client, "maria@cidade.gov.br", "comunicacao")
    invitation = Invitation.objects.get()
    first = path_of(invitation)
    Invitation.objects.update(sent_at=timezone.now() - LASTING)
    assert Client().get(first).status_code == 410
    assert "O link venceu em" in client.get(screen()).content.decode()

    client.post(reverse("conecta_first_day:renew", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert Client().get(first).status_code == 410
    assert Client().get(path_of(invitation)).status_code == 200
    assert len(mail.outbox) == 2

    second = path_of(invitation)
    told = client.post(reverse("conecta_first_day:revoke", args=[invitation.pk]), follow=True).content.decode()
    assert "O convite de maria@cidade.gov.br foi cancelado." in told
    assert answered(second).status_code == 410
    assert not get_user_model().objects.filter(email="maria@cidade.gov.br").exists()
    assert "maria@cidade.gov.br" not in client.get(screen()).content.decode()


@pytest.mark.parametrize("change", ["9-", "x", ""])
def test_a_link_that_somebody_made_up_leads_nowhere(change: str) -> None:
    sent(at_work(), "maria@cidade.gov.br", "administracao")
    path = path_of(Invitation.objects.get())
    token = path.rstrip("/").rpartition("/")[2]
    forged = change + token[1:] if change else token.partition(":")[0]
    assert Client().get(path.replace(token, forged)).status_code == 410


def test_who_has_an_account_holds_the_role_at_once() -> None:
    body, client = finance(), at_work()
    person("escreve", "redacao", body=body, email="escreve@cidade.gov.br")
    text = sent(client, "Escreve@cidade.gov.br", "revisao", body).content.decode()
    assert "Já tem conta, e agora tem também este papel" in text
    assert groups_of("escreve@cidade.gov.br") == {"Redação · SEFIN", "Revisão · SEFIN"}
    assert not Invitation.objects.exists()
    assert mail.outbox[0].to == ["escreve@cidade.gov.br"]
    assert "Já tinha este papel" in sent(client, "escreve@cidade.gov.br", "revisao", body).content.decode()
    assert ModelLogEntry.objects.filter(action="conecta.roles_given").count() == 1


def test_accounts_that_are_not_for_administration_to_change_stay_as_they_are() -> None:
    client = at_work()
    person("raiz", is_superuser=True, email="raiz@cidade.gov.br")
    person("saiu", is_active=False, email="saiu@cidade.gov.br")
    person("um", email="dois@cidade.gov.br")
    person("outro", email="dois@cidade.gov.br")
    emails = "raiz@cidade.gov.br saiu@cidade.gov.br dois@cidade.gov.br"
    text = sent(client, emails, "administracao").content.decode()
    assert "Só outro superusuário muda este usuário: raiz@cidade.gov.br" in text
    assert "A conta está desativada: saiu@cidade.gov.br" in text
    assert "Há mais de uma conta com este e-mail: dois@cidade.gov.br" in text
    assert not get_user_model().objects.filter(email__endswith="@cidade.gov.br", groups__isnull=False).exists()


@pytest.mark.parametrize("role", ["comunicacao", "ouvidoria", "controle"])
def test_nobody_else_gives_roles(role: str) -> None:
    first_person()
    client = browser(person("eu", role))
    assert client.get(screen()).status_code == 302
    sent(client, "amiga@cidade.gov.br", "administracao")
    assert not Invitation.objects.exists()


def test_an_invitation_of_who_may_invite_no_more_leads_nowhere() -> None:
    ana = first_person()
    sent(browser(ana), "maria@cidade.gov.br", "administracao")
    invitation = Invitation.objects.get()
    ana.groups.clear()
    assert answered(path_of(invitation)).status_code == 410


def test_a_role_of_a_body_needs_one_and_a_role_of_the_city_has_none() -> None:
    body, client = finance(), at_work()
    assert "Este papel é sempre de um órgão" in sent(client, "a@b.br", "redacao").content.decode()
    assert "Este papel é da cidade toda" in sent(client, "a@b.br", "ouvidoria", body).content.decode()
    told = sent(client, "maria, a@b.br", "ouvidoria").content.decode()
    assert "“maria” não é um endereço de e-mail." in told
    assert "maria, a@b.br" in told, "what was typed is kept"
    assert not Invitation.objects.exists()


def test_without_mail_the_link_is_there_to_copy(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    text = sent(at_work(), "maria@cidade.gov.br", "controle").content.decode()
    assert "O e-mail não saiu" in text
    assert link_of(Invitation.objects.get()) in text


def test_a_server_that_is_away_is_asked_once(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    text = sent(at_work(), "maria@cidade.gov.br jose@cidade.gov.br", "controle").content.decode()
    assert "O e-mail não saiu" in text
    assert list(Invitation.objects.values_list("mailed", flat=True)) == [False, False]


def test_a_password_that_is_guessed_or_mistyped_is_refused_and_the_link_stays() -> None:
    sent(at_work(), "maria@cidade.gov.br", "controle")
    path = path_of(Invitation.objects.get())
    assert "As duas senhas não são iguais" in answered(path, password2="outra").content.decode()
    assert answered(path, password1="12345678", password2="12345678").status_code == 200
    assert answered(path, password1="maria@cidade", password2="maria@cidade").status_code == 200
    assert answered(path).status_code == 302


def test_of_two_who_press_at_once_one_has_the_account() -> None:
    sent(at_work(), "maria@cidade.gov.br", "controle")
    token = path_of(Invitation.objects.get()).rstrip("/").rpartition("/")[2]
    at = timezone.now()
    first, second = found_by(token, at), found_by(token, at)
    assert first is not None
    assert second is not None
    given = {"first_name": "Maria", "last_name": "de Souza", "password": PASSWORD, "at": at}
    accept(first, **given)
    with pytest.raises(Ended):
        accept(second, **given)


def test_asking_again_adds_to_the_invitation_that_waits() -> None:
    body, client = finance(), at_work()
    sent(client, "maria@cidade.gov.br", "redacao", body)
    sent(client, "maria@cidade.gov.br", "comunicacao")
    answered(path_of(Invitation.objects.get()))
    assert groups_of("maria@cidade.gov.br") == {"Redação · SEFIN", "Comunicação"}


def test_the_register_of_acts_says_who_invited_whom_for_what() -> None:
    client = at_work()
    sent(client, "maria@cidade.gov.br", "controle")
    answered(path_of(Invitation.objects.get()))
    told = ModelLogEntry.objects.filter(action__startswith="conecta.invitation").order_by("timestamp", "pk")
    assert [(each.action, each.label, each.data["roles"]) for each in told] == [
        ("conecta.invitation.sent", "maria@cidade.gov.br", ["Controle"]),
        ("conecta.invitation.accepted", "maria@cidade.gov.br", ["Controle"]),
    ]
    register = client.get(reverse("conecta_acts:index")).content.decode()
    assert "Convite para: Controle" in register
    assert "Convite aceito: Controle" in register


def test_what_is_long_over_is_forgotten() -> None:
    sent(at_work(), "maria@cidade.gov.br", "controle")
    assert forget_old(timezone.now() + timedelta(days=29)) == 0
    assert forget_old(timezone.now() + timedelta(days=31))
    assert not Invitation.objects.exists()


def test_the_screen_asks_little_of_the_database(django_assert_max_num_queries: Any) -> None:
    body, client = finance(), at_work()
    sent(client, " ".join(f"p{number}@cidade.gov.br" for number in range(20)), "redacao", body)
    with django_assert_max_num_queries(30):
        assert client.get(screen()).status_code == 200
