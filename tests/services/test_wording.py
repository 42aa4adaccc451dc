"""What people read: examples of each phrase."""

import uuid
from datetime import date, datetime, time
from decimal import Decimal
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from services import wording
from services.record import Service
from services.record.identity import id_of
from services.record.service import (
    Channel,
    Channels,
    ChannelType,
    DigitalLink,
    Fee,
    FeeCase,
    Fees,
    Login,
    Step,
    Validity,
)
from services.record.unit import Hours
from services.record.values import Address, Duration, DurationUnit, TimeEstimate
from services.timing import OpenState, Status

BAHIA = ZoneInfo("America/Bahia")
KEY = uuid.UUID(int=7)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BAHIA)


def service(**fields):
    return Service(kind="service", key=KEY, id=id_of(KEY), title="Serviço", **fields)


def step(*fees, cases=()):
    return Step(fees=Fees(default=list(fees), cases=list(cases)))


@pytest.mark.parametrize(
    ("amount", "phrase"),
    [("0.05", "R$\xa00,05"), ("42.5", "R$\xa042,50"), ("1042.50", "R$\xa01.042,50"), ("1234567", "R$\xa01.234.567,00")],
)
def test_money_has_dots_for_thousands_and_a_comma_for_cents(amount, phrase):
    assert wording.money(Decimal(amount)) == phrase


def test_a_fee_is_an_amount_or_free_or_what_it_depends_on():
    assert wording.fee(Fee(amount="42.50")) == "R$\xa042,50"
    assert wording.fee(Fee(amount="0")) == "grátis"
    assert wording.fee(Fee(varies="conforme a área")) == "conforme a área"
    assert wording.fee(Fee()) == "valor a consultar"


@pytest.mark.parametrize(
    ("fields", "phrase"),
    [
        ({"free": True}, "grátis"),
        ({"free": False}, "tem custo"),
        ({}, ""),
        ({"steps": [step(Fee(amount="40")), step(Fee(amount="2.50"))]}, "R$\xa042,50"),
        ({"steps": [step(Fee(amount="0"))]}, "grátis"),
        ({"steps": [step(Fee(varies="conforme a área"))]}, "o valor varia"),
        ({"steps": [step(Fee(amount="40"), cases=[FeeCase(items=[Fee(amount="9")])])]}, "a partir de R$\xa040,00"),
        ({"steps": [step(cases=[FeeCase(items=[Fee(amount="9")])])]}, "o custo depende do seu caso"),
    ],
)
def test_the_cost_of_a_service_in_all(fields, phrase):
    assert wording.cost(service(**fields)) == phrase


@pytest.mark.parametrize(
    ("estimate", "phrase"),
    [
        (None, ""),
        (TimeEstimate(type="immediate"), "na hora"),
        (TimeEstimate(type="up_to", max=5, unit="working_days"), "até 5 dias úteis"),
        (TimeEstimate(type="up_to", max=1, unit="working_days"), "até 1 dia útil"),
        (TimeEstimate(type="between", min=2, max=7, unit="calendar_days"), "entre 2 e 7 dias"),
        (TimeEstimate(type="between", max=7, unit="calendar_days"), "até 7 dias"),
        (TimeEstimate(type="average", max=3, unit="months"), "em média 3 meses"),
        (TimeEstimate(type="not_estimated"), "sem prazo estimado"),
        (TimeEstimate(type="up_to"), "sem prazo estimado"),
    ],
)
def test_time_estimates(estimate, phrase):
    assert wording.time_estimate(estimate) == phrase


@pytest.mark.parametrize("unit", get_args(DurationUnit))
def test_every_unit_of_time_has_a_singular_and_a_plural(unit):
    one, two = wording.duration(Duration(quantity=1, unit=unit)), wording.duration(Duration(quantity=2, unit=unit))
    assert one.startswith("1 ")
    assert two.startswith("2 ")
    assert one[2:] != two[2:]
    assert wording.duration(Duration(quantity=0, unit=unit)) == "sem espera"


@pytest.mark.parametrize(
    ("days", "phrase"),
    [
        (["mon", "tue", "wed", "thu", "fri"], "seg a sex"),
        (["thu", "tue"], "ter e qui"),
        (["mon", "tue"], "seg e ter"),
        (["mon", "wed", "fri"], "seg, qua e sex"),
        (["sat"], "sáb"),
        (["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "todos os dias"),
        ([], ""),
    ],
)
def test_days_of_the_week(days, phrase):
    assert wording.weekdays(days) == phrase


def test_hours_have_days_times_and_a_note():
    assert wording.hours(Hours(days=["mon", "tue", "wed"], opens=time(8), closes=time(14))) == "seg a qua, 8h às 14h"
    assert (
        wording.hours(Hours(days=["sat"], opens=time(7, 30), closes=time(0), note="só vacina"))
        == "sáb, 7h30 às meia-noite (só vacina)"
    )
    assert wording.hours(Hours(days=["sun"], opens=time(0), closes=time(0))) == "dom, 24 horas"


def test_status_in_brief_is_a_phrase_with_a_day():
    for status, said in (
        (Status("normal"), ""),
        (Status("normal", until=at("2027-03-01")), "aberto até 28/02/2027"),
        (Status("normal", until=at("2027-03-01 13:00")), "aberto até 01/03/2027"),
        (Status("suspended"), "suspenso"),
        (Status("suspended", until=at("2026-12-13")), "suspenso até 12/12/2026"),
        (Status("out_of_season"), "fora de época"),
        (Status("out_of_season", until=at("2027-02-01 08:00")), "fora de época, abre em 01/02/2027"),
    ):
        assert wording.status_in_brief(status, BAHIA) == said


def test_status_is_a_sentence_with_its_last_day():
    assert wording.status(Status("normal"), BAHIA) == ""
    assert wording.status(Status("normal", until=at("2027-03-01")), BAHIA) == "Aberto até 28/02/2027."
    assert wording.status(Status("suspended"), BAHIA) == "Este serviço está suspenso, sem data para voltar."
    assert (
        wording.status(Status("suspended", until=at("2027-01-11 12:00")), BAHIA)
        == "Este serviço está suspenso até 11/01/2027, às 12h."
    )
    assert wording.status(Status("out_of_season"), BAHIA) == "Fora de época: ainda não há data para abrir."
    assert (
        wording.status(Status("out_of_season", until=at("2027-02-01 08:00")), BAHIA)
        == "Fora de época: abre em 01/02/2027, às 8h."
    )


@pytest.mark.parametrize(
    ("state", "phrase"),
    [
        (OpenState(open=True, until=at("2026-11-23 14:00")), "Aberto agora, até 14h"),
        (OpenState(open=True, until=at("2026-11-24 02:00")), "Aberto agora, até amanhã, 2h"),
        (OpenState(open=True), "Aberto 24 horas"),
        (OpenState(open=False, next_opening=at("2026-11-23 13:30")), "Fechado agora. Abre hoje, às 13h30"),
        (OpenState(open=False, next_opening=at("2026-11-24 01:00")), "Fechado agora. Abre amanhã, à 1h"),
        (
            OpenState(open=False, next_opening=at("2026-11-30 08:00")),
            "Fechado agora. Abre segunda-feira, 30/11, às 8h",
        ),
        (
            OpenState(open=False, next_opening=at("2027-01-04 08:00")),
            "Fechado agora. Abre segunda-feira, 04/01/2027, às 8h",
        ),
        (OpenState(open=False), "Fechado agora"),
        (OpenState(open=False, reason="unknown"), ""),
        (OpenState(open=True, until=at("2026-11-23 12:00"), reason="visit"), "Atendendo agora, até 12h"),
        (
            OpenState(open=False, next_opening=at("2026-12-01 08:30"), reason="visit"),
            "Próximo atendimento: terça-feira, 01/12, às 8h30",
        ),
        (OpenState(open=False, reason="visit"), ""),
    ],
)
def test_open_or_closed(state, phrase):
    assert wording.open_state(state, at("2026-11-23 10:00"), BAHIA) == phrase


def test_a_visit_is_told_with_its_day_and_hours():
    assert (
        wording.span(at("2026-12-02 08:00"), at("2026-12-02 12:30"), BAHIA)
        == "quarta-feira, 02/12/2026, das 8h às 12h30"
    )
    assert wording.span(at("2026-12-02"), at("2026-12-04 12:00"), BAHIA) == "de 02/12/2026 até 04/12/2026, às 12h"


def test_runs_of_days():
    assert wording.days_between(date(2026, 12, 24), date(2026, 12, 24)) == "24/12/2026"
    assert wording.days_between(date(2026, 12, 24), date(2027, 1, 2)) == "de 24/12/2026 a 02/01/2027"


@pytest.mark.parametrize("channel_type", get_args(ChannelType))
def test_every_channel_has_a_name(channel_type):
    assert wording.channel_name(Channel(type=channel_type))[0].isupper()


@pytest.mark.parametrize("login", get_args(Login))
def test_every_login_but_the_unknown_has_words(login):
    assert bool(wording.login(DigitalLink(url="https://x.example", login=login))) == (login != "unknown")


@pytest.mark.parametrize(
    ("fields", "phrase"),
    [
        ({}, ""),
        ({"digital_link": DigitalLink(url="https://x.example")}, "pode fazer pela internet"),
        ({"steps": [Step(channels=Channels(default=[Channel(type="in_person")]))]}, "é preciso ir pessoalmente"),
        (
            {"steps": [Step(channels=Channels(default=[Channel(type="in_person"), Channel(type="phone")]))]},
            "pode fazer por telefone ou pessoalmente",
        ),
        (
            {
                "steps": [
                    Step(channels=Channels(default=[Channel(type="in_person")])),
                    Step(channels=Channels(default=[Channel(type="phone"), Channel(type="web_track")])),
                ]
            },
            "é preciso ir pessoalmente",
        ),
        (
            {
                "digital_link": DigitalLink(url="https://x.example"),
                "steps": [Step(channels=Channels(default=[Channel(type="in_person")]))],
            },
            "pode fazer pela internet ou pessoalmente",
        ),
    ],
)
def test_the_way_to_ask_for_a_service(fields, phrase):
    assert wording.ways(service(**fields)) == phrase


@pytest.mark.parametrize(
    ("value", "phrase"),
    [
        (None, ""),
        (Validity(), ""),
        (Validity(type="unlimited"), "não perde a validade"),
        (Validity(type="limited", quantity=1, unit="years"), "vale por 1 ano"),
        (Validity(type="limited", quantity=6, unit="months"), "vale por 6 meses"),
        (Validity(type="limited", note="até o fim do ano"), "até o fim do ano"),
    ],
)
def test_validity(value, phrase):
    assert wording.validity(value) == phrase


@pytest.mark.parametrize(
    ("written", "phrase", "link"),
    [
        ("7730000123", "(77) 3000-0123", "tel:+557730000123"),
        ("(77) 90000-0123", "(77) 90000-0123", "tel:+5577900000123"),
        ("+55 77 3000 0123", "(77) 3000-0123", "tel:+557730000123"),
        ("192", "192", "tel:192"),
        ("0800 123 4567", "0800 123 4567", "tel:08001234567"),
        ("ramal", "ramal", ""),
        ("(77) 3000-0123 ou 156", "(77) 3000-0123 ou 156", ""),
    ],
)
def test_phones(written, phrase, link):
    assert wording.phone(written) == phrase
    assert wording.phone_link(written) == link


def test_whatsapp_needs_a_whole_number_and_may_carry_a_text():
    assert wording.whatsapp_link("(77) 90000-0123") == "https://wa.me/5577900000123"
    assert wording.whatsapp_link("(77) 90000-0123", "Olá & tchau") == (
        "https://wa.me/5577900000123?text=Ol%C3%A1%20%26%20tchau"
    )
    assert wording.whatsapp_link("156") == ""


def test_sharing_escapes_title_and_address():
    assert wording.share_link("A&B", "https://x.example/a?b=1") == (
        "https://wa.me/?text=A%26B%0Ahttps%3A%2F%2Fx.example%2Fa%3Fb%3D1"
    )


def test_an_address_on_one_line():
    assert wording.address(None) == ""
    place = Address(street="Rua A", number="10", neighbourhood="Centro", postal_code="45000000")
    assert wording.address(place) == "Rua A, 10, Centro, CEP 45000-000"
