"""Lists of districts and bodies are read as people paste them, looked at, and made once."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from home.first_day.lists import read_bodies, read_districts
from services.models import District, RoleGroup, SecretariatPage
from tests.home.first_day.town import at_work, finance
from tests.services import charter
from tests.services.newsroom.people import browser, person, set_up

DISTRICTS = """nome;tipo;distrito;latitude;longitude
Sede;Sede;;-14,861;-40,844
Inhobim;Distrito
Lagoa Nova;Povoado;Inhobim
"""
BODIES = """Secretaria Municipal de Finanças (SEFIN)
Secretaria de Cultura, Turismo, Esporte e Lazer (SECTEL)
Fundação de Saúde\tFSVC\tSMS
"""


def sent(client: Client, what: str, text: str, **more: Any) -> Any:
    return client.post(reverse(f"conecta_first_day:{what}"), {"text": text} | more, follow=True)


def made(client: Client, what: str, text: str) -> Any:
    return sent(client, what, text, conferido="1")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Inhobim\nSede", ["Inhobim", "Sede"]),
        ("\ufeffNOME\nInhobim\r\n\r\nSede\r\n", ["Inhobim", "Sede"]),
        ("nome,tipo\nInhobim,Distrito", ["Inhobim"]),
        ("Inhobim\tDistrito\nSede\tSede", ["Inhobim", "Sede"]),
        ('"Inhobim; o velho";Distrito', ["Inhobim; o velho"]),
    ],
)
def test_a_list_is_read_whatever_program_wrote_it(text: str, names: list[str]) -> None:
    read = read_districts(text)
    assert [line.name for line in read.lines] == names
    assert not read.faults


def test_columns_are_read() -> None:
    sede, _inhobim, lagoa = read_districts(DISTRICTS).lines
    assert (sede.type, sede.point) == ("seat", (Decimal("-14.861000"), Decimal("-40.844000")))
    assert (lagoa.type, lagoa.parent) == ("village", "Inhobim")


def test_names_of_bodies_keep_their_commas_and_acronyms_are_found() -> None:
    read = read_bodies("Secretaria de Cultura, Turismo e Lazer (SECTEL)\nGabinete do Prefeito")
    assert [(line.name, line.acronym) for line in read.lines] == [
        ("Secretaria de Cultura, Turismo e Lazer", "SECTEL"),
        ("Gabinete do Prefeito", ""),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (";Distrito", "falta o nome"),
        ("X;Bairro", "o tipo é Sede, Distrito ou Povoado"),
        ("X;;;-14", "latitude e longitude vão juntas"),
        ("X;;;abc;-40", "não é uma coordenada"),
        ("X;;;-95;-40", "não é uma coordenada"),
        ("inhobim;", "este nome já está na linha 1"),
        ("x" * 256 + ";", "comprido demais"),
    ],
)
def test_a_line_that_cannot_be_taken_is_told_with_its_number(line: str, sentence: str) -> None:
    read = read_districts(f"Inhobim;Distrito\n{line}")
    assert len(read.lines) == 1
    assert [(fault.number, sentence in fault.sentence) for fault in read.faults] == [(2, True)]


@pytest.mark.django_db
def test_districts_are_seen_first_and_then_public_at_once() -> None:
    client = at_work()
    seen = sent(client, "districts", DISTRICTS + "Longe;Povoado;Nenhures\n").content.decode()
    assert "Vão ser cadastrados 3" in seen
    assert "não há distrito “Nenhures”" in seen
    assert not District.objects.exists()

    assert "3 cadastrados." in made(client, "districts", DISTRICTS).content.decode()
    village = District.objects.get(title="Lagoa Nova")
    assert village.live
    assert village.parent == District.objects.get(title="Inhobim")
    again = sent(client, "districts", DISTRICTS).content.decode()
    assert "3 já estão aqui e não mudam." in again
    assert "Não há nada novo nesta lista." in again


@pytest.mark.django_db
def test_bodies_have_a_page_their_groups_and_the_one_above() -> None:
    client = at_work()
    text = "Secretaria de Saúde;SMS\nFundação de Saúde;FSVC;SMS\nSecretaria de Obras;;Ninguém"
    assert "não há órgão “Ninguém”" in sent(client, "bodies", text).content.decode()
    made(client, "bodies", text)
    fund = SecretariatPage.objects.get(acronym="FSVC")
    assert fund.live
    assert fund.superior == SecretariatPage.objects.get(acronym="SMS")
    assert RoleGroup.objects.filter(role="redacao").count() == 2
    assert Client().get(fund.url).status_code == 200
    made(client, "bodies", text)
    assert SecretariatPage.objects.count() == 2
    clash = sent(client, "bodies", "Secretaria dos Sertões;SMS").content.decode()
    assert "a sigla SMS já é de outro órgão" in clash


@pytest.mark.django_db
def test_a_file_is_taken_too() -> None:
    file = SimpleUploadedFile("orgaos.csv", "nome;sigla\r\nSecretaria de Saúde;SMS\r\n".encode("cp1252"))
    seen = sent(at_work(), "bodies", "", file=file).content.decode()
    assert "Vai ser cadastrado 1" in seen
    assert "Secretaria de Saúde" in seen
    assert "Cole a lista, ou escolha um arquivo." in sent(at_work(), "bodies", " ").content.decode()


@pytest.mark.django_db
def test_once_a_service_is_public_nothing_goes_past_the_newsroom() -> None:
    client = at_work()
    charter.service(finance())
    assert "o que é novo nasce como rascunho" in made(client, "bodies", BODIES).content.decode()
    made(client, "districts", DISTRICTS)
    assert SecretariatPage.objects.count() == 1
    assert not District.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["bodies", "districts"])
def test_it_is_for_administration_alone(what: str) -> None:
    set_up()
    client = browser(person("eu", "comunicacao"))
    made(client, what, "Inhobim")
    assert not District.objects.exists()
    assert not SecretariatPage.objects.exists()
