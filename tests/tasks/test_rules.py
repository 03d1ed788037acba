"""Who gets a task, and when to remind."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from xiaolu.tasks.model import Candidate, Department, OrgChart
from xiaolu.tasks.rules import choose_member, escalation_target, next_reminder

HQ, EAST, TEAM, TECH, TECH_EAST = (UUID(int=each) for each in range(1, 6))
ANN, BEN, CAT, DAN = (UUID(int=each) for each in range(11, 15))
CHART = OrgChart(
    {
        HQ: Department(HQ, None, DAN),
        EAST: Department(EAST, HQ, CAT),
        TEAM: Department(TEAM, EAST, BEN),
        TECH: Department(TECH, HQ, None),
        TECH_EAST: Department(TECH_EAST, EAST, None),
    }
)
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_the_nearest_takes_it_then_the_least_busy_then_the_first() -> None:
    everybody = [Candidate(ANN, TECH, 0), Candidate(BEN, TECH_EAST, 9), Candidate(CAT, TEAM, 50)]
    assert choose_member(everybody, TEAM, CHART) == CAT
    assert choose_member(everybody[:2], TEAM, CHART) == BEN
    assert choose_member(everybody, HQ, CHART) == ANN
    assert choose_member([Candidate(BEN, TECH, 2), Candidate(ANN, TECH, 1)], TEAM, CHART) == ANN
    assert choose_member([Candidate(BEN, TECH, 1), Candidate(ANN, TECH, 1)], TEAM, CHART) == ANN
    assert choose_member([Candidate(BEN, None, 0), Candidate(ANN, TECH, 5)], TEAM, CHART) == ANN
    assert choose_member([], TEAM, CHART) is None


@given(
    st.permutations(
        [Candidate(ANN, TECH, 1), Candidate(BEN, TECH, 1), Candidate(CAT, EAST, 3), Candidate(DAN, None, 0)]
    ),
    st.sampled_from([TEAM, EAST, TECH, HQ, None]),
)
def test_the_choice_does_not_depend_on_the_order(candidates: list[Candidate], department: UUID | None) -> None:
    assert choose_member(candidates, department, CHART) == choose_member(
        sorted(candidates, key=lambda each: each.id.int), department, CHART
    )


def test_managers_above_leave_the_owner_out() -> None:
    assert CHART.managers_above(TEAM) == (BEN, CAT, DAN)
    assert CHART.managers_above(TEAM, besides=BEN) == (CAT, DAN)
    assert CHART.managers_above(TECH) == (DAN,)
    assert CHART.managers_above(None) == ()


def test_steps_of_an_escalation() -> None:
    managers = (BEN, CAT, DAN)
    assert [escalation_target(each, managers) for each in ("supervisor", "region", "head")] == [BEN, CAT, DAN]
    assert [escalation_target(each, (BEN,)) for each in ("supervisor", "region", "head")] == [BEN] * 3
    assert escalation_target("supervisor", ()) is None


def test_a_loop_in_the_tree_ends() -> None:
    loop = OrgChart({HQ: Department(HQ, EAST, ANN), EAST: Department(EAST, HQ, BEN)})
    assert loop.path(HQ) == (HQ, EAST)


@given(st.integers(-400, 400))
def test_reminders_lie_ahead_and_end(hours: int) -> None:
    due = NOW + timedelta(hours=48)
    at = due + timedelta(hours=hours)
    found = next_reminder(due, at)
    if found is None:
        assert hours >= 7 * 24
    else:
        assert found > at
        assert due - timedelta(hours=2) <= found <= due + timedelta(days=7)


def test_without_a_due_date_nobody_is_reminded() -> None:
    assert next_reminder(None, NOW) is None
