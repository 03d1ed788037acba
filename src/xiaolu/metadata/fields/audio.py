"""A voice note."""

from typing import ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.uploads import UploadKind


class Audio(UploadKind):
    """A voice note."""

    key: ClassVar[str] = "audio"
    label: ClassVar[Label] = Label("录音", "Audio")
    accepts: ClassVar[tuple[str, ...]] = ("audio/*",)
    is_single: ClassVar[bool] = True
