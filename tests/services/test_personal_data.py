"""What of a text is a person's own."""

import pytest

from services.personal_data import is_personal


@pytest.mark.parametrize(
    "text",
    [
        "consulta cpf 123.456.789-09",
        "12345678909",
        "123 456 789 09 iptu",
        "１２３４５６７８９０９",
        "123\u200b456\u200b789",
        "CNPJ 12.345.678/0001-95",
        "ligar 77 3422-1234",
        "(77) 99999-1234",
        "+55 77 9 9999 1234",
        "34221234",
        "fulana@exemplo.com.br",
        "boleto de fulana @ exemplo.com",
        "multa ABC1234",
        "multa ABC-1234",
        "multa abc 1234",
        "placa BRA2E19",
        "bra-2e19",
        "nascido em 12/03/1980",
        "cep 45000-000",
        "protocolo 2026/0012345",
        "rg 1234567",
        "inscrição 123456",
        "1 2 3 4 5 6 7 8 9",
    ],
)
def test_personal(text: str) -> None:
    assert is_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "segunda via do iptu 2026",
        "ISS 2026",
        "mei 2025 atrasado",
        "lei 13.460",
        "covid 19",
        "rua 25 de março",
        "isenção acima de 60 anos",
        "cadastro único",
        "linha d37",
        "matrícula 2027",
        "1ª e 2ª vias",
        "iptu2026",
        "creche 0 a 3 anos",
        "psf 1 psf 2 psf 3",
        "192",
        "disque 100 ou 180",
    ],
)
def test_not_personal(text: str) -> None:
    assert not is_personal(text)
