"""Wagtail's forms for pictures, documents and people's own pictures, with ``services.uploads`` behind them."""

from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from services.uploads import documents
from services.uploads.made_anew import ENDINGS, made_anew
from services.uploads.refusing import NotKept

#: Bytes of a picture.
LARGEST_PICTURE = 10 * 1024 * 1024
_WHY: dict[str, Any] = {
    "empty": gettext_lazy("O arquivo está vazio."),
    "heavy": gettext_lazy("O arquivo é grande demais."),
    "heif": gettext_lazy("Esta foto está em HEIC, o formato do iPhone. Exporte-a como JPEG e envie de novo."),
    "unknown": gettext_lazy("Isto não é uma imagem JPEG, PNG ou WebP, seja qual for o nome do arquivo."),
    "other": gettext_lazy("O arquivo não é o que o nome dele diz. Salve-o de novo no programa em que foi feito."),
    "large": gettext_lazy("O arquivo fica grande demais quando aberto. Divida-o, ou diminua a imagem."),
    "broken": gettext_lazy("O arquivo está danificado e não abre."),
    "locked": gettext_lazy("O arquivo tem senha. Salve sem senha e envie de novo."),
    "lively": gettext_lazy("O arquivo leva programas dentro (macros ou objetos). Salve sem eles e envie de novo."),
}


def picture_made_anew(file: Any) -> SimpleUploadedFile:
    """The picture without place, maker and whatever stood behind it. Raises ``ValidationError``."""
    try:
        if file.size > LARGEST_PICTURE:
            raise NotKept("heavy")
        file.seek(0)
        content_type, content = made_anew(file.read())
        if content_type == "application/pdf":
            raise NotKept("unknown")
    except NotKept as error:
        raise ValidationError(str(_WHY[str(error)])) from error
    name = f"{PurePosixPath(file.name).stem}.{ENDINGS[content_type]}"
    return SimpleUploadedFile(name, content, content_type)


class PictureField(WagtailImageField):
    """Made anew before anything of this process opens it: Wagtail stumbles over broken ones."""

    def to_python(self, data: Any) -> Any:
        """Raises ``ValidationError``."""
        return super().to_python(picture_made_anew(data) if data else data)


class ImageForm(BaseImageForm):
    """``WAGTAILIMAGES_IMAGE_FORM_BASE``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, max_length=given.max_length, widget=given.widget
            )


class DocumentForm(BaseDocumentForm):
    """``WAGTAILDOCS_DOCUMENT_FORM_BASE``."""

    def clean_file(self) -> Any:
        """Looked into where a file was sent."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        if file.size > documents.LARGEST:
            raise ValidationError(_("O arquivo tem mais de %d MB.") % (documents.LARGEST // 1024**2))
        try:
            documents.check(file.name, file.read())
        except NotKept as error:
            raise ValidationError(str(_WHY[str(error)])) from error
        file.seek(0)
        return file


class AvatarForm(AvatarPreferencesForm):
    """Put in the place of Wagtail's (``home.apps``)."""

    def clean_avatar(self) -> Any:
        """Made anew, then made small."""
        if self.cleaned_data.get("avatar") and "avatar" in self.changed_data:
            self.cleaned_data["avatar"] = picture_made_anew(self.cleaned_data["avatar"])
        return super().clean_avatar()


def install() -> None:
    """Wagtail names no setting for the form of one's own picture."""
    from wagtail.admin.views.account import AvatarSettingsPanel

    AvatarSettingsPanel.form_class = AvatarForm
