"""Uploaded files of any kind."""

from typing import ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.uploads import UploadKind


class File(UploadKind):
    """Uploaded files of any kind."""

    key: ClassVar[str] = "file"
    label: ClassVar[Label] = Label("文件", "File")
