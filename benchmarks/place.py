"""A place to measure in: a private PostgreSQL, a workspace with N deals, and one API process."""

import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from xiaolu.access.context import Context
from xiaolu.access.service.bootstrap import bootstrap_admin
from xiaolu.access.service.departments import DepartmentDraft, create_department
from xiaolu.access.service.members import MemberDraft, create_member
from xiaolu.events.service import keep_partitions
from xiaolu.kit.postgres import EmbeddedServer, start_embedded
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.service import install_definitions
from xiaolu.metadata.yamlform import decode_definitions
from xiaolu.runtime.workspace import open_workspace

HERE = Path(__file__).resolve().parent
DEPARTMENTS = 10
PASSWORD = "bench-only-28417"
SEED = """
WITH people AS (SELECT array_agg(id ORDER BY login) AS ids, array_agg(department_id ORDER BY login) AS homes FROM member WHERE login LIKE 'seller%'),
given AS (SELECT g, (g::bigint * 7919) % 10 + 1 AS who, to_timestamp(1735689600 + g * 30 % 25000000) AS at FROM generate_series(1, $1::int) AS g)
INSERT INTO r_deal (id, version, created_at, created_by, updated_at, updated_by, owner, department, stage, stage_since,
  name, name__sort, amount, discount, net, region, phone, email, expected, score, key_deal, source, source__sort, contact, contact__sort,
  product, product__sort, quantity, note, search)
SELECT uuidv7(), 1, at, ids[who], at, ids[who], ids[who], homes[who], (ARRAY['new','quote','won'])[g % 3 + 1], at,
  'deal ' || g, 'deal ' || g, (g * 37 % 1000000)::numeric(20,2), 0.1, round((g * 37 % 1000000) * 0.9, 2), (ARRAY['east','south','north','west'])[g / 10 % 4 + 1],
  '138' || lpad((g % 100000000)::text, 8, '0'), 'a' || g || '@example.com', date '2026-01-01' + g % 300, g % 101, g % 2 = 0,
  'web', 'web', 'contact ' || g % 5000, 'contact ' || g % 5000, 'product ' || g % 7, 'product ' || g % 7, g % 50, repeat('note ', 20),
  array_to_tsvector(ARRAY['deal', g::text])
FROM given, people
"""


@dataclass(slots=True)
class Place:
    """Where a benchmark runs."""

    server: EmbeddedServer
    folder: Path
    rows: int
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    tokens: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Return the address of the API."""
        return f"http://127.0.0.1:{self.port}"

    def memory(self) -> float:
        """Return the resident memory of the API and worker process in MB."""
        assert self.process is not None
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1e6

    def cpu(self) -> float:
        """Return the seconds of CPU that the API and worker process has used."""
        assert self.process is not None
        return sum(psutil.Process(self.process.pid).cpu_times()[:2])

    def sql(self, text: str, *values: Any) -> Any:
        """Run one statement in the workspace and return its first value."""

        async def work() -> Any:
            connection = await asyncpg.connect(self.server.url, server_settings={"search_path": "main"})
            try:
                return await connection.fetchval(text, *values)
            finally:
                await connection.close()

        return asyncio.run(work())


@contextlib.asynccontextmanager
async def founded(url: str, definitions: str) -> AsyncIterator[Context]:
    """Make a workspace with these definitions and an administrator, to be filled inside."""
    async with open_workspace(url, "main") as workspace:
        found = decode_definitions(definitions)
        assert isinstance(found, Definitions), found
        async with workspace.unit() as uow:
            await install_definitions(uow, found)
        await workspace.read_state()
        async with workspace.unit() as uow:
            await bootstrap_admin(uow, login="admin", name="admin", password=PASSWORD, now=workspace.now)
            await uow.connection.execute("UPDATE member SET password_must_change = false")
        async with workspace.context() as ctx:
            await keep_partitions(ctx)
            yield ctx


async def _fill(url: str, rows: int) -> None:
    async with founded(url, (HERE / "deals.yaml").read_text("utf-8")) as ctx:
        for number in range(DEPARTMENTS):
            home = await create_department(ctx, DepartmentDraft(name=f"department {number}"))
            draft = MemberDraft(
                login=f"seller{number}",
                name=f"seller {number}",
                roles=("seller",),
                department_id=home,
                password=PASSWORD,
            )
            await create_member(ctx, draft)
        await ctx.uow.connection.execute(SEED, rows)
    connection = await asyncpg.connect(url)
    await connection.execute("VACUUM ANALYZE main.r_deal")
    await connection.close()


@contextlib.contextmanager
def place(rows: int) -> Iterator[Place]:
    """Make the place and take it down again."""
    folder = Path(tempfile.mkdtemp(prefix="xiaolu-bench-", dir="/tmp"))
    folder.chmod(0o711)
    server = start_embedded(folder)
    here = Place(server, folder, rows)
    try:
        asyncio.run(_fill(server.url, rows))
        start_api(here)
        sign_everybody_in(here)
        yield here
    finally:
        stop_api(here)
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def start_api(here: Place, *, with_database: bool = False, keeps: bool = False) -> float:
    """Start one process with API and worker; return the seconds until its first answer.

    ``with_database``: PostgreSQL is down, and the process starts it, as ``make run`` does. ``keeps``: it keeps answers as
    long as they hold; otherwise it asks PostgreSQL each time, as the raw side does.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        here.port = probe.getsockname()[1]
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("XIAOLU_")},
        "XIAOLU_DATA_DIR": str(here.folder if with_database else here.folder / "data"),
        "XIAOLU_REQUESTS_PER_SECOND": "0",
        **({} if keeps else {"XIAOLU_KEPT_ROWS": "0"}),
    }
    if not with_database:
        environment["XIAOLU_DATABASE_URL"] = here.server.url
    begun = time.perf_counter()
    command = [sys.executable, "-m", "xiaolu.main", "serve", "--port", str(here.port)]
    log = here.folder / "api.log"
    with log.open("wb") as output:
        here.process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    while True:
        try:
            with urllib.request.urlopen(f"{here.url}/api/health", timeout=5) as answer:
                if answer.status == 200:
                    return time.perf_counter() - begun
        except OSError:
            if here.process.poll() is not None or time.perf_counter() - begun > 60:
                raise RuntimeError(f"the API did not start: {log.read_text('utf-8', 'replace')[-2000:]}") from None
            time.sleep(0.02)


def stop_api(here: Place) -> None:
    """Stop the API process."""
    if here.process is not None:
        here.process.terminate()
        here.process.wait(30)
        here.process = None


@contextlib.contextmanager
def keeping(here: Place) -> Iterator[None]:
    """Let another API process answer meanwhile, which keeps answers."""
    stop_api(here)
    start_api(here, keeps=True)
    sign_everybody_in(here)
    try:
        yield
    finally:
        stop_api(here)
        start_api(here)
        sign_everybody_in(here)


def sign_everybody_in(here: Place) -> None:
    """Sign the members in who send requests."""
    here.tokens = {login: sign_in(here, login) for login in ("admin", "seller3")}


def sign_in(here: Place, login: str) -> dict[str, str]:
    """Return the headers of a signed-in member."""
    body = json.dumps({"login": login, "password": PASSWORD}).encode()
    call = urllib.request.Request(
        f"{here.url}/api/session", body, {"Content-Type": "application/json", "Origin": here.url}, method="POST"
    )
    with urllib.request.urlopen(call) as answer:
        cookies = dict(
            part.split(";", 1)[0].split("=", 1) for name, part in answer.headers.items() if name.lower() == "set-cookie"
        )
    return {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRF-Token": cookies["xiaolu_csrf"],
        "Origin": here.url,
        "Host": f"127.0.0.1:{here.port}",
    }
