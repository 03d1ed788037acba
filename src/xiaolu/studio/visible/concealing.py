"""Keeps formulas from telling of fields that a member may not see. Pure."""

from collections.abc import Mapping

from xiaolu.formula import find_references
from xiaolu.metadata.model.view import Condition
from xiaolu.metadata.snapshot import Snapshot

CONCEALED = "{…}"
"""Stands for a condition that names fields which the member may not see: it exists, and the server evaluates it."""


class Concealing:
    """Shows formulas only where every field that they name may be seen."""

    def __init__(self, snapshot: Snapshot, entity: str, fields: Mapping[str, frozenset[str]]) -> None:
        self._snapshot = snapshot
        self._entity = entity
        self._fields = fields

    def text(self, formula: str | None) -> str | None:
        """Return the formula, CONCEALED instead of it, or None where there is none."""
        return None if formula is None else self.certain(formula)

    def certain(self, formula: str) -> str:
        """Return the formula, or CONCEALED."""
        references = find_references(formula, entity=self._entity, catalogue=self._snapshot.catalogue)
        hidden = [
            each
            for each in references
            if each.entity in self._snapshot.entities and each.field not in self._fields.get(each.entity, ())
        ]
        return CONCEALED if any(not self._is_structural(each.entity, each.field) for each in hidden) else formula

    def _is_structural(self, entity: str, field: str) -> bool:
        """Tell whether a name is no field but a way to other records (rows of a sub-table, reverse relations)."""
        return self._snapshot.entities[entity].find(field) is None


def named_fields(condition: Condition | None) -> list[str]:
    """Return the paths of the fields that a filter compares."""
    if condition is None:
        return []
    inside = [name for each in (*(condition.all_ or ()), *(condition.any_ or ())) for name in named_fields(each)]
    return [*inside, *((condition.field,) if condition.field else ())]


def named_formulas(condition: Condition | None) -> list[str]:
    """Return the formulas in a filter."""
    if condition is None:
        return []
    inside = [text for each in (*(condition.all_ or ()), *(condition.any_ or ())) for text in named_formulas(each)]
    return [*inside, *((condition.formula,) if condition.formula else ())]
