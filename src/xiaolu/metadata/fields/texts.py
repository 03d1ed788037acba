"""Shared by the types whose value is text: reading, limits and patterns."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import re2  # type: ignore[import-untyped]

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.text import clean_line, is_blank
from xiaolu.metadata.fields.kind import Kind, OptionsT, parsed
from xiaolu.metadata.fields.protocol import FieldOptions, Names, Parsed, Reader, Refusal, SortOrder, refuse
from xiaolu.metadata.model.entity import Field

TEXT_OPERATORS = ("eq", "ne", "contains", "not_contains", "starts_with", "in", "not_in", "empty", "not_empty")
LONGEST = 100_000
"""Characters that no text value may exceed, whatever a definition says."""
_ONE_LINE = "regexp_replace(btrim({value}), '[[:space:]]+', ' ', 'g')"
_DIGITS = "replace({value}, ',', '')"
_IS_NUMBER = f"{_DIGITS} ~ '^[[:space:]]*[-+]?[0-9]+([.][0-9]+)?[[:space:]]*$' AND length({{value}}) <= 30"
_IS_DATE = "{value} ~ '^[[:space:]]*[0-9][0-9][0-9][0-9]-[0-9][0-9]?-[0-9][0-9]?[[:space:]]*$'"
TO_NUMBER = f"CASE WHEN {_IS_NUMBER} AND abs({_DIGITS}::numeric) < 1e15 THEN {_DIGITS}::numeric END"
TEXT_CASTS: Mapping[str, str] = {
    "text": f"CASE WHEN length({{value}}) <= 500 THEN {_ONE_LINE} END",
    "long_text": "{value}",
    "rich_text": "replace(replace(replace({value}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')",
    "barcode": f"CASE WHEN length({{value}}) <= 200 THEN {_ONE_LINE} END",
    "integer": f"CASE WHEN {_IS_NUMBER} AND abs({_DIGITS}::numeric) < 9e18 AND {_DIGITS}::numeric % 1 = 0"
    f" THEN {_DIGITS}::numeric::bigint END",
    "decimal": TO_NUMBER,
    "money": TO_NUMBER,
    "date": f"CASE WHEN {_IS_DATE} AND pg_input_is_valid({{value}}, 'date') THEN {{value}}::date END",
    "keyword_list": f"CASE WHEN btrim({{value}}) <> '' THEN ARRAY[{_ONE_LINE}] END",
}
"""Braces other than the slot are avoided: the slot is all that a template may have."""


class TextKind(Kind[OptionsT]):
    """A type whose value is one text."""

    operators: ClassVar[tuple[str, ...]] = TEXT_OPERATORS
    is_text: ClassVar[bool] = True
    sort: ClassVar[SortOrder] = "pinyin"
    column: ClassVar[str] = "text"
    value: ClassVar[ValueType] = ValueType.TEXT
    cast_to: ClassVar[Mapping[str, str]] = TEXT_CASTS

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell; a number is taken as it is written."""
        return parsed(self.remembered_reader(field)(cell_text(text), names))

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Return the text."""
        return value or ""


def cell_text(cell: Any) -> Any:
    """Return a cell as text: spreadsheets keep codes such as ``12`` as the number ``12.0``."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def text_reader(clean: Callable[[str], str], check: Callable[[str], Problem | None] | None = None) -> Reader:
    """Build a reader that cleans text, takes what is blank for empty, and refuses what ``check`` finds wrong."""

    def read(raw: Any, names: Names) -> Any:
        if raw is None:
            return None
        if not isinstance(raw, str):
            return refuse("field.expected_text")
        if len(raw) > LONGEST:
            return refuse("field.too_long", maximum=LONGEST, length=len(raw))
        text = clean(raw)
        if not text or (not text.isascii() and is_blank(text)):
            return None
        if check is not None and (found := check(text)) is not None:
            return Refusal(found)
        return text

    return read


def limits(
    minimum: int | None, maximum: int, pattern: str | None, said: Label | None
) -> Callable[[str], Problem | None]:
    """Build a check of length and pattern; ``said`` is the author's own explanation of the pattern."""
    matcher = compile_pattern(pattern) if pattern else None

    def check(text: str) -> Problem | None:
        length = len(text)
        if length > maximum:
            return problem("field.too_long", maximum=maximum, length=length)
        if minimum is not None and length < minimum:
            return problem("field.too_short", minimum=minimum, length=length)
        if matcher is not None and matcher.fullmatch(text) is None:
            if said is None:
                return problem("field.pattern", pattern=pattern)
            return problem("rule.failed", message=said.zh, message_en=said.text("en"))
        return None

    return check


def compile_pattern(pattern: str) -> Any:
    """Compile a pattern that takes time in proportion to the text, whatever it says; raises ``re2.error``."""
    quiet = re2.Options()
    quiet.log_errors = False
    return re2.compile(pattern, quiet)


def check_limits(minimum: int | None, maximum: int, pattern: str | None) -> list[Problem]:
    """Return what is wrong with the limits of a text field."""
    found: list[Problem] = []
    if not 1 <= maximum <= LONGEST:
        found.append(problem("options.out_of_range", "max_length", minimum=1, maximum=LONGEST))
    if minimum is not None and not 0 <= minimum <= maximum:
        found.append(problem("options.out_of_range", "min_length", minimum=0, maximum=maximum))
    if pattern is not None:
        try:
            compile_pattern(pattern)
        except re2.error as error:
            detail = error.args[0] if error.args else ""
            shown = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
            found.append(problem("options.bad_pattern", "pattern", detail=shown))
    return found


class LimitedTextOptions(FieldOptions, frozen=True, kw_only=True):
    """Limits that every plain text has."""

    min_length: int | None = None
    max_length: int = 500
    pattern: str | None = None
    pattern_message: Label | None = None


class LimitedTextKind(TextKind[LimitedTextOptions]):
    """A text with limits on length and form."""

    clean: ClassVar[Callable[[str], str]] = staticmethod(clean_line)

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of text within its limits."""
        settings = self.settings(field)
        check = limits(settings.min_length, settings.max_length, settings.pattern, settings.pattern_message)
        return text_reader(type(self).clean, check if is_limited else None)

    def check_settings(self, settings: LimitedTextOptions) -> list[Problem]:
        """Return what is wrong with the limits."""
        return check_limits(settings.min_length, settings.max_length, settings.pattern)
