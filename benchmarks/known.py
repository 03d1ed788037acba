"""What other platforms reached: not measured in the same run, so that only the order of magnitude tells."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.cases import Line

SOURCE = "measured on two cores at 100,000 records, not in this run"
TIMES = 10
"""How many times the better platform we want to reach."""


@dataclass(frozen=True, slots=True)
class Known:
    """The better figure of NocoBase 2.2 and Tryton 8.2."""

    platform: str
    figure: float
    unit: str = "/s"
    is_less_better: bool = False


KNOWN = {
    "create, concurrency 16": Known("Tryton", 239),
    "update, concurrency 16": Known("Tryton", 189),
    "list of 50 with count, department scope, concurrency 16": Known("Tryton", 40),
    "aggregate, concurrency 16": Known("NocoBase", 29),
    "import of": Known("NocoBase, without relations", 1_341, " rows/s"),
    "start to first answer": Known("NocoBase", 6.5, " s", is_less_better=True),
    "memory of API and worker": Known("Tryton", 324, " MB", is_less_better=True),
}
"""Beginning of a line's name → what the better of the two reached (the other one: create 174/s, update 128/s, list 36/s,
aggregate 23/s, import 353 rows/s, memory 1.0 GB)."""


def against_known(line: Line) -> Iterator[Line]:
    """Give the line that puts a figure beside the better platform's."""
    known = next((each for start, each in KNOWN.items() if line.what.startswith(start)), None)
    if known is None or line.figure is None:
        return
    ratio = known.figure / line.figure if known.is_less_better else line.figure / known.figure
    yield Line(
        f"{line.what}, against {known.platform} ({SOURCE})",
        _shown(line.figure, known),
        _shown(known.figure, known),
        f"{ratio:.1f} times",
        f"≥ {TIMES} times",
        ratio >= TIMES,
    )


def _shown(figure: float, known: Known) -> str:
    return f"{figure:,.0f}{known.unit}" if figure >= 10 else f"{figure:.1f}{known.unit}"
