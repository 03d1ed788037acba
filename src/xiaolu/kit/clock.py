"""Time is an argument: services receive a clock, and tests move it."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the current instant, always aware and in UTC."""

    def now(self) -> datetime:
        """Return the current instant in UTC."""
        ...


class SystemClock:
    """The machine's clock, shifted by an offset that is zero outside tests and rehearsals."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Return the machine's time plus the offset."""
        return datetime.now(UTC) + self.offset
