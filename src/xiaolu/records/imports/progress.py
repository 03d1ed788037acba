"""What one batch of rows brought, and what its refused rows suggest. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xiaolu.kit.problems import Problem
from xiaolu.records.imports.model import Counts, RefusedRow, SourceRow, Suggestion
from xiaolu.records.imports.rows import ReadRow
from xiaolu.records.imports.sources import cell_text
from xiaolu.records.imports.subrows import by_member

MOST_SUGGESTIONS = 200
_NAMELESS = ("reference.not_found", "reference.not_found_near", "choice.unknown", "choice.unknown_near")
"""Problems of a name in the file that leads nowhere."""


@dataclass(slots=True)
class Outcome:
    """What became of the rows of one batch."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    good: int = 0
    child_rows: int = 0
    refused: list[RefusedRow] = field(default_factory=list)

    def take(self, row: ReadRow) -> None:
        """Note a record that was taken in."""
        self.good += len(row.members) or 1
        if row.origins:
            self.child_rows += sum(each is not None for one in row.origins.values() for each in one)

    def refuse_record(self, row: ReadRow, found: Sequence[Problem], places: Mapping[str, int]) -> None:
        """Note the rows of a record that was refused: for what its cells say, and for what stands against it as a whole.

        A cell that cannot be read is not also an empty field.
        """
        if row.members:
            for source, problems in by_member(row, found):
                self.refuse(source, problems, places)
            return
        unread = {each.path[1] for each in row.problems if len(each.path) > 1}
        rest = [each for each in found if not (len(each.path) > 1 and each.path[1] in unread)]
        self.refuse(row.source, [*row.problems, *rest], places)

    def refuse(self, row: SourceRow, problems: Sequence[Problem], places: Mapping[str, int]) -> None:
        """Note a refused row; each problem of a field says what stood in the cell."""
        told = [_with_cell(each, row, places) for each in problems]
        self.refused.append(RefusedRow(number=row.number, line=row.line, problems=told, sheet=row.sheet))

    def counts(self) -> Counts:
        """Return the batch as counts."""
        return Counts(
            position=self.good + len(self.refused),
            good=self.good,
            bad=len(self.refused),
            created=self.created,
            updated=self.updated,
            unchanged=self.unchanged,
            child_rows=self.child_rows,
        )


def _with_cell(found: Problem, row: SourceRow, places: Mapping[str, int]) -> Problem:
    at = places.get(str(found.path[1])) if len(found.path) > 1 else None
    if at is None or "value" in found.params:
        return found
    cell = row.cells[at] if at < len(row.cells) else None
    return Problem(
        code=found.code, path=found.path, params={**found.params, "value": cell_text(cell)[:200]}, message=found.message
    )


def add_suggestions(
    known: Sequence[Suggestion], refused: Iterable[RefusedRow], columns: Mapping[str, str]
) -> list[Suggestion]:
    """Add the names that lead nowhere to those known, most frequent first; ``columns`` gives the column of a field."""
    found = {(each.column, each.value): each for each in known}
    for row in refused:
        for each in row.problems:
            column = columns.get(str(each.path[1])) if len(each.path) > 1 else None
            if each.code not in _NAMELESS or column is None:
                continue
            value = str(each.params.get("value", ""))
            before = found.get((column, value))
            near = each.params.get("near")
            found[column, value] = Suggestion(
                column=column,
                value=value,
                near=near if isinstance(near, list) else [],
                rows=1 if before is None else before.rows + 1,
            )
    ordered = sorted(found.values(), key=lambda each: (-each.rows, each.column, each.value))
    return ordered[:MOST_SUGGESTIONS]
