"""Make an installation from a backup: into an empty database and empty folders, and only then into use.

The log begins another life (``changes.renew_epoch``): whoever followed it may have seen changes that this copy never
had, so every cursor given out before is gone, and each follower starts again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from conecta_site.backup import archive, databases
from conecta_site.backup.saving import DATABASE, FOLDERS, print_of
from services import changes


@dataclass
class Restored:
    """What was restored; ``remarks`` are sentences about what will not work as before."""

    contents: archive.Contents
    epoch: str = ""
    remarks: list[str] = field(default_factory=list)


def check(path: Path, *, identity: str = "") -> Restored:
    """Open a backup and see that all of it is there; nothing is written but below a folder that goes away.

    Raises ``archive.NotABackup``.
    """
    with TemporaryDirectory(dir=path.parent, prefix=".conecta-") as scratch, path.open("rb") as source:
        contents = archive.unpack(source, Path(scratch), identity=identity)
    return Restored(contents, remarks=_remarks(contents))


def restore(path: Path, *, identity: str = "") -> Restored:
    """Restore a backup into an empty installation. Raises ``archive.NotABackup``, ``databases.Unavailable``."""
    roots = {name: Path(getattr(settings, setting)) for name, setting in FOLDERS.items()}
    _require_empty(roots.values())
    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True)
    # Beside the data, so that files are moved and not copied.
    with TemporaryDirectory(dir=data, prefix=".conecta-") as scratch:
        folder = Path(scratch)
        with path.open("rb") as source:
            contents = archive.unpack(source, folder, identity=identity)
        vendor = contents.about["vendor"]
        if vendor != connection.vendor:
            raise archive.NotABackup(
                _("A cópia é de %(its)s; esta instalação usa %(ours)s.") % {"its": vendor, "ours": connection.vendor}
            )
        databases.load(folder / DATABASE)
        for name, root in roots.items():
            if (folder / name).is_dir():
                root.parent.mkdir(parents=True, exist_ok=True)
                if root.is_dir():
                    root.rmdir()
                (folder / name).rename(root)
                _open_folders(root)
    # A backup of an older version.
    call_command("migrate", verbosity=0, interactive=False)
    # Who signed out since would be signed in again.
    Session.objects.all().delete()
    return Restored(contents, changes.renew_epoch(), _remarks(contents))


def _require_empty(roots: Iterable[Path]) -> None:
    if databases.tables():
        raise databases.Unavailable(
            _(
                "O banco de dados não está vazio. Crie um novo, diga o endereço dele em CONECTA_DATABASE_URL "
                "e use restore antes de migrate."
            )
        )
    for root in roots:
        if root.is_dir() and any(root.iterdir()):
            raise databases.Unavailable(
                _("%s não está vazia: leve embora o que há nela ou use outra pasta em CONECTA_DATA_DIR.") % root
            )


def _open_folders(root: Path) -> None:
    """Folders are made as the process makes them; files keep being its own."""
    public = root == Path(settings.MEDIA_ROOT)
    for path in (root, *root.rglob("*")):
        path.chmod((0o755 if public else 0o700) if path.is_dir() else (0o644 if public else 0o600))


def _remarks(contents: archive.Contents) -> list[str]:
    found = []
    about = contents.about
    if about["secret_key"] != print_of(settings.SECRET_KEY):
        found.append(
            _(
                "CONECTA_SECRET_KEY não é a do dia da cópia: quem recebe webhooks precisa de um segredo novo, e quem "
                "pediu uma senha nova por e-mail precisa pedir de novo."
            )
        )
    kept = set(about["contact_keys"])
    if kept and not kept & {print_of(key) for key in settings.CONECTA_CONTACT_KEYS}:
        found.append(
            _(
                "Nenhuma chave de CONECTA_CONTACT_KEYS é do dia da cópia: sem ela não se lê quem trouxe as "
                "manifestações."
            )
        )
    return found
