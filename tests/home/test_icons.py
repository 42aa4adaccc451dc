"""The sprite and its names."""

from home.icons import FALLBACK, SAME_AS, symbol_for, symbols


def test_a_symbol_is_found_by_name_by_address_or_is_the_general_one():
    assert symbol_for("saude", "/temas/outro/") == "saude"
    assert symbol_for("", "/temas/educacao/") == "educacao"
    assert symbol_for("", "/momentos/abrir-um-negocio/") == "empresas-e-negocios"
    assert symbol_for("nada", "/temas/nada/") == FALLBACK


def test_every_name_leads_to_a_drawing():
    assert {FALLBACK, *SAME_AS.values()} <= symbols()
