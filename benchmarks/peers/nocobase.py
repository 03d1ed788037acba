"""NocoBase: a zero-code platform in Node; its free edition in production mode, one process."""

import json
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.calling import ask, must, upload
from benchmarks.load import request
from benchmarks.peers import shape
from benchmarks.peers.databases import make_database, run_sql
from benchmarks.peers.machine import Hosted, bounded, cache
from benchmarks.peers.nocobase_forms import make_forms
from benchmarks.peers.nocobase_install import VERSION, install_nocobase
from benchmarks.peers.platform import Operation
from xiaolu.kit.postgres import EmbeddedServer

DATABASE = "nocobase"
MOST_ROWS = 2_000
"""Its free edition reads so many rows of a sheet, and drops the others without a word."""
SEED = f"""INSERT INTO deals (id, "createdAt", "updatedAt", "createdById", "updatedById", title, stage, amount, "ownerId", "customerId", phone, email,
 expected, tags, note, score, region, source, key_deal)
SELECT g, at, at, people.ids[owner_number], people.ids[owner_number], title, stage, amount, people.ids[owner_number], customer_number, phone, email,
 expected, to_jsonb(tags), note, score, region, source, key_deal
FROM ({shape.DEALS}) given, (SELECT array_agg(id ORDER BY username) AS ids FROM users WHERE username LIKE 'rep%') people"""
CUSTOMERS = """INSERT INTO customers (id, "createdAt", "updatedAt", name)
SELECT n, now(), now(), name FROM unnest($1::text[]) WITH ORDINALITY AS given (name, n)"""


class NocoBase(Hosted):
    """NocoBase with collections for the deals; its free edition keeps no history."""

    name = "NocoBase"
    version = VERSION

    def __init__(self, server: EmbeddedServer) -> None:
        super().__init__(server, cache("nocobase") / "app")
        self._headers: dict[str, str] = {}
        self._people: list[int] = []

    def _environment(self) -> dict[str, str]:
        access = self._database.access
        home = cache("nocobase")
        return {
            "APP_ENV": "production", "APP_HOST": "127.0.0.1", "APP_PORT": str(self._server.port), "APP_LAUNCH_MODE": "node",
            "DB_DIALECT": "postgres", "DB_HOST": "127.0.0.1", "DB_PORT": str(access.port), "DB_DATABASE": DATABASE,
            "DB_USER": "xiaolu", "DB_PASSWORD": access.password, "INIT_ROOT_USERNAME": "root", "INIT_ROOT_NICKNAME": "root",
            "INIT_ROOT_EMAIL": "root@example.com", "INIT_ROOT_PASSWORD": shape.PASSWORD, "TZ": "UTC",
            "PATH": f"{home / 'tools/node_modules/.bin'}:{home / 'app/node_modules/.bin'}:{os.environ['PATH']}",
        }  # fmt: skip

    def prepare(self, rows: int) -> None:
        """Install it, make the collections by its interface and the deals by SQL."""
        app = install_nocobase()
        make_database(self._database, DATABASE)
        self._server.choose_port()
        bounded(["yarn", "nocobase", "install"], 300, app, self._environment())
        self._start()
        self._sign_in("root", None)
        make_forms(f"{self.url}/api", self._headers)
        self.stop()
        names = [shape.customer(number) for number in range(shape.CUSTOMERS)]
        run_sql(self._database, DATABASE, CUSTOMERS, names)
        run_sql(self._database, DATABASE, SEED.format(rows=rows))
        people = "SELECT array_agg(id ORDER BY username) FROM users WHERE username LIKE 'rep%'"
        self._people = run_sql(self._database, DATABASE, people)
        run_sql(self._database, DATABASE, "VACUUM ANALYZE")

    def _start(self) -> None:
        self._server.choose_port()
        self._server.start(
            ["node", "node_modules/.bin/nocobase-v1", "start"], self._environment(), "/api/__health_check", b"ok"
        )

    def start(self) -> float:
        """Start it; PostgreSQL runs."""
        begun = time.perf_counter()
        self._start()
        self._sign_in(shape.person(3), "sales")
        self._list(shape.STAGES[0], 0)
        return time.perf_counter() - begun

    def _sign_in(self, login: str, role: str | None) -> None:
        body = {"account": login, "password": shape.PASSWORD}
        found = ask(f"{self.url}/api/auth:signIn", body, {"X-Authenticator": "basic"})
        self._headers = {"Authorization": f"Bearer {found['data']['token']}"} | ({"X-Role": role} if role else {})

    def _request(self, method: str, path: str, body: object = None) -> bytes:
        host = {"Host": f"127.0.0.1:{self._server.port}", **self._headers}
        return request(method, f"/api/{path}", host, b"" if body is None else shape.encoded(body))

    def _list_path(self, stage: str, owner: int) -> str:
        wanted = {"$and": [{"stage": {"$eq": stage}}, {"owner": {"id": {"$eq": self._people[owner]}}}]}
        parts = {
            "pageSize": shape.PAGE,
            "page": 1,
            "sort[]": "-amount",
            "filter": shape.encoded(wanted),
            "appends[]": ["owner", "customer"],
        }
        return "deals:list?" + urlencode(parts, doseq=True)

    def _list(self, stage: str, owner: int) -> Any:
        return ask(f"{self.url}/api/{self._list_path(stage, owner)}", None, self._headers)

    def operations(self) -> Mapping[str, Operation]:
        """Return the operations, once their answers were seen to be right."""
        totals = {
            "mode": "builder", "variableResolution": "legacy-schema", "dataSource": "main", "collection": "deals", "limit": 2_000,
            "measures": [{"field": ["amount"], "aggregation": "sum", "alias": "amount"}, {"field": ["id"], "aggregation": "count", "alias": "n"}],
            "dimensions": [{"field": ["stage"], "alias": "stage"}, {"field": ["owner", "nickname"], "alias": "owner"}],
        }  # fmt: skip
        found = self._list(shape.STAGES[0], 0)
        must(len(found["data"]) == shape.PAGE and found["meta"]["count"] >= shape.PAGE, f"list: {str(found)[:300]}")
        must(found["data"][0]["customer"]["name"], "a list without its customers")
        groups = ask(f"{self.url}/api/charts:queryData", totals, self._headers)["data"]
        must(len(groups) == shape.GROUPS, f"aggregate: {str(groups)[:300]}")
        wanted = shape.slices()
        aggregate = self._request("POST", "charts:queryData", totals)
        return {
            "list": Operation(lambda: self._request("GET", self._list_path(*next(wanted)))),
            "aggregate": Operation(lambda: aggregate),
            "update": Operation(shape.numbered(self._update)),
            "create": Operation(shape.numbered(self._create)),
        }

    def _update(self, number: int) -> bytes:
        return self._request("POST", f"deals:update?filterByTk={number * 7919 % 5000 + 1}", {"score": number % 997})

    def _create(self, number: int) -> bytes:
        links = {"ownerId": self._people[number % shape.PEOPLE], "customerId": number % shape.CUSTOMERS + 1}
        return self._request("POST", "deals:create", shape.new_deal(number) | links)

    def import_deals(self, rows: int) -> float:
        """Import as many sheets as its limit demands, one after the other."""
        seconds, made = 0.0, 0
        for start in range(0, rows, MOST_ROWS):
            with tempfile.TemporaryDirectory() as folder:
                sheet = Path(folder) / "deals.xlsx"
                some = shape.sheet_rows(min(MOST_ROWS, rows - start), start)
                shape.write_sheet(sheet, shape.COLUMNS, some, ("Yes", "No"))
                content = sheet.read_bytes()
            begun = time.perf_counter()
            made += self._import_sheet(content)
            seconds += time.perf_counter() - begun
        must(made == rows, f"{made} of {rows} rows imported")
        return seconds

    def _import_sheet(self, content: bytes) -> int:
        paths = {"owner": ["owner", "nickname"], "customer": ["customer", "name"]}
        columns = [
            {"dataIndex": paths.get(name, [name]), "title": name, "defaultTitle": name} for name in shape.COLUMNS
        ]
        address = f"{self.url}/api/deals:importXlsx"
        found = upload(address, "deals.xlsx", content, self._headers, columns=json.dumps(columns))
        return int(found["data"]["successCount"])
