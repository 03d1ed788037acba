"""What is written for COPY comes back as it was."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import Run
from xiaolu.kit.copying import copy_column, copy_writer
from xiaolu.kit.db import UnitOfWork

TRICKY = ["", "\\N", "\\.", "a\tb\nc\rd\\e", "引号\"'{},NULL", "😀", " x "]
VALUES: dict[str, list[Any]] = {
    "text": [*TRICKY, None],
    "text[]": [TRICKY, [], ["NULL"], None],
    "uuid[]": [[UUID(int=1), UUID(int=2)], []],
    "uuid": [UUID(int=7), None],
    "jsonb": [{"text": each, "n": 1} for each in TRICKY],
    "boolean": [True, False, None],
    "bigint": [-(2**63), 0, 2**63 - 1],
    "numeric(24,6)": [Decimal("-0.000001"), Decimal("1E+3"), Decimal("123456789012345678.5")],
    "date": [date(1, 1, 1), date(2026, 2, 28)],
    "timestamptz": [datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC)],
}


@pytest.mark.parametrize("kind", VALUES)
def test_values_come_back(uow: UnitOfWork, run: Run, kind: str) -> None:
    values = VALUES[kind]

    async def there_and_back() -> list[Any]:
        await uow.connection.execute(f"CREATE TABLE copied (n integer, value {kind})")
        texts = copy_column(copy_writer(kind), values)
        await uow.copy_lines("copied", ("n", "value"), [f"{n}\t{text}" for n, text in enumerate(texts)])
        column = "value #>> '{text}'" if kind == "jsonb" else "value"
        return [
            each["value"] for each in await uow.connection.fetch(f"SELECT {column} AS value FROM copied ORDER BY n")
        ]

    assert run(there_and_back()) == ([each["text"] for each in values] if kind == "jsonb" else values)
