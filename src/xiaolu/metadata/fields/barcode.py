"""The text behind a scanned bar code or QR code."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.text import clean_line
from xiaolu.metadata.fields.protocol import FieldOptions, Reader, SortOrder
from xiaolu.metadata.fields.texts import TextKind, text_reader
from xiaolu.metadata.model.entity import Field

_LONGEST = 1_000


class BarcodeOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a code: ``ean`` demands an article number with a right check digit (EAN-8, UPC-A, EAN-13, ITF-14)."""

    format: Literal["any", "ean"] = "any"


class Barcode(TextKind[BarcodeOptions]):
    """The text of a bar code or QR code."""

    key: ClassVar[str] = "barcode"
    label: ClassVar[Label] = Label("条码", "Barcode")
    options: ClassVar[type[FieldOptions]] = BarcodeOptions
    sort: ClassVar[SortOrder] = "plain"
    cast_to: ClassVar[Mapping[str, str]] = {
        "text": "CASE WHEN length({value}) <= 500 THEN {value} END", "long_text": "{value}",
    }  # fmt: skip

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of a code."""
        if not is_limited:
            return text_reader(clean_line)
        return text_reader(clean_line, _check_article if self.settings(field).format == "ean" else _check_length)


def _check_length(text: str) -> Problem | None:
    return problem("field.too_long", maximum=_LONGEST, length=len(text)) if len(text) > _LONGEST else None


def _check_article(text: str) -> Problem | None:
    if len(text) not in {8, 12, 13, 14} or not (text.isascii() and text.isdigit()):
        return problem("barcode.not_article", value=text[:40])
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(text)))
    return problem("barcode.check_digit", value=text) if total % 10 else None
