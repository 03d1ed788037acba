"""How values survive when a field changes its type: pure."""

import json

from xiaolu.metadata.computed import COMPUTED
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.planner.model import Column

SAME = "{value}"
"""The cast that changes nothing."""

SPOKEN = frozenset({"text", "long_text"})
"""Types whose texts may name options."""
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
    is_spoken = was.kind in SPOKEN and bool(becomes.choices)
    using = _matched(becomes) if is_spoken else field_type(was.kind).casts().get(becomes.kind)
    if using is None:
        return None
    return _fit(using, becomes.type) if "(" in becomes.type else using


def _matched(becomes: Column) -> str:
    """Return SQL that finds the options which a text names by label or key; NULL where it names anything else."""
    table = json.dumps(dict(becomes.choices), ensure_ascii=False).replace("'", "''")
    if not becomes.type.endswith("[]"):
        return f"('{table}'::jsonb ->> lower(btrim({{value}})))"
    return (
        f"(SELECT CASE WHEN count(*) = count(key) AND count(*) > 0 THEN array_agg(key ORDER BY at) END FROM"
        f" (SELECT DISTINCT ON (word) word, at, '{table}'::jsonb ->> lower(word) AS key"
        f" FROM (SELECT btrim(piece) AS word, at FROM regexp_split_to_table({{value}}, '[、,，;；|\n]')"
        f" WITH ORDINALITY AS split(piece, at)) AS words WHERE word <> '' ORDER BY word, at) AS named)"
    )


def _between_columns(was: str, becomes: str) -> str | None:
    if was.endswith("[]") and becomes == was.removesuffix("[]"):
        return "CASE WHEN cardinality({value}) = 1 THEN ({value})[1] END"
    if becomes.endswith("[]") and was == becomes.removesuffix("[]"):
        return "CASE WHEN {value} IS NOT NULL THEN ARRAY[{value}] END"
    return _fit(SAME, becomes)


def _fit(value: str, column_type: str) -> str:
    return f"CASE WHEN pg_input_is_valid(({value})::text, '{column_type}') THEN (({value})::text)::{column_type} END"
