"""A signature, drawn by hand and kept as a picture."""

from typing import ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.uploads import UploadKind


class Signature(UploadKind):
    """A signature, drawn by hand and kept as a picture."""

    key: ClassVar[str] = "signature"
    label: ClassVar[Label] = Label("签名", "Signature")
    accepts: ClassVar[tuple[str, ...]] = ("image/*",)
    is_single: ClassVar[bool] = True
