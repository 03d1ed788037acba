"""Results of formulas made fit for their column, as PostgreSQL itself would cast them. Pure."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from xiaolu.kit.problems import Problem, problem

_NUMERIC = re.compile(r"numeric\((\d+),\s*(\d+)\)")
_WHOLE = {"integer": 2**31 - 1, "bigint": 2**63 - 1, "smallint": 2**15 - 1}


def fit(column_type: str, value: Any) -> Any:
    """Return ``value`` rounded (half away from zero) to what the column holds, or a problem where it does not fit."""
    if not isinstance(value, Decimal):
        return value
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


def is_misfit(value: Any) -> bool:
    """Tell whether ``fit`` refused a value."""
    return isinstance(value, Problem)
