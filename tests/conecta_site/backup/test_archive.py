"""The file of a backup: what is not whole, or not for this key, is not unpacked."""

import tarfile
import uuid
from pathlib import Path

import pyrage
import pytest

from conecta_site.backup import archive


def test_what_is_not_whole_is_not_restored(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("um")
    key = pyrage.x25519.Identity.generate()

    def fill(writer: archive.Writer) -> None:
        writer.add("a.txt", tmp_path / "a.txt")

    def made(name: str, *recipients: str) -> bytes:
        with (tmp_path / name).open("wb") as target:
            archive.write(
                target, lambda writer: writer.add("a.txt", tmp_path / "a.txt"), about={}, recipients=recipients
            )
        return (tmp_path / name).read_bytes()

    def opened(data: bytes, identity: str = "") -> archive.Contents:
        folder = tmp_path / uuid.uuid4().hex
        folder.mkdir()
        (folder / "copy").write_bytes(data)
        with (folder / "copy").open("rb") as source:
            return archive.unpack(source, folder, identity=identity)

    plain, sealed = made("plain"), made("sealed", str(key.to_public()))
    assert opened(plain).files == opened(sealed, str(key)).files == {"a.txt": (2, opened(plain).files["a.txt"][1])}
    changed = plain.replace(b"um", b"eu", 1)
    other = str(pyrage.x25519.Identity.generate())
    for data, identity in (
        (plain[:512], ""),
        (plain[:1024], ""),
        (changed, ""),
        (b"", ""),
        (b"no tar at all", ""),
        (sealed, ""),
        (sealed, "words"),
        (sealed, other),
        (sealed[:-1], str(key)),
        (sealed[:-20] + bytes(20), str(key)),
    ):
        with pytest.raises(archive.NotABackup):
            opened(data, identity)


def test_a_member_may_lead_nowhere_else(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "bad.tar", "w") as tar:
        member = tarfile.TarInfo("../outside")
        tar.addfile(member)
    (tmp_path / "folder").mkdir()
    with (tmp_path / "bad.tar").open("rb") as source, pytest.raises(archive.NotABackup):
        archive.unpack(source, tmp_path / "folder")
    assert not (tmp_path / "outside").exists()
