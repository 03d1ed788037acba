"""Formatted text: a safe subset of HTML, measured by the characters that people see."""

import html
import re
from collections.abc import Mapping
from typing import Any, ClassVar

import nh3

from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem
from xiaolu.kit.text import clean_block, is_blank
from xiaolu.metadata.fields.protocol import Cell, FieldOptions, Names, Reader, Refusal, SortOrder, refuse
from xiaolu.metadata.fields.texts import LONGEST, TextKind, check_limits, limits
from xiaolu.metadata.model.entity import Field

_TAGS = {
    "a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "pre", "s",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_BLOCK_ENDS = re.compile(r"<br\s*/?>|<hr\s*/?>|</(?:p|div|h[1-4]|li|tr|blockquote|pre|table)>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^>]*>")
_STRIPPED = "regexp_replace({value}, '<[^>]*>', ' ', 'g')"


class RichTextOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of formatted text; lengths count what is seen, not the markup."""

    min_length: int | None = None
    max_length: int = 10_000


class RichText(TextKind[RichTextOptions]):
    """Formatted text, sanitised on the way in."""

    key: ClassVar[str] = "rich_text"
    label: ClassVar[Label] = Label("富文本", "Rich text")
    options: ClassVar[type[FieldOptions]] = RichTextOptions
    operators: ClassVar[tuple[str, ...]] = ("contains", "not_contains", "empty", "not_empty")
    sort: ClassVar[SortOrder] = "none"
    cast_to: ClassVar[Mapping[str, str]] = {"long_text": _STRIPPED}

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of formatted text."""
        settings = self.settings(field)
        check = limits(settings.min_length, settings.max_length, None, None)

        def read(raw: Any, names: Names) -> Any:
            if raw is None:
                return None
            if not isinstance(raw, str):
                return refuse("field.expected_text")
            if len(raw) > LONGEST:
                return refuse("field.too_long", maximum=LONGEST, length=len(raw))
            safe = sanitise(raw)
            seen = visible_text(safe)
            if is_blank(seen):
                return None
            found = check(seen.replace("\n", "")) if is_limited else None
            return safe if found is None else Refusal(found)

        return read

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Return what people see of the text."""
        return visible_text(value) if value else ""

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Keep the markup, so that an import gives the same text back."""
        return None if value is None else str(value)

    def check_settings(self, settings: RichTextOptions) -> list[Problem]:
        """Return what is wrong with the limits."""
        return check_limits(settings.min_length, settings.max_length, None)


def sanitise(markup: str) -> str:
    """Return ``markup`` reduced to harmless elements, attributes and links."""
    cleaned = clean_block(markup)
    if "<" not in cleaned and "&" not in cleaned and ">" not in cleaned:
        return cleaned
    return nh3.clean(
        cleaned, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer nofollow"
    ).strip()


def visible_text(markup: str) -> str:
    """Return what people see of sanitised ``markup``, block ends as line ends."""
    if "<" not in markup and "&" not in markup:
        return markup
    lines = _BLOCK_ENDS.sub("\n", markup)
    return clean_block(html.unescape(_ANY_TAG.sub("", lines)))
