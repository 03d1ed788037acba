"""Programs of other platforms: where they are kept, and running them within bounds."""

import contextlib
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.peers.platform import Unavailable
from xiaolu.kit.postgres import EmbeddedServer


def cache(name: str) -> Path:
    """Return the folder outside the source tree where a platform's programs stay from run to run."""
    base = (
        os.environ.get("XIAOLU_PEERS")
        or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "xiaolu-peers"
    )
    folder = Path(base) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def bounded(
    command: Sequence[str | Path], seconds: float, folder: Path, environment: Mapping[str, str] | None = None
) -> None:
    """Run a program to its end; one that fails or takes too long makes the platform unavailable."""
    said = f"{Path(command[0]).name} {' '.join(map(str, command[1:4]))}"
    log = folder / "last.log"
    with log.open("wb") as output:
        try:
            done = subprocess.run(
                [str(part) for part in command], check=False, timeout=seconds, cwd=folder, env=_environment(environment),
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Unavailable(f"“{said}” took more than {seconds:.0f} s ({log})") from None
        except OSError as error:
            raise Unavailable(f"“{said}”: {error}") from error
    if done.returncode:
        words = log.read_text("utf-8", "replace").strip().splitlines()
        raise Unavailable(f"“{said}” failed: {words[-1] if words else 'no word'} ({log})")


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    """Return our environment without what belongs to this program's own Python."""
    return {key: text for key, text in os.environ.items() if not key.startswith(("PYTHON", "XIAOLU_"))} | dict(
        more or {}
    )


@dataclass(slots=True)
class Server:
    """A server program on a free port of the loopback interface."""

    folder: Path
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    started: float = field(default=0.0)

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    def choose_port(self) -> int:
        """Choose a port that is free at this moment."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        return self.port

    def start(
        self, command: Sequence[str | Path], environment: Mapping[str, str], health: str, expected: bytes = b""
    ) -> None:
        """Start it and wait until an address answers."""
        self.started = time.perf_counter()
        with (self.folder / "server.log").open("wb") as log:
            self.process = subprocess.Popen(
                [str(part) for part in command], cwd=self.folder, env=_environment(environment), start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        while not self._answers(health, expected):
            if self.process.poll() is not None or time.perf_counter() - self.started > 120:
                self.stop()
                raise Unavailable(f"its server did not start ({self.folder / 'server.log'})")
            time.sleep(0.02)

    def _answers(self, health: str, expected: bytes) -> bool:
        try:
            with urllib.request.urlopen(self.url + health, timeout=2) as answer:
                return expected in answer.read()
        except urllib.error.HTTPError:
            return not expected  # it refuses, so it is there
        except OSError:
            return False

    def _processes(self) -> list[psutil.Process]:
        if self.process is None or self.process.poll() is not None:
            return []
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]

    def memory(self) -> float:
        """Return the resident memory of all its processes in MB."""
        return sum(each.memory_info().rss for each in self._processes()) / 1e6

    def stop(self) -> None:
        """End all its processes."""
        running = self._processes()
        for each in running:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.terminate()
        _, left = psutil.wait_procs(running, timeout=20)
        for each in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        if self.process is not None:
            self.process.wait(20)
            self.process = None


class Hosted:
    """A platform whose server is a program of its own, beside a database of ours."""

    def __init__(self, database: EmbeddedServer, folder: Path) -> None:
        self._database = database
        self._server = Server(folder)

    @property
    def url(self) -> str:
        """Return its address."""
        return self._server.url

    def memory(self) -> float:
        """Return the resident memory of its processes in MB."""
        return self._server.memory()

    def start_keeping(self) -> bool:
        """Keep no answers: each is got anew."""
        return False

    def stop(self) -> None:
        """Stop it."""
        self._server.stop()
