"""The figures of all platforms side by side."""

from collections.abc import Sequence

from benchmarks.peers.measuring import Found

TIMES = 10
"""How many times the better of the others we want to reach."""
LINES = {
    "list": ("list of 50 with owner and customer, and count", "/s"),
    "aggregate": ("count and sum by stage and owner", "/s"),
    "list_again": ("the lists again, nobody writes", "/s"),
    "aggregate_again": ("the figures again, nobody writes", "/s"),
    "update": ("update of one field", "/s"),
    "create": ("create with fifteen fields", "/s"),
    "import": ("import, owner and customer by name", " rows/s"),
    "start": ("start to the first list, database up", " s"),
    "memory": ("memory of the server's processes after the load", " MB"),
}
LESS_IS_BETTER = {"start", "memory"}


def print_table(found: Sequence[Found]) -> None:
    """Print a line for each thing measured: ours first, then the others, then how many times the better of them we reach."""
    names = [f"{each.platform.name} {each.platform.version}".strip() for each in found]
    print(f"| what | {' | '.join(names)} | times the better | goal | |")
    print(f"|{'---|' * (len(names) + 4)}")
    for key, (what, unit) in LINES.items():
        figures = [each.figure(key) for each in found]
        shown = " | ".join("—" if figure is None else f"{_rounded(figure)}{unit}" for figure in figures)
        print(f"| {what} | {shown} | {_judged(key, figures)} |", flush=True)


def _rounded(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.1f}"


def _judged(key: str, figures: Sequence[float | None]) -> str:
    ours, *others = figures
    known = [figure for figure in others if figure is not None]
    if ours is None or not known:
        return f"— | ≥ {TIMES} | "
    times = min(known) / ours if key in LESS_IS_BETTER else ours / max(known)
    return f"{times:.1f} | ≥ {TIMES} | {'met' if times >= TIMES else 'missed'}"
