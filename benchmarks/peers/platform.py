"""What is asked of a platform that takes part, and how one says that it cannot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

OPERATIONS = ("list", "aggregate", "update", "create")
"""What is measured under load, in this order: what adds rows comes last."""


ASKED_AGAIN = ("list", "aggregate")
"""What is asked once more of a server that keeps its answers while nobody writes."""


class Unavailable(Exception):
    """The platform cannot be installed or prepared here; the text says why, in one line."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that is asked again and again."""

    make: Callable[[], bytes]
    """Gives the next whole HTTP request."""
    calls: int = 1
    """How many requests it takes."""
    refusal: bytes = b""
    """Text that only an answer of failure holds, where the status does not tell."""


class Platform(Protocol):
    """A platform that is installed, filled, started, asked and stopped."""

    name: str
    version: str

    def prepare(self, rows: int) -> None:
        """Install what is needed, make the forms, and fill them with the same deals as everybody's."""

    def start(self) -> float:
        """Start the server; return the seconds until it has answered its first list (PostgreSQL runs already)."""

    def start_keeping(self) -> bool:
        """Start the server as it is shipped, where that keeps answers as long as they hold; False where none are kept."""

    def stop(self) -> None:
        """Stop the server, if it runs."""

    @property
    def url(self) -> str:
        """Return the address of the running server."""

    def operations(self) -> Mapping[str, Operation]:
        """Return the operations by their names, once the right answers to a list and an aggregate were seen."""

    def import_deals(self, rows: int) -> float:
        """Import a sheet of deals with owners and customers looked up by name; return the seconds."""

    def memory(self) -> float:
        """Return the resident memory of the server's processes in MB."""
