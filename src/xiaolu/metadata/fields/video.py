"""A video."""

from typing import ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.uploads import UploadKind


class Video(UploadKind):
    """A video."""

    key: ClassVar[str] = "video"
    label: ClassVar[Label] = Label("视频", "Video")
    accepts: ClassVar[tuple[str, ...]] = ("video/*",)
    is_single: ClassVar[bool] = True
