"""Other platforms in the same run: their own clients, their figures beside ours.

A folder of peers holds client programs; each is told by options which server to ask, and prints one JSON object a line
with ``op``, ``c`` (connections), ``rps``, ``p50_ms`` and ``p95_ms``. The servers must already run, on the loopback
interface, one at a time.

A client that knows its server by itself (a peer given by its name alone) is run as ``<name>_bench.py run --reps 1 --secs N``
in a folder of its own, where it leaves ``<name>.json``: under ``median``, by the name of the measurement, ``rps``,
``concurrency``, ``p50_ms`` and ``p95_ms``, or ``rows_per_s``.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.cases import Line

NAMES = {
    "create": "create", "create_auto": "create with automation", "list": "list of 50 with count", "agg": "aggregate",
    "update": "update", "import": "import",
}  # fmt: skip


def measure_peer(folder: Path, peer: str, seconds: float) -> Iterator[Line]:
    """Run one peer's client: ``peer`` is ``name=address,user:password``."""
    name, _, rest = peer.partition("=")
    if not rest:
        yield from _measure_by_itself(folder, name, seconds)
        return
    address, _, secret = rest.partition(",")
    if urlsplit(address).hostname not in {"127.0.0.1", "localhost"}:
        raise ValueError("load goes to the loopback interface only")
    program = _client(folder, name)
    command = [
        sys.executable, str(program), "--target", name, "--url", address, "--auth", secret, "--seconds", str(seconds),
        "--repeats", "1", "--lock", "/dev/null", "--import-rows", "2000",
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    for text in done.stdout.splitlines():
        if text.startswith('{"'):
            yield _line(name, json.loads(text))


def _client(folder: Path, name: str) -> Path:
    program = folder / f"{name}_bench.py"
    if not program.is_file():
        raise FileNotFoundError(f"no client for {name} in {folder}")
    return program


def _measure_by_itself(folder: Path, name: str, seconds: float) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as place:
        program = shutil.copy(_client(folder, name), place)
        interpreter = os.environ.get("PEER_PYTHON", sys.executable)  # with the libraries that the client needs
        command = [interpreter, program, "run", "--reps", "1", "--secs", str(seconds)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=place)
        found = json.loads((Path(place) / f"{name}.json").read_bytes())["median"]
    for what, run in found.items():
        if "rows_per_s" in run:
            yield _line(name, {"op": what, "rows_s": run["rows_per_s"]})
        elif "p50_ms" in run:
            yield _line(name, {"op": what, "c": run["concurrency"], **run})


def _line(name: str, run: dict[str, float | str]) -> Line:
    what = NAMES.get(str(run["op"]), str(run["op"]))
    if "rows_s" in run:
        return Line(f"{name}: {what}", f"{run['rows_s']:,.0f} rows/s", "—", "—", "—", None)
    shown = f"{run['rps']:,.0f}/s p50 {run['p50_ms']} ms p95 {run['p95_ms']} ms"
    return Line(f"{name}: {what}, concurrency {run['c']}", shown, "—", "—", "—", None)
