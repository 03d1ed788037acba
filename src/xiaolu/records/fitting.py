"""Results of formulas made fit for their column, as PostgreSQL itself would cast them. Pure."""

import re
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from xiaolu.kit.problems import problem

_NUMERIC = re.compile(r"numeric\((\d+),\s*(\d+)\)")
_WHOLE = {"integer": 2**31 - 1, "bigint": 2**63 - 1, "smallint": 2**15 - 1}


def fit(column_type: str, value: Any, zone: ZoneInfo) -> Any:
    """Return ``value`` as the column holds it, or a problem where it does not fit.

    Numbers are rounded half away from zero; a moment in a date column is its day in the workspace's time zone, a date in a
    column of moments its midnight there; a single value in a column of lists is a list of one. ``metadata.computed``
    has the same in SQL.
    """
    if value is None:
        return None
    if isinstance(value, Decimal):
        return _fit_number(column_type, value)
    if isinstance(value, datetime):
        return value.astimezone(zone).date() if column_type == "date" else value
    if isinstance(value, date) and column_type == "timestamptz":
        return datetime.combine(value, time(), zone).astimezone(UTC)
    if column_type.endswith("[]") and not isinstance(value, list):
        return [value]
    return value


def _fit_number(column_type: str, value: Decimal) -> Any:
    largest = _WHOLE.get(column_type)
    if largest is not None:
        whole = int(value.quantize(Decimal(1), ROUND_HALF_UP))
        return whole if abs(whole) <= largest else problem("formula.too_large")
    limits = _limits(column_type)
    if limits is None:
        return value
    step, bound = limits
    rounded = value.quantize(step, ROUND_HALF_UP) if abs(value) < bound else value
    return rounded if abs(rounded) < bound else problem("formula.too_large")


@lru_cache(maxsize=1024)
def _limits(column_type: str) -> tuple[Decimal, Decimal] | None:
    found = _NUMERIC.fullmatch(column_type)
    if found is None:
        return None
    digits, scale = int(found[1]), int(found[2])
    return Decimal(1).scaleb(-scale), Decimal(10) ** (digits - scale)
