"""Free words: pain points, competitors, tags."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.text import clean_line, is_blank
from xiaolu.metadata.fields.choices import SEPARATORS, joined
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.multi_select import LIST_OPERATORS, check_count, check_counts
from xiaolu.metadata.fields.protocol import FieldOptions, Names, Parsed, Reader, SortOrder, refuse
from xiaolu.metadata.fields.texts import cell_text
from xiaolu.metadata.model.entity import Field

_SEPARATOR = re.compile(f"[{re.escape(SEPARATORS)}]")


class KeywordListOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a keyword list: how many, and how long each may be."""

    minimum: int | None = None
    maximum: int = 50
    max_length: int = 40


class KeywordList(Kind[KeywordListOptions]):
    """Words without a fixed list; each once, letter case aside."""

    key: ClassVar[str] = "keyword_list"
    label: ClassVar[Label] = Label("关键词", "Keywords")
    options: ClassVar[type[FieldOptions]] = KeywordListOptions
    operators: ClassVar[tuple[str, ...]] = LIST_OPERATORS
    sort: ClassVar[SortOrder] = "none"
    column: ClassVar[str] = "text[]"
    value: ClassVar[ValueType] = ValueType.TEXT_LIST
    cast_to: ClassVar[Mapping[str, str]] = {"text": "array_to_string({value}, '、')"}

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of a list of words, or of one text with separators."""
        settings = self.settings(field)
        minimum, maximum, longest = settings.minimum, settings.maximum, settings.max_length

        def read(raw: Any, names: Names) -> Any:
            if isinstance(raw, str):
                raw = _SEPARATOR.split(raw) if len(raw) <= 20_000 else [raw]
            if not raw and (raw is None or raw == []):
                return None
            if not isinstance(raw, (list, tuple)) or not all(isinstance(each, str) for each in raw):
                return refuse("field.expected_list")
            words: dict[str, str] = {}
            for each in raw:
                word = clean_line(_SEPARATOR.sub(" ", each))
                if not is_blank(word):
                    words.setdefault(word.lower(), word)
            long_one = next((each for each in words.values() if len(each) > longest), None) if is_limited else None
            if long_one is not None:
                return refuse("field.keyword_too_long", maximum=longest, word=long_one[:longest] + "…")
            found = list(words.values())
            if not found:
                return None
            return (check_count(len(found), minimum, maximum) if is_limited else None) or found

        return read

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell of words with separators."""
        return self.parse(cell_text(text), field, names)

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the words."""
        return joined(value, language) if value else ""

    def check_settings(self, settings: KeywordListOptions) -> list[Problem]:
        """Return what is wrong with the limits."""
        found = check_counts(settings.minimum, settings.maximum)
        if not 1 <= settings.max_length <= 200:
            found.append(problem("options.out_of_range", "max_length", minimum=1, maximum=200))
        return found
