"""Which places a change touches: everything that uses a field or entity that is deleted, recast or worked out anew. Pure."""

from collections.abc import Sequence

from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.model import Step, Touch
from xiaolu.metadata.planner.usages import usage_index

_FIELD_KINDS = frozenset(
    {
        "field_deleted",
        "field_cast",
        "field_matched",
        "field_retyped",
        "field_replaced",
        "formula_changed",
        "options_narrowed",
    }
)
_ENTITY_KINDS = frozenset({"entity_deleted", "entity_replaced"})


def touches_of(current: Definitions, wanted: Definitions, steps: Sequence[Step]) -> tuple[Touch, ...]:
    """Return the places, in the current and in the wanted definitions, that use what the steps change."""
    fields = [(step.entity, step.field) for step in steps if step.kind in _FIELD_KINDS]
    entities = {step.entity for step in steps if step.kind in _ENTITY_KINDS}
    if not fields and not entities:
        return ()
    found: dict[Touch, None] = {}
    for definitions in (current, wanted):
        index = usage_index(definitions)
        for (entity, field), uses in index.items():
            if (entity, field) in fields or entity in entities:
                found.update({Touch(entity, field, use): None for use in uses if use.entity not in entities})
    return tuple(found)
