"""One of several options."""

from collections.abc import Mapping
from typing import Any, ClassVar

from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem
from xiaolu.metadata.fields.choices import (
    ChoiceOptions,
    check_choices,
    choice_text,
    options_index,
    retired,
    unknown_choice,
)
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.protocol import Checker, FieldOptions, Names, Parsed, Reader, Refusal, SortOrder, refuse
from xiaolu.metadata.fields.texts import cell_text
from xiaolu.metadata.model.entity import Field


class SingleSelect(Kind[ChoiceOptions]):
    """One option; the value is its key."""

    key: ClassVar[str] = "single_select"
    label: ClassVar[Label] = Label("单选", "Single select")
    options: ClassVar[type[FieldOptions]] = ChoiceOptions
    operators: ClassVar[tuple[str, ...]] = ("eq", "ne", "in", "not_in", "empty", "not_empty")
    sort: ClassVar[SortOrder] = "choice"
    cast_to: ClassVar[Mapping[str, str]] = {"text": "{value}", "multi_select": "ARRAY[{value}]"}

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of an option's key."""
        settings = self.settings(field)
        index = options_index(settings.set, settings.options)

        def read(raw: Any, names: Names) -> Any:
            if raw is None or raw == "":
                return None
            if not isinstance(raw, str):
                return refuse("field.expected_choice")
            known = index(names)
            return raw if raw in known.by_key else Refusal(unknown_choice(raw, known))

        return read

    def checker(self, field: Field) -> Checker:
        """Compile the refusal of retired options."""
        settings = self.settings(field)
        index = options_index(settings.set, settings.options)
        return lambda value, names: retired((value,), index(names))

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell that names an option by its label in either language, or by its key."""
        text = cell_text(text)
        if not isinstance(text, str) or not text.strip():
            return Parsed()
        settings = self.settings(field)
        known = options_index(settings.set, settings.options)(names)
        key = known.find(text)
        return Parsed(key) if key is not None else Parsed(problems=(unknown_choice(text.strip(), known),))

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the option's label."""
        if value is None:
            return ""
        settings = self.settings(field)
        return choice_text(value, options_index(settings.set, settings.options)(names), language)

    def check_settings(self, settings: ChoiceOptions) -> list[Problem]:
        """Return what is wrong with the options."""
        return check_choices(settings)
