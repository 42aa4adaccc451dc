"""What a table of addresses would change: no database is asked."""

import pytest

from services.interchange.base import Unreadable
from services.old_addresses.known import Known
from services.old_addresses.plans import Plan, plan_for
from services.old_addresses.reading import Row, read_rows

KNOWN = Known(
    hosts=frozenset({"servicos.cidade.gov.br"}),
    live=frozenset({"/servicos/iptu", "/orgaos/saúde"}),
    entries={"abcdefghij": {"abcdefghij"}, "77": {"abcdefghij"}, "8": {"abcdefghij", "klmnopqrst"}},
    redirects={"/velho": "/servicos/iptu/", "/pagina": None, "/a": "/b"},
)


def planned(*rows: tuple[str, str], known: Known = KNOWN) -> Plan:
    return plan_for([Row(number, old, new) for number, (old, new) in enumerate(rows, start=2)], known)


@pytest.mark.parametrize(
    ("old", "new", "path", "target"),
    [
        ("/iptu.php?b=2&a=1", "/servicos/iptu/", "/iptu.php?a=1&b=2", "/servicos/iptu/"),
        ("http://www.cidade.gov.br/saude/", "/orgaos/saúde/", "/saude", "/orgaos/sa%C3%BAde/"),
        (
            "/vel ho#topo",
            "https://servicos.cidade.gov.br/servicos/iptu/?x=1#como",
            "/vel%20ho",
            "/servicos/iptu/?x=1#como",
        ),
        ("/isenção", "abcdefghij", "/isenção", "/s/abcdefghij"),
        ("/isen%C3%A7%C3%A3o/", "77", "/isenção", "/s/abcdefghij"),
        ("/inicio.html", "http://servicos.cidade.gov.br", "/inicio.html", "/"),
    ],
)
def test_addresses_are_written_as_they_are_looked_up(old: str, new: str, path: str, target: str) -> None:
    plan = planned((old, new))
    assert plan.refused == plan.doubtful == []
    assert [(leading.path, leading.target) for leading in plan.new] == [(path, target)]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("", "/servicos/iptu/", "falta o endereço antigo"),
        ("/x", "", "falta o endereço novo"),
        ("www.cidade.gov.br/x", "/servicos/iptu/", "começar com / ou com http"),
        ("http://www.cidade.gov.br/", "/servicos/iptu/", "página inicial"),
        ("/servicos/iptu", "/", "já existe uma página"),
        ("/admin/pages", "/", "não pode ser redirecionada"),
        ("/api/v1", "/", "não pode ser redirecionada"),
        ("/" + "x" * 300, "/", "mais de 255 letras"),
        ("/x", "/" + "ç" * 100, "mais de 255 letras"),
        ("/x", "https://outra.example/servicos/iptu/", "outro site"),
        ("/x", "https://servicos.cidade.gov.br@outra.example/", "outro site"),
        ("/x", "https://servicos.cidade.gov.br//outra.example/", "outro site"),
        ("/x", "//outra.example/", "outro site"),
        ("/x", "/\\outra.example/", "caractere"),
        ("/x\x00", "/", "caractere"),
        ("/x", "http://[", "não é um endereço"),
        ("/x", "/admin/", "administração"),
        ("/x", "8", "mais de uma página"),
        ("/x", "zzzzzzzzzz", "não há página publicada"),
        ("/x", "javascript:alert(1)", "não há página publicada"),
    ],
)
def test_what_leads_nowhere_or_astray_is_refused_by_its_row(old: str, new: str, sentence: str) -> None:
    plan = planned(("/certo", "/servicos/iptu/"), (old, new))
    assert [leading.path for leading in plan.to_write] == ["/certo"]
    assert [remark.number for remark in plan.refused] == [3]
    assert sentence in plan.refused[0].sentence


def test_an_address_counts_once_however_it_is_written() -> None:
    plan = planned(("/x", "/servicos/iptu/"), ("http://www.cidade.gov.br/x/", "/servicos/iptu/"))
    assert len(plan.new) == 1
    assert [remark.sentence for remark in plan.refused] == ["o endereço antigo já está na linha 2"]


def test_circles_are_refused_in_the_file_and_with_what_leads_on_already() -> None:
    plan = planned(("/1", "/2"), ("/2", "/3/"), ("/3", "/1"), ("/4", "/4/"), ("/5", "/1"), ("/b", "/a?x=1"))
    assert [remark.number for remark in plan.refused] == [2, 3, 4, 5, 6, 7]
    assert all("círculo" in remark.sentence for remark in plan.refused)
    assert plan.to_write == []
    # Two steps that end are no circle; a page ends all.
    assert len(planned(("/1", "/2"), ("/2", "/velho"), ("/3", "/pagina")).new) == 3


def test_a_second_run_changes_nothing_and_what_differs_is_a_change() -> None:
    rows = (("/velho", "/servicos/iptu/"), ("/pagina", "/servicos/iptu/"), ("/novo", "/nada/"))
    plan = planned(*rows)
    assert [leading.path for leading in plan.unchanged] == ["/velho"]
    assert [leading.path for leading in plan.changed] == ["/pagina"]
    assert [(remark.number, remark.old) for remark in plan.doubtful] == [(4, "/novo")]
    after = Known(
        KNOWN.hosts, KNOWN.live, KNOWN.entries, {each.path: each.target for each in (*plan.unchanged, *plan.to_write)}
    )
    again = planned(*rows, known=after)
    assert (again.to_write, len(again.unchanged)) == ([], 3)
    assert again.digest != plan.digest


def test_the_table_is_read_as_people_save_it() -> None:
    rows = [Row(2, "/isenção", "/x"), Row(4, "/b", "")]
    text = "Nota;DE; para \nn;/isenção;/x\n;;\n;/b\n"
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("cp1252"), text.encode("utf-16")):
        assert read_rows(data) == rows
    for data in (b"", b"de;de;para\n", b"origem;destino\n/a;/b\n", b"\x00\x01", b'de;para\n"/a'):
        with pytest.raises(Unreadable):
            read_rows(data)
