"""Decisions about tasks: who gets one, when to remind, who may hand one on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from xiaolu.access.model import Actor
from xiaolu.tasks.model import Candidate, OrgChart

REMIND_BEFORE = timedelta(hours=2)
REMIND_EVERY = timedelta(hours=24)
MAY_BE_OFF = ("follow", "mention", "share", "process", "reminder", "public", "obstacle")
"""Kinds of notifications that members may switch off. Tasks, escalations, announcements, approvals and publications must
reach them."""
REMIND_FOR = timedelta(days=7)
"""How long after it was due a task is reminded of; then it is left alone (and stays overdue in the inbox)."""


def choose_member(candidates: Sequence[Candidate], department_id: UUID | None, chart: OrgChart) -> UUID | None:
    """Return who takes a task of a record of ``department_id``: the nearest in the tree, then the least busy.

    Nearest: fewest steps up from the record's department until a department is reached that the member belongs to or
    is below of; then fewest steps down. Among equals the one who joined first, so that the choice can be repeated.
    """
    path = chart.path(department_id)

    def distance(candidate: Candidate) -> tuple[int, int, int, str]:
        for down, each in enumerate(chart.path(candidate.department_id)):
            if each in path:
                return path.index(each), down, candidate.load, str(candidate.id)
        return len(path), len(chart.departments), candidate.load, str(candidate.id)

    return min(candidates, key=distance).id if candidates else None


def escalation_target(step: str, managers: Sequence[UUID]) -> UUID | None:
    """Return the manager whom a step of an escalation means: supervisor, region (the next above) or head (the topmost).

    Where the tree is lower than the chain, the topmost manager stands in.
    """
    if not managers:
        return None
    position = {"supervisor": 0, "region": 1}.get(step, len(managers) - 1)
    return managers[min(position, len(managers) - 1)]


def next_reminder(due_at: datetime | None, now: datetime) -> datetime | None:
    """Return the next instant after ``now`` to remind of an open task: two hours before, when due, then daily for a week."""
    if due_at is None:
        return None
    moments = [due_at - REMIND_BEFORE]
    moments += [due_at + REMIND_EVERY * day for day in range(REMIND_FOR // REMIND_EVERY + 1)]
    return next((each for each in moments if each > now), None)


def may_hand_on(actor: Actor, assignee: UUID, assignee_department: UUID | None, chart: OrgChart) -> bool:
    """Tell whether somebody may give a task to another: its holder, whoever manages the holder, the administrators."""
    return actor.is_admin or actor.id == assignee or actor.id in chart.managers_above(assignee_department)
