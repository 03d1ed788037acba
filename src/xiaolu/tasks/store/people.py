"""SQL of the people that tasks go to."""

from collections.abc import Collection
from uuid import UUID

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import compose, param, raw
from xiaolu.tasks.model import Candidate, Department, OrgChart


async def load_chart(uow: UnitOfWork) -> OrgChart:
    """Return the department tree; managers who were disabled are left out."""
    rows = await uow.fetch(
        raw(
            "SELECT d.id, d.parent_id, m.id AS manager_id FROM department d "
            "LEFT JOIN member m ON m.id = d.manager_id AND m.disabled_at IS NULL WHERE d.archived_at IS NULL"
        )
    )
    return OrgChart({row["id"]: Department(row["id"], row["parent_id"], row["manager_id"]) for row in rows})


async def select_candidates(uow: UnitOfWork, roles: Collection[str]) -> dict[str, list[Candidate]]:
    """Return the active members of each role with how many open tasks they have."""
    rows = await uow.fetch(
        compose(
            "SELECT mr.role, m.id, m.department_id, "
            "(SELECT count(*) FROM task t WHERE t.assignee = m.id AND t.state = 'open') AS load "
            "FROM member_role mr JOIN member m ON m.id = mr.member_id WHERE mr.role = ANY({roles}) AND m.disabled_at IS NULL",
            roles=param(list(roles), "text[]"),
        )
    )
    found: dict[str, list[Candidate]] = {role: [] for role in roles}
    for row in rows:
        found[row["role"]].append(Candidate(row["id"], row["department_id"], row["load"]))
    return found


async def select_member(uow: UnitOfWork, member_id: UUID) -> Row | None:
    """Return name, department and disabled_at of a member."""
    return await uow.fetch_one(
        compose("SELECT id, name, department_id, disabled_at FROM member WHERE id = {id}", id=param(member_id, "uuid"))
    )
