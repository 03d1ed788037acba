"""``make bench``: measure and print the table. ``python -m benchmarks --rows 1000000`` for the large size."""

import argparse
import os
import platform
import time
from collections.abc import Iterator

from benchmarks import cases
from benchmarks.cases import Line
from benchmarks.place import Place, place
from benchmarks.screens import boards, scrolls

WANTED = ("create", "update", "list", "aggregate", "import", "formula", "scroll", "board", "start")
MARKS = {True: "met", False: "missed", None: ""}


def main() -> None:
    """Run the chosen cases and print their lines as they come."""
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("--rows", type=int, default=100_000, help="deals in the table (default 100,000)")
    parser.add_argument("--seconds", type=float, default=6, help="length of each run")
    parser.add_argument("--import-rows", type=int, default=100_000)
    parser.add_argument("--only", choices=WANTED, action="append")
    options = parser.parse_args()
    busy = os.getloadavg()[0]
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, {options.rows:,} records, load {busy:.1f} at the start"
    )
    print("| what | ours | raw PostgreSQL | ratio | goal | |\n|---|---|---|---|---|---|", flush=True)
    begun = time.perf_counter()
    missed = 0
    with place(options.rows) as here:
        for line in measure(here, options):
            missed += line.met is False
            show(line, MARKS[line.met])
    print(f"\n{missed} goals missed; {time.perf_counter() - begun:.0f} s")


def show(line: Line, mark: str = "") -> None:
    """Print one line of the table."""
    print(f"| {line.what} | {line.ours} | {line.reference} | {line.ratio} | {line.goal} | {mark} |", flush=True)


def measure(here: Place, options: argparse.Namespace) -> Iterator[Line]:
    """Give the lines of the chosen cases."""
    wanted = options.only or WANTED
    runs = {
        "create": lambda: cases.creates(here, options.seconds),
        "update": lambda: cases.updates(here, options.seconds),
        "list": lambda: cases.lists(here, options.seconds),
        "aggregate": lambda: cases.aggregates(here, options.seconds),
        "import": lambda: cases.imports(here, options.import_rows),
        "formula": lambda: cases.formula(here),
        "scroll": lambda: scrolls(here),
        "board": lambda: boards(here),
        "start": lambda: cases.starting(here),
    }
    for name in wanted:
        yield from runs[name]()


if __name__ == "__main__":
    main()
