"""Files that come with a manifestation: a few, small, of kinds that nothing runs in, and each made anew.

One that is not kept takes nothing with it: the manifestation stays (Lei 13.460 art. 11), and the receipt says which
file was left out and why.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.models import Attachment, Manifestation
from services.uploads.made_anew import ENDINGS, made_anew
from services.uploads.refusing import NotKept
from services.uploads.serving import guarded

MOST = 5
LARGEST = 10 * 1024 * 1024
#: What the browser offers to choose; what counts is the content. An iPhone makes a JPEG of its photo because of it.
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,application/pdf,image/jpeg,image/png,image/webp"
_WHY: dict[str, Promise | str] = {
    "many": _("não foi guardado: são no máximo 5 arquivos."),
    "empty": _("não foi guardado: está vazio."),
    "heavy": _("não foi guardado: tem mais de 10 MB."),
    "unknown": _("não foi guardado: não é um PDF nem uma imagem JPEG, PNG ou WebP."),
    "heif": _(
        "não foi guardado: é uma foto no formato HEIC, do iPhone, que não abre em todo lugar. Mostre a foto na tela, "
        "tire um print e envie o print. Ou, em Ajustes, Câmera, Formatos, escolha “Mais Compatível” e tire outra."
    ),
    "large": _("não foi guardado: a imagem é grande demais para abrir. Tente com um tamanho menor."),
    "broken": _("não foi guardado: está danificado e não abre."),
    "locked": _("não foi guardado: tem senha. Salve sem senha e envie de novo."),
}


@dataclass(frozen=True)
class Clean:
    """A file that is kept, under the ending of what it really is."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Refused:
    """A file that was not kept, and why, as a sentence that its name begins."""

    name: str
    why: str


def checked(files: Sequence["UploadedFile[Any]"]) -> tuple[list[Clean], list[Refused]]:
    """What is kept of them, made anew, and what is not. Takes its time: not for inside a transaction."""
    kept: list[Clean] = []
    refused: list[Refused] = []
    for place, file in enumerate(files):
        name = shown_name(file.name or "")
        try:
            if place >= MOST:
                raise NotKept("many")
            content_type, content = _cleaned(file)
        except NotKept as error:
            refused.append(Refused(name, str(_WHY[str(error)])))
            continue
        kept.append(Clean(f"{name.rpartition('.')[0]}.{ENDINGS[content_type]}", content_type, content))
    return kept, refused


def attach(manifestation: Manifestation, files: Sequence[Clean]) -> None:
    """Keep what was checked."""
    for file in files:
        attachment = Attachment(
            manifestation=manifestation, name=file.name, content_type=file.content_type, size=len(file.content)
        )
        # Nothing of what the person called it names a file of this machine.
        stored = f"{uuid.uuid4().hex}.{ENDINGS[file.content_type]}"
        attachment.file.save(stored, ContentFile(file.content), save=True)


def shown_name(name: str) -> str:
    """A file's name as it may be shown and sent again: no folders, nothing that is not seen."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = re.sub(r"[^\w .()-]", "", last).strip(" .")[-100:]
    return plain if "." in plain else f"{plain or 'anexo'}.dat"


def download(attachment: Attachment) -> FileResponse:
    """The file, as one to be kept and not to be opened in place; who may have it, the caller has asked."""
    response = FileResponse(
        attachment.file.open("rb"), as_attachment=True, filename=attachment.name, content_type=attachment.content_type
    )
    guarded(response)
    response["Cache-Control"] = "private, no-store"
    return response


def drop_files(manifestation: Manifestation) -> None:
    """Take every file of a manifestation away: its row now, the file once that holds."""
    for attachment in manifestation.attachments.all():
        storage, name = attachment.file.storage, attachment.file.name
        attachment.delete()
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]


def sweep(at: datetime) -> int:
    """Files without a row, of a save or an erasure that was broken off: how many were taken away."""
    storage = Attachment._meta.get_field("file").storage
    top, swept = Path(storage.path("")), 0
    for path in (top / "manifestations").rglob("*"):
        old = path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, at.tzinfo) < at - timedelta(days=1)
        name = path.relative_to(top).as_posix()
        if old and not Attachment.objects.filter(file=name).exists():
            storage.delete(name)
            swept += 1
    return swept


def _cleaned(file: "UploadedFile[Any]") -> tuple[str, bytes]:
    if not file.size:
        raise NotKept("empty")
    if file.size > LARGEST:
        raise NotKept("heavy")
    return made_anew(file.read())
