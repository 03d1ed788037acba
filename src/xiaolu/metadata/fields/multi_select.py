"""Several of several options."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.choices import (
    ChoiceOptions,
    OptionIndex,
    check_choices,
    choice_text,
    joined,
    options_index,
    retired,
    split_names,
    unknown_choice,
)  # fmt: skip
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.protocol import Checker, FieldOptions, Names, Parsed, Reader, Refusal, SortOrder, refuse
from xiaolu.metadata.fields.texts import cell_text
from xiaolu.metadata.model.entity import Field

ChoicesT = TypeVar("ChoicesT", bound=ChoiceOptions)

LIST_OPERATORS = ("has_any", "has_all", "has_none", "empty", "not_empty")
MOST_ITEMS = 200


class MultiSelectOptions(ChoiceOptions, frozen=True, kw_only=True):
    """Settings of a multi select: how many options at least and at most, once any is chosen."""

    minimum: int | None = None
    maximum: int | None = None


class ChoicesKind(Kind[ChoicesT]):
    """A type whose value is a list of option keys."""

    operators: ClassVar[tuple[str, ...]] = LIST_OPERATORS
    sort: ClassVar[SortOrder] = "none"
    column: ClassVar[str] = "text[]"
    value: ClassVar[ValueType] = ValueType.TEXT_LIST

    def index(self, field: Field, names: Names) -> OptionIndex:
        """Return the options of a field."""
        settings = self.settings(field)
        return options_index(settings.set, settings.options)(names)

    def checker(self, field: Field) -> Checker:
        """Compile the refusal of retired options."""
        return lambda value, names: retired(value, self.index(field, names))

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the labels."""
        if not value:
            return ""
        known = self.index(field, names)
        return joined([choice_text(each, known, language) for each in value], language)

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell that lists labels."""
        text = cell_text(text)
        if not isinstance(text, str) or not text.strip():
            return Parsed()
        known = self.index(field, names)
        keys, problems = [], []
        for name in split_names(text, known):
            key = known.find(name)
            if key is None:
                problems.append(unknown_choice(name, known))
            else:
                keys.append(key)
        return Parsed(problems=tuple(problems)) if problems else self.parse(keys, field, names)


class MultiSelect(ChoicesKind[MultiSelectOptions]):
    """Several options; the value is the list of their keys, in the order in which they were given."""

    key: ClassVar[str] = "multi_select"
    label: ClassVar[Label] = Label("多选", "Multi select")
    options: ClassVar[type[FieldOptions]] = MultiSelectOptions
    cast_to: ClassVar[Mapping[str, str]] = {
        "single_select": "CASE WHEN cardinality({value}) = 1 THEN {value}[1] END",
        "keyword_list": "{value}",
        "text": "array_to_string({value}, '、')",
    }

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of a list of option keys."""
        settings = self.settings(field)
        index = options_index(settings.set, settings.options)
        minimum, maximum = settings.minimum, settings.maximum

        def read(raw: Any, names: Names) -> Any:
            keys = key_list(raw)
            if not keys or isinstance(keys, Refusal):
                return keys or None
            known = index(names)
            unknown = [unknown_choice(each, known) for each in keys if each not in known.by_key]
            if unknown:
                return Refusal(*unknown)
            return (check_count(len(keys), minimum, maximum) if is_limited else None) or keys

        return read

    def check_settings(self, settings: MultiSelectOptions) -> list[Problem]:
        """Return what is wrong with options and counts."""
        return [*check_choices(settings), *check_counts(settings.minimum, settings.maximum)]


def key_list(raw: Any) -> list[str] | Refusal:
    """Return a JSON list of texts without repetitions, a single text as a list of one."""
    if raw is None or raw == "":
        return []
    if isinstance(raw, str):
        raw = [raw]
    if not isinstance(raw, (list, tuple)) or not all(isinstance(each, str) for each in raw):
        return refuse("field.expected_list")
    if len(raw) > MOST_ITEMS:
        return refuse("field.too_many_items", maximum=MOST_ITEMS, count=len(raw))
    return list(dict.fromkeys(raw))


def check_count(count: int, minimum: int | None, maximum: int | None) -> Refusal | None:
    """Refuse a list with too few or too many items."""
    if minimum is not None and count < minimum:
        return refuse("field.too_few_items", minimum=minimum, count=count)
    if maximum is not None and count > maximum:
        return refuse("field.too_many_items", maximum=maximum, count=count)
    return None


def check_counts(minimum: int | None, maximum: int | None) -> list[Problem]:
    """Return what is wrong with the limits of a list."""
    found: list[Problem] = []
    for name, limit in (("minimum", minimum), ("maximum", maximum)):
        if limit is not None and not 1 <= limit <= MOST_ITEMS:
            found.append(problem("options.out_of_range", name, minimum=1, maximum=MOST_ITEMS))
    if minimum is not None and maximum is not None and minimum > maximum:
        found.append(problem("options.min_above_max", "minimum", least=str(minimum), greatest=str(maximum)))
    return found
