"""A platform's turn, and what was found about it in all its turns."""

from dataclasses import dataclass, field
from statistics import mean

from benchmarks.load import Outcome, load
from benchmarks.peers.platform import ASKED_AGAIN, OPERATIONS, Operation, Platform, Unavailable

WARM_UP = 0.4
"""Share of a measurement's length that goes before it uncounted."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long and how hard everybody is asked."""

    seconds: float
    connections: int
    import_rows: int


@dataclass(slots=True)
class Found:
    """The figures of one platform, a value for each of its turns."""

    platform: Platform
    figures: dict[str, list[float]] = field(default_factory=dict)
    is_able: bool = True
    """Whether it takes its next turn."""

    def add(self, what: str, figure: float) -> None:
        """Keep a figure."""
        self.figures.setdefault(what, []).append(figure)

    def figure(self, what: str) -> float | None:
        """Return the mean of all turns, if there were any."""
        values = self.figures.get(what)
        return mean(values) if values else None

    def take_turn(self, terms: Terms, *, with_import: bool) -> None:
        """Start the server, ask it everything, and stop it."""
        platform = self.platform
        try:
            self.add("start", platform.start())
            operations = platform.operations()
            for name in OPERATIONS:
                self.add(name, _rate(platform, name, operations[name], terms))
            self.add("memory", platform.memory())
            if with_import:
                self.add("import", terms.import_rows / platform.import_deals(terms.import_rows))
        finally:
            platform.stop()
        self._ask_again(terms)

    def _ask_again(self, terms: Terms) -> None:
        platform = self.platform
        try:
            keeps = platform.start_keeping()
            operations = platform.operations() if keeps else {}
            for name in ASKED_AGAIN:
                figure = _rate(platform, name, operations[name], terms) if keeps else self.figures[name][-1]
                self.add(f"{name}_again", figure)
        finally:
            platform.stop()


def _rate(platform: Platform, name: str, operation: Operation, terms: Terms) -> float:
    outcome = Outcome()
    for seconds in (terms.seconds * WARM_UP, terms.seconds):
        outcome = load(
            platform.url, operation.make, connections=terms.connections, seconds=seconds, refusal=operation.refusal
        )
    if outcome.failed:
        raise Unavailable(f"{outcome.failed} requests of “{name}” failed: {outcome.first_failure[:300]}")
    return outcome.rate / operation.calls
