"""Files as an uploader may have damaged or forged them: refused by name, and the rest is read."""

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from services.interchange import Rejected, SourceFile, open_source, sources

XML = frozenset({".xml"})


def _zip(
    path: Path, entries: list[tuple[str | zipfile.ZipInfo, bytes]], *, compression: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def _read(path: Path, suffixes: frozenset[str] = XML) -> tuple[dict[str, bytes], dict[str, str]]:
    items = list(open_source(path, suffixes))
    files = {item.name: item.data for item in items if isinstance(item, SourceFile)}
    return files, {item.name: item.reason for item in items if isinstance(item, Rejected)}


def test_a_zip_gives_the_files_of_the_format_by_name(tmp_path: Path) -> None:
    path = _zip(
        tmp_path / "a.zip", [("b.xml", b"2"), ("pasta/a.XML", b"1"), ("README.md", b"x"), ("__MACOSX/._b.xml", b"x")]
    )
    assert [item.name for item in open_source(path, XML)] == ["b.xml", "pasta/a.XML"]
    assert _read(path) == ({"b.xml": b"2", "pasta/a.XML": b"1"}, {})


def test_a_folder_and_a_file_give_the_same(tmp_path: Path) -> None:
    (tmp_path / "pasta").mkdir()
    (tmp_path / "pasta" / "a.xml").write_bytes(b"1")
    (tmp_path / "leia-me.txt").write_bytes(b"x")
    assert _read(tmp_path) == ({"pasta/a.xml": b"1"}, {})
    assert _read(tmp_path / "pasta" / "a.xml") == ({"a.xml": b"1"}, {})


@pytest.mark.parametrize(
    "name", ["../fora.xml", "a/../../fora.xml", "/etc/fora.xml", "C:/fora.xml", "..\\fora.xml", "\\fora.xml"]
)
def test_a_name_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    files, rejected = _read(_zip(tmp_path / "a.zip", [(name, b"x"), ("bom.xml", b"1")]))
    assert files == {"bom.xml": b"1"}
    assert list(rejected.values()) == ["o nome aponta para fora do zip"]


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("atalho.xml")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    _, rejected = _read(_zip(tmp_path / "a.zip", [(link, b"/etc/passwd"), ("bom.xml", b"1")]))
    assert rejected == {"atalho.xml": "é um atalho (link simbólico)"}
    folder = tmp_path / "pasta"
    folder.mkdir()
    (folder / "atalho.xml").symlink_to("/etc/passwd")
    assert _read(folder) == ({}, {"atalho.xml": "é um atalho (link simbólico)"})


def test_a_name_that_comes_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = _zip(tmp_path / "a.zip", [("a.xml", b"1"), ("a.xml", b"2")])
    files, rejected = _read(path)
    assert files == {"a.xml": b"1"}
    assert rejected == {"a.xml": "há outro arquivo com o mesmo nome no zip"}


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    def rejected(path: Path) -> dict[str, str]:
        items = open_source(path, XML, largest=1024 * 1024)
        return {item.name: item.reason for item in items if isinstance(item, Rejected)}

    big = os.urandom(1024 * 1024 + 1)
    path = _zip(tmp_path / "a.zip", [("a.xml", big), ("b.xml", big[:-1])])
    assert rejected(path) == {"a.xml": "passa de 1 MB"}
    (tmp_path / "c.xml").write_bytes(big)
    assert rejected(tmp_path / "c.xml") == {"c.xml": "passa de 1 MB"}


def test_a_compression_bomb_is_refused_though_it_lies_about_its_size(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", [("a.xml", b"\x00" * 4_000_000), ("b.xml", b"1")])
    files, rejected = _read(path)
    assert files == {"b.xml": b"1"}
    assert rejected == {"a.xml": "está comprimido demais para ser um arquivo honesto"}
    # The same with a stated size of ten bytes: what is stated is not believed.
    data = path.read_bytes().replace(struct.pack("<L", 4_000_000), struct.pack("<L", 10))
    path.write_bytes(data)
    files, rejected = _read(path)
    assert files == {"b.xml": b"1"}
    assert list(rejected) == ["a.xml"]


def test_the_whole_source_has_a_limit_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_TOTAL", 5)
    for number in range(3):
        (tmp_path / f"{number}.xml").write_bytes(b"123")
    files, rejected = _read(tmp_path)
    assert files == {"0.xml": b"123"}
    assert [reason.endswith("o resto não foi lido") for reason in rejected.values()] == [True]
    path = _zip(tmp_path / "a.zip", [(f"{number}.xml", b"123") for number in range(3)])
    assert list(_read(path)[0]) == ["0.xml"]


def test_too_many_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_ENTRIES", 2)
    path = _zip(tmp_path / "a.zip", [(f"{number}.xml", b"1") for number in range(3)])
    assert _read(path) == ({}, {"a.zip": "tem mais de 2 arquivos"})


def test_a_directory_that_would_fill_the_memory_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 65535, 65535, 0xFFFFFFFE, 0, 0))
    assert _read(path)[1] == {"a.zip": f"tem mais de {sources.MAX_ENTRIES} arquivos"}


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", [("a.xml", b"1")], compression=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert _read(path) == ({}, {"a.xml": "está protegido por senha"})


def test_no_damage_to_a_zip_is_a_traceback(tmp_path: Path) -> None:
    whole = _zip(tmp_path / "a.zip", [(f"{name}.xml", b"<a/>" * 50) for name in "abc"]).read_bytes()
    path = tmp_path / "quebrado.zip"
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        files, rejected = _read(path)
        assert files == {}
        assert list(rejected) == ["quebrado.zip"]
    for position in range(0, len(whole), 3):
        damaged = bytearray(whole)
        damaged[position] ^= 0xFF
        path.write_bytes(damaged)
        items = list(open_source(path, XML))
        assert items
        assert all("\n" not in item.reason for item in items if isinstance(item, Rejected))


def test_a_zip_made_of_noise_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"nada disso")
    assert _read(path) == ({}, {"a.zip": "o zip está quebrado ou incompleto"})


def test_what_is_not_there_or_not_of_the_format_is_said(tmp_path: Path) -> None:
    assert _read(tmp_path / "nada")[1] == {"nada": "o arquivo ou a pasta não existe ou não pode ser aberta"}
    assert _read(tmp_path)[1] == {tmp_path.name: "não há nenhum arquivo .xml"}
    (tmp_path / "a.txt").write_bytes(b"x")
    assert _read(tmp_path / "a.txt")[1] == {"a.txt": "não é um arquivo .xml ou .zip nem uma pasta"}
    os.mkfifo(tmp_path / "cano.xml")
    assert _read(tmp_path)[1] == {"cano.xml": "não é um arquivo"}


def test_a_name_can_be_printed_on_one_line(tmp_path: Path) -> None:
    files, _ = _read(_zip(tmp_path / "a.zip", [("a\nb\x1b[31m.xml", b"1")]))
    assert [name.isprintable() for name in files] == [True]


def test_bytes_come_one_file_at_a_time(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.xml", b"1")
        archive.writestr("b.xml", b"2")
    path = tmp_path / "a.zip"
    path.write_bytes(buffer.getvalue())
    items = open_source(path, XML)
    assert next(items) == SourceFile("a.xml", b"1")
