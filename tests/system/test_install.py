"""The README's first command, as somebody runs it who has only cloned the repository: an empty home, nothing installed."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.system.place import Person, Place, free_port, new_folder

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 420
"""Longest wait for the whole set-up: everything is fetched anew, while other tests run beside it."""

NETWORK = re.compile(r"(pip|uv|npm_config)_.*|.*(_proxy|_cert|_certs|_ca_bundle|cert_file|cert_dir)$", re.IGNORECASE)
"""Settings by which this machine reaches package registries."""


@pytest.fixture
def clone() -> Iterator[Path]:
    """A clone of what is committed, beside an empty home and an empty data folder."""
    folder = new_folder("install")
    try:
        subprocess.run(["git", "clone", "-q", "--no-local", str(ROOT), str(folder / "xiaolu")], check=True)
        for name in ("home", "data"):
            (folder / name).mkdir()
            (folder / name).chmod(0o711)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Return what a login shell has: no settings of ours, no virtual environment, no caches."""
    return {
        "HOME": str(folder / "home"),
        "PATH": os.pathsep.join(each for each in os.environ["PATH"].split(os.pathsep) if ".venv" not in each),
        "LANG": "C.UTF-8",
        "XIAOLU_DATA_DIR": str(folder / "data"),
        "XIAOLU_PORT": str(port),
        **{key: value for key, value in os.environ.items() if NETWORK.match(key)},
    }


def test_one_command_brings_up_the_platform(clone: Path) -> None:
    """`make run` installs, builds, makes the demo company and answers; the accounts that it prints sign in."""
    port = free_port()
    place = Place(clone / "data", port=port)
    with (clone / "data-server.log").open("wb") as log:
        running = subprocess.Popen(
            ["make", "run", "SERVE=--demo-leads 20"],
            cwd=clone / "xiaolu", env=_environment(clone, port), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    place.servers.append(running)
    try:
        place.await_answer(running, SECONDS)
        page = httpx.get(place.url, timeout=30).text
        script = re.search(r'src="(/assets/[^"]+[.]js)"', page)
        assert script is not None
        assert httpx.get(place.url + script[1], timeout=30).status_code == 200
        said = place.log()
        for login in ("rep", "supervisor", "director", "admin"):
            given = re.search(rf"^\s*{login}\s+(\S+)", said, re.MULTILINE)
            assert given is not None, said
            person = Person(place.url)
            person.sign_in(login, given[1])
            assert person.get("/definitions")["entities"]
            person.close()
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGTERM)
        place.stop()
