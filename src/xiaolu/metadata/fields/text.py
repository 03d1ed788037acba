"""One line of text."""

from typing import ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.protocol import FieldOptions
from xiaolu.metadata.fields.texts import LimitedTextKind, LimitedTextOptions


class TextOptions(LimitedTextOptions, frozen=True, kw_only=True):
    """Settings of a line of text; ``pattern`` must match the whole value."""


class Text(LimitedTextKind):
    """One line of text."""

    key: ClassVar[str] = "text"
    label: ClassVar[Label] = Label("单行文本", "Text")
    options: ClassVar[type[FieldOptions]] = TextOptions
