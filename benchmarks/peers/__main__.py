"""``make bench-peers``: the same work on Xiaolu, NocoBase and Tryton in one run, one server at a time, in turn."""

import argparse
import contextlib
import os
import platform as machine
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg

from benchmarks.calling import Unexpected
from benchmarks.peers.measuring import Found, Terms
from benchmarks.peers.nocobase import NocoBase
from benchmarks.peers.ours import Xiaolu
from benchmarks.peers.platform import Platform, Unavailable
from benchmarks.peers.table import print_table
from benchmarks.peers.tryton import Tryton
from xiaolu.kit.postgres import EmbeddedServer, start_embedded

PEERS: dict[str, Callable[[EmbeddedServer], Platform]] = {"nocobase": NocoBase, "tryton": Tryton}


def main() -> None:
    """Prepare the platforms, let them take turns, and print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.peers")
    parser.add_argument("--peer", choices=list(PEERS), action="append", help="all unless named")
    parser.add_argument("--rows", type=int, default=100_000, help="deals in the table (default 100,000)")
    parser.add_argument("--seconds", type=float, default=5, help="length of each measurement")
    parser.add_argument("--rounds", type=int, default=2, help="how often the platforms take turns")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--import-rows", type=int, default=4_000)
    options = parser.parse_args()
    begun = time.perf_counter()
    print(
        f"{machine.platform()}, {os.cpu_count()} cores, {options.rows:,} records, {options.connections} connections, load {os.getloadavg()[0]:.1f} at the start"
    )
    with _database() as (server, folder):
        taking_part: list[Platform] = [Xiaolu(server, folder)]
        taking_part += [PEERS[name](server) for name in options.peer or PEERS]
        found = run(taking_part, options)
    print_table(found)
    print(f"\n{time.perf_counter() - begun:.0f} s")


@contextlib.contextmanager
def _database() -> Iterator[tuple[EmbeddedServer, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="xiaolu-peers-", dir="/tmp"))
    folder.chmod(0o711)
    server = start_embedded(folder)
    try:
        yield server, folder
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def run(platforms: list[Platform], options: argparse.Namespace) -> list[Found]:
    """Prepare what can be prepared and measure it in turn."""
    terms = Terms(options.seconds, options.connections, options.import_rows)
    found = [Found(each) for each in platforms]
    for each in found:
        print(f"preparing {each.platform.name} …", file=sys.stderr, flush=True)
        with _telling(each):
            each.platform.prepare(options.rows)
    for number in range(options.rounds):
        for each in found:
            if each.is_able:
                print(f"turn {number + 1} of {each.platform.name} …", file=sys.stderr, flush=True)
                with _telling(each):
                    each.take_turn(terms, with_import=number == options.rounds - 1)
    return found


@contextlib.contextmanager
def _telling(found: Found) -> Iterator[None]:
    """A platform that cannot go on says so in one line and takes no further part; ours may not fail."""
    try:
        yield
    except (Unavailable, Unexpected, OSError, TimeoutError, asyncpg.PostgresError) as error:
        found.platform.stop()
        if isinstance(found.platform, Xiaolu):
            raise
        found.is_able = False
        print(f"{found.platform.name} takes no further part: {' '.join(str(error).split())}", flush=True)


if __name__ == "__main__":
    main()
