"""Pictures."""

from typing import ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.uploads import UploadKind


class Image(UploadKind):
    """Pictures."""

    key: ClassVar[str] = "image"
    label: ClassVar[Label] = Label("图片", "Image")
    accepts: ClassVar[tuple[str, ...]] = ("image/*",)
