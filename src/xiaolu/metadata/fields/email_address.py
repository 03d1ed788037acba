"""E-mail addresses."""

import re
import unicodedata
from collections.abc import Mapping
from typing import ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.protocol import FieldOptions, Reader
from xiaolu.metadata.fields.texts import TextKind, text_reader
from xiaolu.metadata.model.entity import Field

_ADDRESS = re.compile(
    r"[^\s@<>()\[\]\\,;:\"]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]", re.UNICODE
)
_LONGEST = 254


class EmailOptions(FieldOptions, frozen=True, kw_only=True):
    """An e-mail address has no settings."""


class Email(TextKind[EmailOptions]):
    """An e-mail address; the domain is kept in lower case."""

    key: ClassVar[str] = "email"
    label: ClassVar[Label] = Label("邮箱", "E-mail")
    options: ClassVar[type[FieldOptions]] = EmailOptions
    cast_to: ClassVar[Mapping[str, str]] = {"text": "{value}", "long_text": "{value}"}

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of an address; operands need not be whole."""
        return text_reader(clean_address, _check if is_limited else None)


def clean_address(text: str) -> str:
    """Return an address without ``mailto:`` and spaces, full-width signs narrowed, the domain in lower case."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    local, sign, domain = text.strip().removeprefix("mailto:").rpartition("@")
    return f"{local}{sign}{domain.lower()}" if sign else domain


def _check(text: str) -> Problem | None:
    if len(text) > _LONGEST or ".." in text or not _ADDRESS.fullmatch(text):
        return problem("field.expected_email", value=text[:80])
    return None
