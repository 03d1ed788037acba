"""What formulas ask of a work calendar; the SQL back end asks the table ``work_day`` the same questions.

``work_day(day date PRIMARY KEY, is_working boolean, ordinal integer)``: ``ordinal`` counts the working days up to and
including ``day``.
"""

from datetime import date
from typing import Protocol


class WorkCalendar(Protocol):
    """Knows which days are worked, public holidays and make-up days included."""

    def is_working(self, day: date) -> bool | None:
        """Tell whether ``day`` is worked; None outside the years that the calendar covers."""
        ...

    def ordinal(self, day: date) -> int | None:
        """Count the working days up to and including ``day``; None outside the years that the calendar covers."""
        ...

    def day_at(self, ordinal: int) -> date | None:
        """Return the working day with this ordinal; None outside the years that the calendar covers."""
        ...
