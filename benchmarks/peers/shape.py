"""The deals that every platform holds and is asked for: fifteen fields, two of them links to other records."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import xlsxwriter

STAGES = ("lead", "qualified", "proposal", "negotiation", "won", "lost")
REGIONS = ("north", "south", "east", "west")
SOURCES = ("web", "phone", "referral", "event")
TAGS = ("vip", "renewal", "urgent", "partner", "pilot")
NOTE = "Two engineers came along and asked for a written offer with delivery dates and the terms of service. " * 2
PEOPLE = 20
CUSTOMERS = 1_000
GROUPS = len(STAGES) * PEOPLE
PASSWORD = "bench-only-28417"
PAGE = 50


def person(number: int) -> str:
    """Return the name and login of somebody who owns deals (from 0)."""
    return f"rep{number:02d}"


def customer(number: int) -> str:
    """Return the name of a customer (from 0)."""
    return f"Customer {number:04d}"


def _chosen(options: tuple[str, ...], number: str) -> str:
    listed = ", ".join(f"'{option}'" for option in options)
    return f"(ARRAY[{listed}])[{number} % {len(options)} + 1]"


DEALS = f"""SELECT g, 'Deal ' || g AS title, {_chosen(STAGES, "g")} AS stage, (g::bigint * 7919 % 200000 + 100)::numeric(20,2) AS amount,
 (g / {len(STAGES)}) % {PEOPLE} + 1 AS owner_number, (g::bigint * 31) % {CUSTOMERS} + 1 AS customer_number, '138' || lpad((g % 100000000)::text, 8, '0') AS phone,
 'buyer' || g || '@example.com' AS email, date '2026-01-01' + g % 365 AS expected, ARRAY[{_chosen(TAGS, "g")}, {_chosen(TAGS, "(g + 1)")}] AS tags,
 '{NOTE}' || g AS note, g % 101 AS score, {_chosen(REGIONS, "g")} AS region, {_chosen(SOURCES, "g / 4")} AS source, g % 10 = 0 AS key_deal,
 now() - g % 700 * interval '1 day' AS at
 FROM generate_series(1, {{rows}}) g"""
"""All deals as a query; ``rows`` says how many. Owners and customers are numbers from 1 into the platform's own lists."""


def new_deal(number: int) -> dict[str, Any]:
    """Return the values of a deal to create, except for its links."""
    return {
        "title": f"New deal {number}", "stage": STAGES[0], "amount": 100 + number % 50_000, "phone": "13800138000",
        "email": f"b{number}@example.com", "expected": f"2026-12-{number % 28 + 1:02d}", "tags": [TAGS[number % 5], TAGS[(number + 1) % 5]],
        "note": NOTE, "score": number % 100, "region": REGIONS[number % 4], "source": SOURCES[number % 4], "key_deal": number % 10 == 0,
    }  # fmt: skip


def slices() -> Iterator[tuple[str, int]]:
    """Give the stage and the owner's number that each next list asks for, for ever."""
    for number in count():
        yield STAGES[number % len(STAGES)], number // len(STAGES) % PEOPLE


def numbered(make: Callable[[int], bytes]) -> Callable[[], bytes]:
    """Return a maker of requests that is given a running number."""
    numbers = count()
    return lambda: make(next(numbers))


def encoded(body: object) -> bytes:
    """Return JSON."""
    return json.dumps(body, separators=(",", ":")).encode()


COLUMNS = (
    "title", "stage", "amount", "owner", "customer", "phone", "email", "expected", "tags", "note", "score", "region", "source", "key_deal",
)  # fmt: skip


def sheet_rows(rows: int, start: int = 0) -> Iterator[list[Any]]:
    """Give the rows of a sheet to import, in the order of ``COLUMNS``; owners and customers by their names."""
    for number in range(start, start + rows):
        deal = new_deal(number) | {
            "title": f"Imported {number}",
            "owner": person(number % PEOPLE),
            "customer": customer(number % CUSTOMERS),
        }
        yield [deal[column] for column in COLUMNS]


def write_sheet(
    path: Path, titles: tuple[str, ...], rows: Iterator[list[Any]], yes_no: tuple[str, str] = ("yes", "no")
) -> None:
    """Write a workbook with these column titles."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, titles)
    for number, row in enumerate(rows, 1):
        page.write_row(number, 0, [_cell(value, yes_no) for value in row])
    book.close()


def _cell(value: Any, yes_no: tuple[str, str]) -> Any:
    if isinstance(value, bool):
        return yes_no[0] if value else yes_no[1]
    return ",".join(value) if isinstance(value, list) else value
