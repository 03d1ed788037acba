"""How values survive when a field changes its type: pure."""

from xiaolu.metadata.computed import COMPUTED
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.planner.model import Column

SAME = "{value}"
"""The cast that changes nothing."""

SORT_KEY = "sort_key"
"""Kind of companion columns that hold how a text sounds."""


def cast_between(was: Column, becomes: Column) -> str | None:
    """Return SQL with a ``{value}`` slot that turns a value of one column into one of another.

    NULL stands for values that cannot be kept. None: nothing can be kept, the new column starts empty.
    """
    if was.field is None or becomes.field is None or SORT_KEY in (was.kind, becomes.kind):
        return SAME
    if becomes.references is not None and becomes.references != was.references:
        return None
    if becomes.kind in COMPUTED:
        return SAME if was == becomes and was.kind == becomes.kind else None
    if was.kind == becomes.kind or (was.kind in COMPUTED and was.type == becomes.type):
        return SAME if was.type == becomes.type else _between_columns(was.type, becomes.type)
    using = field_type(was.kind).casts().get(becomes.kind)
    if using is None:
        return None
    return _fit(using, becomes.type) if "(" in becomes.type else using


def _between_columns(was: str, becomes: str) -> str | None:
    if was.endswith("[]") and becomes == was.removesuffix("[]"):
        return "CASE WHEN cardinality({value}) = 1 THEN ({value})[1] END"
    if becomes.endswith("[]") and was == becomes.removesuffix("[]"):
        return "CASE WHEN {value} IS NOT NULL THEN ARRAY[{value}] END"
    return _fit(SAME, becomes)


def _fit(value: str, column_type: str) -> str:
    return f"CASE WHEN pg_input_is_valid(({value})::text, '{column_type}') THEN (({value})::text)::{column_type} END"
