"""Text of several lines."""

from collections.abc import Callable
from typing import ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.kit.text import clean_block
from xiaolu.metadata.fields.protocol import FieldOptions, SortOrder
from xiaolu.metadata.fields.texts import LimitedTextKind, LimitedTextOptions


class LongTextOptions(LimitedTextOptions, frozen=True, kw_only=True):
    """Settings of a long text."""

    max_length: int = 10_000


class LongText(LimitedTextKind):
    """Text of several lines, not sorted by."""

    key: ClassVar[str] = "long_text"
    label: ClassVar[Label] = Label("多行文本", "Long text")
    options: ClassVar[type[FieldOptions]] = LongTextOptions
    operators: ClassVar[tuple[str, ...]] = ("contains", "not_contains", "empty", "not_empty")
    sort: ClassVar[SortOrder] = "none"
    clean: ClassVar[Callable[[str], str]] = staticmethod(clean_block)
