"""A real server process on real data: made, copied, started, killed, and asked over HTTP."""

import asyncio
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import asyncpg
import httpx

from xiaolu.kit.postgres import start_embedded

PYTHON = sys.executable
START_SECONDS = 240.0
STOP_SECONDS = 60.0
PORTS = (20_000, 32_000)


def free_port() -> int:
    """Return a port that nobody listens on, of those that no outgoing connection is given before it is used."""
    while True:
        port = random.SystemRandom().randrange(*PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def new_folder(name: str) -> Path:
    """Return a fresh folder that PostgreSQL's unprivileged user may pass through."""
    folder = Path(tempfile.mkdtemp(prefix=f"xiaolu-system-{name}-", dir="/tmp"))
    folder.chmod(0o711)
    return folder


@dataclass
class Place:
    """One data folder and the processes on it."""

    folder: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    servers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("XIAOLU_")}
        given = {"XIAOLU_DATA_DIR": str(self.folder), "XIAOLU_REQUESTS_PER_SECOND": "0", **self.settings}
        return {**clean, **given}

    def run(self, *arguments: str, status: int | None = 0) -> str:
        """Run a command of the platform to its end and return what it said."""
        done = subprocess.run(
            [PYTHON, "-m", "xiaolu.main", *arguments],
            env=self.environment, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=START_SECONDS, check=False,
        )  # fmt: skip
        text = done.stdout.decode("utf-8", "replace")
        assert status is None or done.returncode == status, f"{arguments} ended with {done.returncode}: {text}"
        return text

    def spawn(self, *arguments: str, log: str = "server.log") -> "subprocess.Popen[bytes]":
        """Start a command that keeps running; what it says is appended to a log beside the data."""
        with self._log(log) as file:
            process = subprocess.Popen(
                [PYTHON, "-m", "xiaolu.main", *arguments],
                env=self.environment, cwd="/", stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                start_new_session=True,
            )  # fmt: skip
        self.servers.append(process)
        return process

    def serve(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start the server and wait until it answers."""
        process = self.spawn("serve", "--port", str(self.port), *arguments)
        self.await_answer(process)
        return process

    @contextlib.contextmanager
    def with_database(self) -> Iterator[None]:
        """Keep the embedded database running, so that not each command starts and stops it."""
        server = start_embedded(self.folder)
        try:
            yield
        finally:
            server.stop()

    def await_answer(self, process: "subprocess.Popen[bytes] | None" = None, seconds: float = START_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert process is None or process.poll() is None, f"the server ended: {self.log()}"
            try:
                if httpx.get(f"{self.url}/api/health", timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"no answer: {self.log()}")

    def await_database(self) -> None:
        """Wait until the platform has opened its workspace in the embedded database."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, asyncpg.PostgresError):
                if asyncio.run(_is_open(self.database_url)):
                    return
            time.sleep(0.1)
        raise AssertionError(f"no workspace was opened: {self.log()}")

    def log(self, name: str = "server.log") -> str:
        path = self.folder.with_name(f"{self.folder.name}-{name}")
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def _log(self, name: str) -> IO[bytes]:
        return self.folder.with_name(f"{self.folder.name}-{name}").open("ab")

    def stop(self) -> None:
        """Stop every process that this place started, politely at first."""
        for process in self.servers:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.servers:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.servers.clear()
        pid = self.postgres_pid()
        if pid is not None and _is_alive(pid):
            os.kill(pid, signal.SIGQUIT)
            while _is_alive(pid):
                time.sleep(0.05)

    def remove(self) -> None:
        """Stop everything and delete the data."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        for log in self.folder.parent.glob(f"{self.folder.name}-*.log"):
            log.unlink()

    def postgres_pid(self) -> int | None:
        """Return the process number of the embedded server, if one runs."""
        try:
            return int((self.folder / "postgres" / "cluster" / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    @property
    def database_url(self) -> str:
        """Return the address of the embedded database."""
        access = json.loads((self.folder / "postgres" / "access.json").read_text())
        return f"postgresql://xiaolu:{access['password']}@127.0.0.1:{access['port']}/xiaolu"

    @property
    def password(self) -> str:
        """Return the password of the demo accounts."""
        return (self.folder / "demo-password.txt").read_text().strip()

    def copy(self, name: str, **settings: str) -> "Place":
        """Return a copy of this place (which must be stopped), with a database port of its own."""
        folder = new_folder(name)
        subprocess.run(["cp", "-a", f"{self.folder}/.", str(folder)], check=True)
        kept = folder / "postgres" / "access.json"
        access = json.loads(kept.read_text())
        kept.write_text(json.dumps({**access, "port": free_port()}))
        return Place(folder, settings={**self.settings, **settings})

    def person(self, login: str, password: str | None = None) -> "Person":
        """Sign somebody in."""
        person = Person(self.url)
        person.sign_in(login, password or self.password)
        return person


async def _is_open(url: str) -> bool:
    connection = await asyncpg.connect(url, timeout=5)
    try:
        others = "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%FROM state%'"
        return bool(await connection.fetchval(others))
    finally:
        await connection.close()


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}


class Person:
    """Somebody's browser: keeps cookies and sends the CSRF token."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=60, headers={"accept-language": "en"})

    def sign_in(self, login: str, password: str) -> dict[str, Any]:
        given = {"login": login, "password": password}
        answer = self.http.post("/api/session", json=given)
        if answer.status_code == 429:  # many sign in from this address: wait as the answer says, once
            time.sleep(answer.json()["params"]["retry_after"])
            answer = self.http.post("/api/session", json=given)
        if answer.status_code != 200:
            self.close()
            raise AssertionError(answer.text)
        me: dict[str, Any] = answer.json()["member"]
        self.http.headers["x-csrf-token"] = self.http.cookies["xiaolu_csrf"]
        return me

    def send(self, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
        return self.http.request(method, f"/api{path}", json=body, **options)

    def call(self, method: str, path: str, body: Any = None, *, status: int | None = None) -> Any:
        """Send a request that must succeed (or end with ``status``) and return the answer's body."""
        answer = self.send(method, path, body)
        expected = answer.status_code < 300 if status is None else answer.status_code == status
        assert expected, f"{method} {path} → {answer.status_code}: {answer.text[:2000]}"
        return answer.json() if answer.content else None

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None, *, status: int | None = None) -> Any:
        return self.call("POST", path, body, status=status)

    def upload(self, name: str, content: bytes) -> Any:
        answer = self.http.post("/api/files", files={"file": (name, content)})
        assert answer.status_code < 300, answer.text
        return answer.json()

    def close(self) -> None:
        self.http.close()
