"""The measurements: each gives lines of a table."""

import asyncio
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import xlsxwriter

from benchmarks import raw
from benchmarks.calling import ask, must
from benchmarks.load import Outcome, cycle, load, request
from benchmarks.place import Place, keeping, start_api, stop_api


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the result: ``ratio`` is ours against the reference, ``goal`` what it should reach (text), ``met`` whether."""

    what: str
    ours: str
    reference: str
    ratio: str
    goal: str
    met: bool | None


def _create_body(number: int) -> bytes:
    values = {
        "name": f"deal {number}", "amount": str(number % 100000), "discount": "0.1", "region": "east", "phone": "13800000000",
        "email": "a@example.com", "expected": "2026-01-01", "score": 50, "key_deal": True, "source": "web", "contact": "contact",
        "product": "product", "quantity": 5, "note": "note " * 20,
    }  # fmt: skip
    return json.dumps({"values": values}).encode()


def _checked(outcome: Outcome) -> Outcome:
    if outcome.failed:
        raise RuntimeError(f"{outcome.failed} requests failed: {outcome.first_failure}")
    return outcome


ROUNDS = 3
"""How often the two sides take turns: what disturbs the machine then disturbs both."""


@dataclass(frozen=True, slots=True)
class Duel:
    """Our API and raw PostgreSQL, measured in turn on the same data."""

    ours: Outcome
    raw_rate: float
    cpu: float
    """Microseconds of CPU of the API process for one request."""

    @property
    def shown(self) -> str:
        """Return our side for the table."""
        ours = self.ours
        latency = f"p50 {ours.percentile(0.5):.1f} ms p95 {ours.percentile(0.95):.1f} ms"
        return f"{ours.rate:,.0f}/s {latency}, {self.cpu:,.0f} µs CPU"

    def by_rate(self, what: str, at_least: float) -> Line:
        """Judge by the rate that we reach of the raw one."""
        ratio = self.ours.rate / self.raw_rate
        return Line(
            what,
            self.shown,
            f"{self.raw_rate:,.0f}/s",
            f"{ratio:.2f}",
            f"≥ {at_least}",
            ratio >= at_least,
        )

    def by_time(self, what: str, at_most: float) -> Line:
        """Judge by how many times the raw time we take."""
        ratio = self.raw_rate / self.ours.rate
        return Line(
            what,
            self.shown,
            f"{self.raw_rate:,.0f}/s",
            f"{ratio:.2f}",
            f"≤ {at_most}",
            ratio <= at_most,
        )


def duel(here: Place, make: Callable[[], bytes], script: str, *, connections: int, seconds: float) -> Duel:
    """Let our API and pgbench take turns after a warm-up of both."""
    warm_up = max(1.0, seconds / 4)
    _checked(load(here.url, make, connections=connections, seconds=warm_up))
    expected = raw.warmed(here, script, clients=connections)
    total, cpu, rates = Outcome(), 0.0, []
    for _ in range(ROUNDS):
        before = here.cpu()
        part = _checked(load(here.url, make, connections=connections, seconds=seconds / ROUNDS))
        cpu += here.cpu() - before
        total.seconds += part.seconds
        total.latencies.extend(part.latencies)
        rates.append(raw.pgbench(here, script, clients=connections, seconds=seconds / ROUNDS, expected=expected).rate)
    return Duel(total, sum(rates) / len(rates), cpu / len(total.latencies) * 1e6)


def creates(here: Place, seconds: float) -> Iterator[Line]:
    """Create through HTTP: 15 fields, permission, formula, stage, event."""
    make = cycle(lambda n: request("POST", "/api/records/deal", here.tokens["seller3"], _create_body(n)))
    for connections in (1, 16):
        found = duel(here, make, raw.CREATE, connections=connections, seconds=seconds)
        yield found.by_rate(f"create, concurrency {connections}", 0.30)


def updates(here: Place, seconds: float) -> Iterator[Line]:
    """Update one field."""
    here.sql("CREATE TABLE IF NOT EXISTS bench_ids AS " + raw.IDS)
    here.sql("CREATE UNIQUE INDEX IF NOT EXISTS bench_ids_n ON bench_ids (n)")
    here.sql("ANALYZE bench_ids")
    ids = here.sql("SELECT array_agg(id::text) FROM bench_ids")
    script = raw.UPDATE.replace("{ids}", str(len(ids)))
    random = Random(7)

    def change(number: int) -> bytes:
        body = json.dumps({"values": {"score": number % 100}}).encode()
        return request("PATCH", f"/api/records/deal/{random.choice(ids)}", here.tokens["seller3"], body)

    make = cycle(change)
    for connections in (1, 16):
        found = duel(here, make, script, connections=connections, seconds=seconds)
        yield found.by_rate(f"update, concurrency {connections}", 0.30)


READERS = (("admin", "", "administrator"), ("seller3", raw.SCOPE, "department scope"))
"""Who lists deals: login, what raw PostgreSQL adds to the condition, and what the table calls it."""
LISTED = json.dumps(
    {
        "filter": {"field": "region", "op": "eq", "value": "east"},
        "sort": [{"field": "amount", "descending": True}],
        "limit": 50,
        "count": True,
    }
).encode()
GROUPED = json.dumps(
    {
        "group": [{"field": "stage"}, {"field": "region"}],
        "measures": [{"do": "count"}, {"do": "sum", "field": "amount"}],
    }
).encode()


def _listing(here: Place, login: str) -> bytes:
    return request("POST", "/api/records/deal/query", here.tokens[login], LISTED)


def _grouping(here: Place) -> bytes:
    return request("POST", "/api/records/deal/aggregate", here.tokens["admin"], GROUPED)


def lists(here: Place, seconds: float) -> Iterator[Line]:
    """List of 50 with filter, sort and count, as administrator and as a member with department scope."""
    for connections in (1, 16):
        rates = {}
        for login, scope, name in READERS:
            shown = ask(f"{here.url}/api/records/deal/query", json.loads(LISTED), here.tokens[login])
            must(len(shown["rows"]) == 50, f"{name} is shown {len(shown['rows'])} records")
            message = _listing(here, login)
            script = raw.LIST.replace("{scope}", scope)
            found = duel(here, lambda message=message: message, script, connections=connections, seconds=seconds)  # type: ignore[misc]
            rates[login] = found.ours.rate
            yield found.by_time(f"list of 50 with count, {name}, concurrency {connections}", 2.0)
        ratio = rates["admin"] / rates["seller3"]
        yield Line(
            f"list, member against administrator, concurrency {connections}", f"{rates['seller3']:,.0f}/s", f"{rates['admin']:,.0f}/s",
            f"{ratio:.2f}", "≤ 1.15", ratio <= 1.15,
        )  # fmt: skip
    with keeping(here):
        for connections in (1, 16):
            for login, _, name in READERS:
                what = f"the same list again, nothing changed, {name}, concurrency {connections}"
                yield again(here, what, _listing(here, login), connections=connections, seconds=seconds)


def aggregates(here: Place, seconds: float) -> Iterator[Line]:
    """Group by stage and region with count and sum."""
    message = _grouping(here)
    for connections in (1, 16):
        found = duel(here, lambda: message, raw.AGGREGATE, connections=connections, seconds=seconds)
        yield found.by_time(f"aggregate, concurrency {connections}", 1.3)
    with keeping(here):
        for connections in (1, 16):
            what = f"the same aggregate again, nothing changed, concurrency {connections}"
            yield again(here, what, _grouping(here), connections=connections, seconds=seconds)


def again(here: Place, what: str, message: bytes, *, connections: int, seconds: float) -> Line:
    """Ask a process that keeps answers the same thing again and again, while nobody writes deals."""
    _checked(load(here.url, lambda: message, connections=connections, seconds=max(1.0, seconds / 4)))
    before = here.cpu()
    found = _checked(load(here.url, lambda: message, connections=connections, seconds=seconds))
    cpu = (here.cpu() - before) / len(found.latencies) * 1e6
    return Line(what, Duel(found, 0, cpu).shown, "–", "–", "–", None)


def imports(here: Place, rows: int) -> Iterator[Line]:
    """Import a spreadsheet through upload, mapping, check and run."""
    from benchmarks.importing import import_sheet

    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "deals.xlsx"
        book = xlsxwriter.Workbook(str(sheet), {"constant_memory": True})
        page = book.add_worksheet()
        page.write_row(0, 0, ["名称", "金额", "折扣", "大区", "电话", "邮箱", "预计签约", "评分", "来源", "数量"])
        for n in range(rows):
            page.write_row(
                n + 1,
                0,
                [
                    f"import {n}",
                    n % 100000,
                    0.1,
                    "华东",
                    "13800000000",
                    "a@example.com",
                    "2026-05-01",
                    n % 100,
                    "web",
                    n % 50,
                ],
            )
        book.close()
        seconds, created = import_sheet(here, sheet)
    rate = created / seconds
    yield Line(
        f"import of {rows:,} rows (run phase)", f"{rate:,.0f} rows/s", "—", "—", "≥ 20,000 rows/s", rate >= 20_000
    )


def formula(here: Place) -> Iterator[Line]:
    """Add a stored formula field to every row, against one raw UPDATE of as many rows."""
    from benchmarks.formulas import add_formula

    here.sql("CREATE TABLE bench_copy (LIKE r_deal INCLUDING ALL)")
    here.sql("INSERT INTO bench_copy SELECT * FROM r_deal")
    here.sql("ALTER TABLE bench_copy ADD COLUMN extra numeric")
    begun = time.perf_counter()
    here.sql("UPDATE bench_copy SET extra = round(amount * 0.13, 2)")
    reference = time.perf_counter() - begun
    here.sql("DROP TABLE bench_copy")
    ours = asyncio.run(add_formula(here.server.url))
    ratio = ours / reference
    yield Line(
        f"stored formula on {here.rows:,} rows",
        f"{ours:.1f} s",
        f"{reference:.1f} s",
        f"{ratio:.2f}",
        "≤ 1.5",
        ratio <= 1.5,
    )


def starting(here: Place) -> Iterator[Line]:
    """Start on an existing workspace, and memory after the load."""
    used = here.memory()
    yield Line("memory of API and worker after the load", f"{used:.0f} MB", "—", "—", "≤ 250 MB", used <= 250)
    stop_api(here)
    here.server.stop()
    seconds = start_api(here, with_database=True)
    stop_api(here)
    yield Line("start to first answer, PostgreSQL included", f"{seconds:.2f} s", "—", "—", "≤ 3 s", seconds <= 3)
