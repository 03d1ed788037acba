"""What one batch of rows brought, and what its refused rows suggest. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xiaolu.kit.problems import Problem
from xiaolu.records.imports.model import Counts, RefusedRow, SourceRow, Suggestion
from xiaolu.records.imports.sources import cell_text

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
    refused: list[RefusedRow] = field(default_factory=list)

    def refuse(self, row: SourceRow, problems: Sequence[Problem], places: Mapping[str, int]) -> None:
        """Note a refused row; each problem of a field says what stood in the cell."""
        told = [_with_cell(each, row, places) for each in problems]
        self.refused.append(RefusedRow(number=row.number, line=row.line, problems=told))

    def counts(self) -> Counts:
        """Return the batch as counts."""
        return Counts(
            position=self.good + len(self.refused),
            good=self.good,
            bad=len(self.refused),
            created=self.created,
            updated=self.updated,
            unchanged=self.unchanged,
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
