"""Results of formulas take the form of their column, in Python as in SQL."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaolu.formula.types import ValueType
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.problems import Problem
from xiaolu.kit.sql import compose, param
from xiaolu.metadata.computed import stored_result
from xiaolu.records.fitting import fit

ZONE = "Asia/Shanghai"
LATE = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
SOMEONE = uuid4()

CASES = (
    (ValueType.NUMBER, "numeric", "numeric(20,2)", Decimal("1.005"), Decimal("1.01")),
    (ValueType.NUMBER, "numeric", "numeric(20,2)", Decimal("-1.005"), Decimal("-1.01")),
    (ValueType.NUMBER, "numeric", "bigint", Decimal("2.5"), 3),
    (ValueType.NUMBER, "numeric", "bigint", Decimal("-2.5"), -3),
    (ValueType.DATETIME, "timestamptz", "date", LATE, date(2026, 3, 2)),
    (ValueType.DATE, "date", "timestamptz", date(2026, 3, 2), datetime(2026, 3, 1, 16, tzinfo=UTC)),
    (ValueType.TEXT, "text", "text[]", "甲", ["甲"]),
    (ValueType.RECORD, "uuid", "uuid[]", SOMEONE, [SOMEONE]),
    (ValueType.TEXT, "text", "text[]", None, None),
    (ValueType.DATETIME, "timestamptz", "date", None, None),
)


@pytest.mark.parametrize(("kind", "given_as", "column", "value", "expected"), CASES)
def test_both_ways_agree(
    uow: UnitOfWork, run: Callable[..., Any], kind: ValueType, given_as: str, column: str, value: Any, expected: Any
) -> None:
    assert fit(column, value, ZoneInfo(ZONE)) == expected
    statement = compose("SELECT {result}", result=stored_result(param(value, given_as), kind, column, ZONE))
    assert run(uow.fetch_value(statement)) == expected


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.decimals(-(10**15), 10**15, places=6, allow_nan=False))
def test_rounding_is_that_of_the_database(uow: UnitOfWork, run: Callable[..., Any], value: Decimal) -> None:
    statement = compose(
        "SELECT {value}", value=stored_result(param(value, "numeric"), ValueType.NUMBER, "numeric(20,2)", ZONE)
    )
    assert run(uow.fetch_value(statement)) == fit("numeric(20,2)", value, ZoneInfo(ZONE))


def test_what_does_not_fit_is_a_problem() -> None:
    assert isinstance(fit("numeric(20,2)", Decimal(10) ** 18, ZoneInfo(ZONE)), Problem)
    assert isinstance(fit("bigint", Decimal(10) ** 19, ZoneInfo(ZONE)), Problem)
    assert fit("numeric", Decimal(10) ** 27, ZoneInfo(ZONE)) == Decimal(10) ** 27
