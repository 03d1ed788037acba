"""Rows that belong to a record: order lines, contacts of a visit."""

from typing import Any, ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.multi_select import check_count, check_counts
from xiaolu.metadata.fields.protocol import Cell, FieldOptions, Names, Parsed, Reader, SortOrder, refuse
from xiaolu.metadata.model.entity import Field

MOST_ROWS = 1_000


class SubTableOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a sub-table: the child entity (whose ``parent`` is this entity), and how many rows there may be."""

    entity: str
    minimum: int | None = None
    maximum: int | None = None


class SubTable(Kind[SubTableOptions]):
    """Rows of a child entity.

    The value is a list of mappings, raw but for their shape: the child entity's own fields are read by its own rules,
    by whoever writes the rows. A row with an ``id`` is an existing one.
    """

    key: ClassVar[str] = "sub_table"
    label: ClassVar[Label] = Label("子表", "Sub-table")
    options: ClassVar[type[FieldOptions]] = SubTableOptions
    operators: ClassVar[tuple[str, ...]] = ("empty", "not_empty")
    sort: ClassVar[SortOrder] = "none"
    value: ClassVar[ValueType] = ValueType.RECORD_LIST

    def storage(self, field: Field) -> None:
        """Return nothing: the rows lie in the child's table."""

    def target(self, field: Field) -> str | None:
        """Return the child entity."""
        return self.settings(field).entity

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of rows."""
        settings = self.settings(field)
        minimum, maximum = settings.minimum, settings.maximum if settings.maximum is not None else MOST_ROWS

        def read(raw: Any, names: Names) -> Any:
            if raw is None or raw in ("", []):
                return None
            if not isinstance(raw, (list, tuple)):
                return refuse("field.expected_rows")
            if not all(isinstance(each, dict) and all(isinstance(key, str) for key in each) for each in raw):
                return refuse("field.expected_rows")
            rows = [dict(each) for each in raw]
            return (check_count(len(rows), minimum, maximum) if is_limited else None) or rows

        return read

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write how many rows there are."""
        return "" if not value else f"{len(value)} 行" if language == "zh" else f"{len(value)} rows"

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Write how many rows there are; the rows are exported with their own entity."""
        return self.display(value, field, names, language) or None

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Refuse: one cell cannot hold rows."""
        if text is None or (isinstance(text, str) and not text.strip()):
            return Parsed()
        return Parsed(problems=refuse("sub_table.no_cell").problems)

    def check_settings(self, settings: SubTableOptions) -> list[Problem]:
        """Return what is wrong with the counts."""
        return check_counts(settings.minimum, settings.maximum)
