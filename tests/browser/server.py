"""The platform as people run it: a process of its own, on a fresh data folder, with the demo company and a clock that moves."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

START_SECONDS = 420
"""Longest wait for the demo company: a busy machine builds it many times slower than a quiet one."""
STOP_SECONDS = 30
LEADS = 60
ADDRESS = re.compile(r"http://localhost:(\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class Server:
    """Where the running platform is, and the demo accounts' password."""

    address: str
    password: str
    data: Path | None = None
    """Its data folder; None where the server was running already."""

    @property
    def database_url(self) -> str:
        """Return the address of the embedded database."""
        assert self.data is not None, "this test needs a server of its own"
        access = json.loads((self.data / "postgres" / "access.json").read_text(encoding="utf-8"))
        return f"postgresql://xiaolu:{access['password']}@127.0.0.1:{access['port']}/xiaolu"


def _started(process: subprocess.Popen[bytes], data: Path) -> str:
    """Wait until the server has said where it is, and answers; return its address."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}: {_log(data)}")
        if said := ADDRESS.search(_log(data)):
            address = f"http://127.0.0.1:{said[1]}"
            with suppress(httpx.TransportError):
                if httpx.get(f"{address}/api/health", timeout=5).is_success:
                    return address
        time.sleep(0.2)
    raise TimeoutError(f"the server did not answer within {START_SECONDS} s: {_log(data)}")


def _log(data: Path) -> str:
    return (data / "server.log").read_text(encoding="utf-8", errors="replace")[-4000:]


@contextmanager
def running_server() -> Iterator[Server]:
    """Start the server with the demo company, hand it out, and take everything away afterwards.

    With ``TEST_SERVER`` (an address) and ``TEST_PASSWORD`` a server that runs already is used and left running.
    """
    given = os.environ.get("TEST_SERVER")
    if given:
        yield Server(given, os.environ["TEST_PASSWORD"])
        return
    with _data_folder() as data, _serving(data, "--demo", "--demo-leads", str(LEADS)) as address:
        yield Server(address, (data / "demo-password.txt").read_text(encoding="utf-8").strip(), data)


@contextmanager
def empty_server() -> Iterator[Server]:
    """Start a second server whose workspace holds nothing but its administrator, who is yet to choose a password."""
    with _data_folder() as data:
        command = [sys.executable, "-m", "xiaolu.main", "init", "--no-suite"]
        done = subprocess.run(command, env=_environment(data), check=True, capture_output=True, text=True)
        password = done.stdout.split(" / ")[1].split()[0]
        with _serving(data) as address:
            yield Server(address, password, data)


@contextmanager
def _data_folder() -> Iterator[Path]:
    data = Path(tempfile.mkdtemp(prefix="xiaolu-browser-", dir="/tmp"))
    data.chmod(0o711)  # PostgreSQL's unprivileged user must be able to pass through
    try:
        yield data
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _environment(data: Path) -> dict[str, str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XIAOLU_")}
    return environment | {
        "XIAOLU_DATA_DIR": str(data),
        "XIAOLU_TEST_CLOCK": "1",
        "XIAOLU_REQUESTS_PER_SECOND": "0",
    }


@contextmanager
def _serving(data: Path, *options: str) -> Iterator[str]:
    """Run a server on a data folder; hand out its address once it answers."""
    command = [sys.executable, "-m", "xiaolu.main", "serve", *options, "--port", "0"]
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=_environment(data), stdout=log, stderr=subprocess.STDOUT)
    try:
        yield _started(process, data)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
