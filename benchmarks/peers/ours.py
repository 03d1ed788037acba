"""Xiaolu itself with the deals of the comparison."""

import asyncio
import json
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import asyncpg

from benchmarks.calling import ask, must
from benchmarks.importing import import_sheet
from benchmarks.load import request
from benchmarks.peers import shape
from benchmarks.peers.platform import Operation
from benchmarks.place import Place, founded, sign_in, start_api, stop_api
from xiaolu.access.service.members import MemberDraft, create_member
from xiaolu.kit.postgres import EmbeddedServer

DEFINITIONS = Path(__file__).with_name("deals.yaml")
SEED = f"""
WITH people AS (SELECT array_agg(id ORDER BY login) AS ids FROM member WHERE login LIKE 'rep%'),
 customers AS (SELECT array_agg(id ORDER BY name) AS ids FROM r_customer), given AS ({shape.DEALS})
INSERT INTO r_deal (id, version, created_at, created_by, updated_at, updated_by, owner, stage, stage_since, title, title__sort,
  amount, customer, phone, email, expected, tags, note, score, region, source, key_deal, search)
SELECT uuidv7(), 1, at, people.ids[owner_number], at, people.ids[owner_number], people.ids[owner_number], stage, at, title, title,
  amount, customers.ids[customer_number], phone, email, expected, tags, note, score, region, source, key_deal, array_to_tsvector(ARRAY['deal', g::text])
FROM given, people, customers
"""


class Xiaolu:
    """One process with API and worker."""

    name = "Xiaolu"
    version = ""

    def __init__(self, server: EmbeddedServer, folder: Path) -> None:
        self._here = Place(server, folder, 0)
        self._people: list[str] = []
        self._customers: list[str] = []
        self._deals: list[str] = []

    @property
    def url(self) -> str:
        """Return its address."""
        return self._here.url

    def prepare(self, rows: int) -> None:
        """Define the forms and fill them by SQL."""
        asyncio.run(self._fill(rows))

    async def _fill(self, rows: int) -> None:
        url = self._here.server.url
        async with founded(url, DEFINITIONS.read_text("utf-8")) as ctx:
            for number in range(shape.PEOPLE):
                name = shape.person(number)
                draft = MemberDraft(login=name, name=name, roles=("sales",), password=shape.PASSWORD)
                await create_member(ctx, draft)
            names = [shape.customer(number) for number in range(shape.CUSTOMERS)]
            connection = ctx.uow.connection
            await connection.execute(
                """INSERT INTO r_customer (id, version, created_at, updated_at, name, name__sort, search)
                 SELECT uuidv7(), 1, now(), now(), name, name, array_to_tsvector(ARRAY[lower(name)]) FROM unnest($1::text[]) name""",
                names,
            )
            await connection.execute(SEED.format(rows=rows))
            self._people = await connection.fetchval(
                "SELECT array_agg(id::text ORDER BY login) FROM member WHERE login LIKE 'rep%'"
            )
            self._customers = await connection.fetchval("SELECT array_agg(id::text ORDER BY name) FROM r_customer")
            self._deals = await connection.fetchval(
                "SELECT array_agg(id::text) FROM (SELECT id FROM r_deal LIMIT 5000) x"
            )
        vacuuming = await asyncpg.connect(url)
        await vacuuming.execute("VACUUM ANALYZE")
        await vacuuming.close()

    def start(self, *, keeps: bool = False) -> float:
        """Start it; PostgreSQL runs."""
        begun = time.perf_counter()
        start_api(self._here, keeps=keeps)
        self._here.tokens = {name: sign_in(self._here, name) for name in ("admin", shape.person(3))}
        self._list(shape.STAGES[0], 0)
        return time.perf_counter() - begun

    def start_keeping(self) -> bool:
        """Start it as it is shipped: answers are kept while nobody writes."""
        self.start(keeps=True)
        return True

    def stop(self) -> None:
        """Stop it."""
        stop_api(self._here)

    def memory(self) -> float:
        """Return its resident memory in MB."""
        return self._here.memory()

    @property
    def _headers(self) -> dict[str, str]:
        return self._here.tokens[shape.person(3)]

    def _list_body(self, stage: str, owner: int) -> dict[str, Any]:
        parts = [
            {"field": "stage", "op": "eq", "value": stage},
            {"field": "owner", "op": "eq", "value": self._people[owner]},
        ]
        return {
            "filter": {"and": parts},
            "sort": [{"field": "amount", "descending": True}],
            "limit": shape.PAGE,
            "count": True,
        }

    def _list(self, stage: str, owner: int) -> Any:
        return ask(f"{self.url}/api/records/deal/query", self._list_body(stage, owner), self._headers)

    def operations(self) -> Mapping[str, Operation]:
        """Return the operations, once their answers were seen to be right."""
        wanted = shape.slices()
        totals = {
            "group": [{"field": "stage"}, {"field": "owner"}],
            "measures": [{"do": "count"}, {"do": "sum", "field": "amount"}],
        }
        found = self._list(shape.STAGES[0], 0)
        must(len(found["rows"]) == shape.PAGE and found["count"] >= shape.PAGE, f"list: {str(found)[:300]}")
        groups = ask(f"{self.url}/api/records/deal/aggregate", totals, self._headers)
        must(len(groups["groups"]) == shape.GROUPS, f"aggregate: {str(groups)[:300]}")
        aggregate = request("POST", "/api/records/deal/aggregate", self._headers, shape.encoded(totals))
        return {
            "list": Operation(lambda: request("POST", "/api/records/deal/query", self._headers, shape.encoded(self._list_body(*next(wanted))))),
            "aggregate": Operation(lambda: aggregate),
            "update": Operation(shape.numbered(self._update)),
            "create": Operation(shape.numbered(self._create)),
        }  # fmt: skip

    def _update(self, number: int) -> bytes:
        deal = self._deals[number * 7919 % len(self._deals)]
        return request(
            "PATCH", f"/api/records/deal/{deal}", self._headers, shape.encoded({"values": {"score": number % 997}})
        )

    def _create(self, number: int) -> bytes:
        deal = shape.new_deal(number) | {
            "owner": self._people[number % shape.PEOPLE],
            "customer": self._customers[number % shape.CUSTOMERS],
        }
        del deal[
            "stage"
        ]  # a new record is in the first stage of its process, which is the one that the others are told
        deal["amount"] = str(deal["amount"])
        return request("POST", "/api/records/deal", self._headers, json.dumps({"values": deal}).encode())

    def import_deals(self, rows: int) -> float:
        """Upload, map, check and run a sheet."""
        with tempfile.TemporaryDirectory() as folder:
            sheet = Path(folder) / "deals.xlsx"
            shape.write_sheet(sheet, shape.COLUMNS, shape.sheet_rows(rows))
            begun = time.perf_counter()
            _, made = import_sheet(self._here, sheet)
            seconds = time.perf_counter() - begun
        must(made == rows, f"{made} of {rows} rows imported")
        return seconds
