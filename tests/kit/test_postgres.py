"""The embedded server survives what happens to servers."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from xiaolu.kit.postgres import EmbeddedServer, start_embedded


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="xiaolu-test-", dir="/tmp"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)


def pid_of(server: EmbeddedServer) -> int:
    return int((server.cluster / "postmaster.pid").read_text().split("\n")[0])


def answer(server: EmbeddedServer) -> bytes:
    target = ("-h", "127.0.0.1", "-p", str(server.access.port), "-U", "xiaolu", "-d", "xiaolu")
    return server._run("psql", *target, "-Atc", "SELECT 40 + 2").stdout.strip()


def wait_up(server: EmbeddedServer) -> None:
    deadline = time.monotonic() + 60
    while not server.is_up():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_starts_answers_and_stops(folder: Path) -> None:
    server = start_embedded(folder)
    assert answer(server) == b"42"
    server.stop()
    assert not server.is_up()


def test_a_second_start_shares_the_server_and_leaves_it_running(folder: Path) -> None:
    first = start_embedded(folder)
    second = start_embedded(folder)
    assert (first.owned, second.owned) == (True, False)
    assert first.access == second.access
    second.stop()
    assert answer(first) == b"42"
    first.stop()


def test_a_killed_server_is_brought_back(folder: Path) -> None:
    server = start_embedded(folder)
    before = pid_of(server)
    os.kill(before, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while not (server.is_up() and pid_of(server) != before):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert answer(server) == b"42"
    server.stop()


@pytest.mark.parametrize("content", ["", "12", "not a number\n", "{pid}\n/elsewhere\n"])
def test_a_stale_lock_file_does_not_prevent_a_start(folder: Path, content: str) -> None:
    server = start_embedded(folder)
    server.stop()
    (server.cluster / "postmaster.pid").write_text(content.format(pid=os.getpid()))
    again = start_embedded(folder)
    assert answer(again) == b"42"
    again.stop()


def test_a_port_that_another_program_took_is_left_to_it(folder: Path) -> None:
    server = start_embedded(folder)
    server.stop()
    with socket.create_server(("127.0.0.1", server.access.port)):
        moved = start_embedded(folder)
        shared = start_embedded(folder)
        assert moved.access.port != server.access.port
        assert shared.access == moved.access
        assert answer(shared) == b"42"
        moved.stop()


def test_an_orphaned_server_is_adopted_and_stopped(folder: Path) -> None:
    script = (
        "import sys, os, signal; from pathlib import Path; from xiaolu.kit.postgres import start_embedded\n"
        "start_embedded(Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(folder)], check=False)
    assert killed.returncode == -signal.SIGKILL
    server = start_embedded(folder)
    assert server.owned
    assert answer(server) == b"42"
    server.stop()
    assert not server.is_up()


def test_the_password_is_demanded_and_only_loopback_listens(folder: Path) -> None:
    server = start_embedded(folder)
    environment = {**os.environ, "PGPASSWORD": "wrong"}
    refused = subprocess.run(
        [str(server.programs / "psql"), "-h", "127.0.0.1", "-p", str(server.access.port), "-U", "xiaolu", "-Atc", "SELECT 1"],
        check=False, capture_output=True, env=environment,
    )  # fmt: skip
    assert refused.returncode != 0
    target = ("-h", "127.0.0.1", "-p", str(server.access.port), "-U", "xiaolu", "-d", "xiaolu")
    assert server._run("psql", *target, "-Atc", "SHOW listen_addresses").stdout.strip() == b"127.0.0.1"
    assert (server.folder / "access.json").stat().st_mode & 0o077 == 0
    server.stop()
