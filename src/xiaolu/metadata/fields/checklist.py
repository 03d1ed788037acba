"""Things to tick off."""

from typing import Any, ClassVar

from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.choices import ChoiceOptions, check_choices, options_index, unknown_choice
from xiaolu.metadata.fields.multi_select import ChoicesKind, check_counts, key_list
from xiaolu.metadata.fields.protocol import Cell, FieldOptions, Names, Reader, Refusal
from xiaolu.metadata.model.entity import Field


class ChecklistOptions(ChoiceOptions, frozen=True, kw_only=True):
    """Settings of a checklist: how many ticks make it done where it is required; all items if not given."""

    minimum: int | None = None


class Checklist(ChoicesKind[ChecklistOptions]):
    """Items that are ticked off; the value is the list of the ticked ones. Required means: all (or ``minimum``) ticked."""

    key: ClassVar[str] = "checklist"
    label: ClassVar[Label] = Label("检查表", "Checklist")
    options: ClassVar[type[FieldOptions]] = ChecklistOptions

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of the list of ticked items."""
        settings = self.settings(field)
        index = options_index(settings.set, settings.options)

        def read(raw: Any, names: Names) -> Any:
            keys = key_list(raw)
            if not keys or isinstance(keys, Refusal):
                return keys or None
            known = index(names)
            unknown = [unknown_choice(each, known) for each in keys if each not in known.by_key]
            if unknown:
                return Refusal(*unknown)
            ticked = set(keys)
            return [each.key for each in known.options if each.key in ticked]

        return read

    def missing(self, value: Any, field: Field) -> Problem | None:
        """Return the problem of a checklist that is not done."""
        settings = self.settings(field)
        live = [each for each in settings.options if not each.retired]
        wanted = settings.minimum or (len(live) if settings.set is None else 1)
        have = len(value or ())
        if have >= wanted:
            return None
        ticked = set(value or ())
        open_items = [each.label.zh for each in live if each.key not in ticked]
        return problem("checklist.open", have=have, wanted=wanted, items=open_items)

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the ticked items and how many there are: ``2/3 合同、发票``."""
        if not value:
            return ""
        count = sum(1 for each in self.index(field, names).options if not each.retired or each.key in value)
        return f"{len(value)}/{count} {super().display(value, field, names, language)}"

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Write the ticked items alone, so that they can be read back."""
        return super().display(value, field, names, language) if value else None

    def check_settings(self, settings: ChecklistOptions) -> list[Problem]:
        """Return what is wrong with items and count."""
        return [*check_choices(settings), *check_counts(settings.minimum, None)]
