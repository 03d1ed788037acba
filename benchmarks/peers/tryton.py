"""Tryton: a framework of business applications in Python; its web server with two processes of eight threads each."""

import base64
import os
import time
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.calling import ask, must
from benchmarks.load import request
from benchmarks.peers import shape
from benchmarks.peers.databases import make_database, run_sql
from benchmarks.peers.machine import Hosted, bounded, cache
from benchmarks.peers.platform import Operation
from benchmarks.peers.tryton_install import VERSION, install_tryton
from xiaolu.kit.postgres import EmbeddedServer

DATABASE = "tryton"
USER = "bench"
SHOWN = [
    "title",
    "stage",
    "amount",
    "owner.rec_name",
    "customer.rec_name",
    "phone",
    "email",
    "expected",
    "tags",
    "note",
    "score",
    "region",
    "source",
    "key_deal",
]
FIELDS = "title, stage, amount, owner, customer, phone, email, expected, tags, note, score, region, source, key_deal, create_date, create_uid"
SEED = f"""INSERT INTO {{table}} (id, {FIELDS})
SELECT g, title, stage, amount, ($1::int[])[owner_number], ($2::int[])[customer_number], phone, email, expected,
 to_json(tags), note, score, region, source, key_deal, at, 1 FROM ({shape.DEALS}) given"""


class Tryton(Hosted):
    """Tryton with a module of its own for the deals, history on."""

    name = "Tryton"
    version = VERSION

    def __init__(self, server: EmbeddedServer) -> None:
        self._home = cache("tryton")
        super().__init__(server, self._home)
        self._programs = Path()
        self._token = ""
        self._people: list[int] = []
        self._customers: list[int] = []

    def prepare(self, rows: int) -> None:
        """Install it, activate the modules, add people and customers by its interface and the deals by SQL."""
        self._programs = install_tryton() / "bin"
        make_database(self._database, DATABASE)
        access = self._database.access
        settings = self._home / "trytond.conf"
        settings.write_text(
            f"[database]\nuri = postgresql://xiaolu:{access.password}@127.0.0.1:{access.port}/\n", "utf-8"
        )
        password = self._home / "password"
        password.write_text(shape.PASSWORD, "utf-8")
        admin: list[str | Path] = [self._programs / "trytond-admin", "-c", settings, "-d", DATABASE]
        first = ["--all", "-p", "--email", "admin@example.com"]
        bounded([*admin, *first], 300, self._home, {"TRYTONPASSFILE": str(password)})
        bounded([*admin, "-u", "bench_deal", "--activate-dependencies"], 300, self._home)
        self._start()
        self._sign_in("admin")
        self._call("res.user.create", [{"name": USER, "login": USER, "password": shape.PASSWORD}])
        names = [shape.person(number) for number in range(shape.PEOPLE)]
        self._people = self._call("res.user.create", [{"name": name, "login": name} for name in names])
        customers = [{"name": shape.customer(number)} for number in range(shape.CUSTOMERS)]
        self._customers = self._call("party.party.create", customers)
        self.stop()
        for table in ("bench_deal", "bench_deal__history"):
            seed = SEED.format(table=table, rows=rows)
            run_sql(self._database, DATABASE, seed, self._people, self._customers)
        run_sql(self._database, DATABASE, "SELECT setval(pg_get_serial_sequence('bench_deal', 'id'), $1::int)", rows)
        run_sql(self._database, DATABASE, "VACUUM ANALYZE")

    def _start(self) -> None:
        port = self._server.choose_port()
        command: list[str | Path] = [
            self._programs / "gunicorn",
            "-w",
            "2",
            "-k",
            "gthread",
            "--threads",
            "8",
            "-b",
            f"127.0.0.1:{port}",
            "trytond.application:app",
        ]
        environment = {
            "TRYTOND_CONFIG": str(self._home / "trytond.conf"),
            "TRYTOND_DATABASE_NAMES": DATABASE,
            "PATH": f"{self._programs}:{os.environ['PATH']}",
        }
        self._server.start(command, environment, f"/{DATABASE}/")

    def start(self) -> float:
        """Start it; PostgreSQL runs."""
        begun = time.perf_counter()
        self._start()
        self._sign_in(USER)
        self._call(*self._page(shape.STAGES[0], 0))
        return time.perf_counter() - begun

    def _sign_in(self, login: str) -> None:
        self._token = ""
        found = self._answer("common.db.login", [login, {"password": shape.PASSWORD}, "en"])
        self._token = base64.b64encode(f"{login}:{found[0]}:{found[1]}".encode()).decode()

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Session {self._token}"} if self._token else {}

    def _answer(self, method: str, params: list[Any]) -> Any:
        found = ask(f"{self.url}/{DATABASE}/rpc/", {"id": 1, "method": method, "params": params}, self._headers)
        if isinstance(found, dict) and ("error" in found or "result" in found):
            must(not found.get("error"), f"{method}: {str(found.get('error'))[:300]}")
            return found["result"]
        return found

    def _call(self, method: str, *params: Any) -> Any:
        return self._answer(f"model.{method}", [*params, {}])

    def _request(self, method: str, *params: Any) -> bytes:
        body = shape.encoded({"id": 1, "method": f"model.{method}", "params": [*params, {}]})
        host = {"Host": f"127.0.0.1:{self._server.port}", **self._headers}
        return request("POST", f"/{DATABASE}/rpc/", host, body)

    def _slice(self, stage: str, owner: int) -> list[list[Any]]:
        return [["stage", "=", stage], ["owner", "=", self._people[owner]]]

    def _page(self, stage: str, owner: int) -> tuple[Any, ...]:
        return "bench.deal.search_read", self._slice(stage, owner), 0, shape.PAGE, [["amount", "DESC"]], SHOWN

    def operations(self) -> Mapping[str, Operation]:
        """Return the operations, once their answers were seen to be right. A list is two calls: the page, and the count."""
        total: tuple[Any, ...] = (
            "bench.deal.total.search_read",
            [],
            0,
            None,
            None,
            ["stage", "owner", "amount", "deals"],
        )
        rows, groups = self._call(*self._page(shape.STAGES[0], 0)), self._call(*total)
        must(len(rows) == shape.PAGE and rows[0].get("customer."), f"list: {str(rows)[:300]}")
        must(len(groups) == shape.GROUPS, f"aggregate: {str(groups)[:300]}")
        wanted = (part for each in shape.slices() for part in self._both(*each))
        aggregate = self._request(*total)
        refusal = b'"error"'
        return {
            "list": Operation(lambda: next(wanted), calls=2, refusal=refusal),
            "aggregate": Operation(lambda: aggregate, refusal=refusal),
            "update": Operation(shape.numbered(self._update), refusal=refusal),
            "create": Operation(shape.numbered(self._create), refusal=refusal),
        }

    def _both(self, stage: str, owner: int) -> tuple[bytes, bytes]:
        count = self._request("bench.deal.search_count", self._slice(stage, owner), 0, None)
        return self._request(*self._page(stage, owner)), count

    def _update(self, number: int) -> bytes:
        return self._request("bench.deal.write", [number * 7919 % 5000 + 1], {"score": number % 997})

    def _create(self, number: int) -> bytes:
        deal = shape.new_deal(number) | {
            "owner": self._people[number % shape.PEOPLE],
            "customer": self._customers[number % shape.CUSTOMERS],
        }
        deal |= {"amount": _decimal(deal["amount"]), "expected": _date(deal["expected"])}
        return self._request("bench.deal.create", [deal])

    def import_deals(self, rows: int) -> float:
        """Hand the rows over as Tryton's own clients do: they parse the file, the server finds links by name."""
        given = []
        for row in shape.sheet_rows(rows):
            deal = dict(zip(shape.COLUMNS, row, strict=True))
            deal |= {
                "amount": _decimal(deal["amount"]),
                "expected": _date(deal["expected"]),
                "tags": ",".join(deal["tags"]),
                "key_deal": str(deal["key_deal"]),
            }
            given.append(list(deal.values()))
        before = self._call("bench.deal.search_count", [], 0, None)
        begun = time.perf_counter()
        self._call("bench.deal.import_data", list(shape.COLUMNS), given)
        seconds = time.perf_counter() - begun
        must(self._call("bench.deal.search_count", [], 0, None) == before + rows, "not all rows imported")
        return seconds


def _decimal(number: float) -> dict[str, Any]:
    return {"__class__": "Decimal", "decimal": str(Decimal(number))}


def _date(text: str) -> dict[str, Any]:
    year, month, day = map(int, text.split("-"))
    return {"__class__": "date", "year": year, "month": month, "day": day}
