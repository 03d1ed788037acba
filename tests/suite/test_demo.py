"""The demo company keeps the hours that people keep."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xiaolu.demo.story import CHINA, by_day

MORNING = datetime(2026, 9, 1, 8, 30, tzinfo=UTC) - CHINA


@given(st.integers(0, 10 * 60), st.floats(0.1, 200))
def test_nobody_calls_on_customers_at_night(minutes: int, hours: float) -> None:
    now = MORNING + timedelta(minutes=minutes)
    told = by_day(now, hours)
    assert 8 <= (told + CHINA).hour < 19
    assert told <= now - timedelta(minutes=5)
    assert abs(told - (now - timedelta(hours=hours))) <= timedelta(hours=8)
