"""What is wrong with a mapping whose columns fill the rows of sub-tables. Pure."""

from collections.abc import Iterator

from xiaolu.kit.problems import Problem, problem
from xiaolu.records.imports.model import ImportJob, Mapping
from xiaolu.records.imports.subrows import RECORD, sub_table_of

MOST_GROUPED = 300_000
"""Rows that are put together by record in one import."""


def row_problems(job: ImportJob, mapping: Mapping, total: int) -> Iterator[Problem]:
    """Tell what stands against putting rows together into records."""
    sheets = {each.name: each.sheet for each in job.columns}
    mapped = {name: key for name, key in mapping.columns.items() if key and name in sheets}
    subs = {sub for key in mapped.values() if (sub := sub_table_of(key)) is not None}
    if subs and mapping.key is None:
        yield problem("import.rows_need_key", "key")
    if subs and total > MOST_GROUPED:
        yield problem("import.too_many_to_group", "columns", most=MOST_GROUPED)
    for name, key in mapped.items():
        sub, sheet = sub_table_of(key), sheets[name]
        if sheet is None:
            continue
        if sub is None:
            yield problem("import.beside_fills_rows", "columns", name, column=name, sheet=sheet)
        elif not any(sheets[each] == sheet and other == f"{sub}.{RECORD}" for each, other in mapped.items()):
            yield problem("import.rows_of_whom", "columns", name, sheet=sheet)
