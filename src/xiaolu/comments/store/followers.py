"""SQL of followers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.comments.model import Subject
from xiaolu.comments.store.comments import subject_of
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import compose, ident, param, uuids
from xiaolu.metadata.model.workspace import table_of


async def select_choices(uow: UnitOfWork, entity: str, ids: Collection[UUID]) -> dict[UUID, dict[UUID, bool]]:
    """Return by record who chose to follow it and who chose not to."""
    rows = await uow.fetch(
        compose(
            "SELECT record_id, member_id, is_following FROM follower WHERE entity = {entity} AND record_id = ANY({ids})",
            entity=param(entity, "text"),
            ids=uuids(ids),
        )
    )
    found: dict[UUID, dict[UUID, bool]] = defaultdict(dict)
    for row in rows:
        found[row["record_id"]][row["member_id"]] = row["is_following"]
    return found


async def set_following(
    ctx: Context, subject: Subject, members: Sequence[UUID], *, is_following: bool, overrules: bool
) -> None:
    """Keep that members follow a record or do not; an earlier choice of theirs stays unless this one overrules it."""
    if not members:
        return
    clause = "UPDATE SET is_following = excluded.is_following, at = excluded.at" if overrules else "NOTHING"
    await ctx.uow.write(
        compose(
            "INSERT INTO follower (entity, record_id, member_id, is_following, at) "
            "SELECT {entity}, {record}, id, {wants}, {now} FROM unnest({members}) AS f(id) "
            "ON CONFLICT (entity, record_id, member_id) DO " + clause,
            entity=param(subject.entity, "text"),
            record=param(subject.id, "uuid"),
            wants=param(is_following, "boolean"),
            now=param(ctx.now, "timestamptz"),
            members=uuids(members),
        )
    )


async def select_subjects(uow: UnitOfWork, entity: str, ids: Collection[UUID]) -> list[Subject]:
    """Return live records, whoever may read them: their followers are asked one by one."""
    rows = await uow.fetch(
        compose(
            "SELECT r.id, r.version, r.owner, r.created_by, r.stage, r.deleted_at FROM {table} r "
            "WHERE r.id = ANY({ids}) AND r.deleted_at IS NULL",
            table=ident(table_of(entity)),
            ids=uuids(ids),
        )
    )
    return [subject_of(entity, row) for row in rows]


async def move_followers(uow: UnitOfWork, entity: str, from_ids: Collection[UUID], to_id: UUID) -> None:
    """Let who followed merged records follow the one that is kept."""
    await uow.write(
        compose(
            "INSERT INTO follower (entity, record_id, member_id, is_following, at) "
            "SELECT entity, {to}, member_id, true, max(at) FROM follower "
            "WHERE entity = {entity} AND record_id = ANY({ids}) AND is_following GROUP BY entity, member_id "
            "ON CONFLICT (entity, record_id, member_id) DO NOTHING",
            to=param(to_id, "uuid"),
            entity=param(entity, "text"),
            ids=uuids(from_ids),
        )
    )


async def select_active(uow: UnitOfWork, ids: Collection[UUID]) -> set[UUID]:
    """Return those of the members who have not left."""
    rows = await uow.fetch(
        compose("SELECT id FROM member WHERE id = ANY({ids}) AND disabled_at IS NULL", ids=uuids(ids))
    )
    return {row["id"] for row in rows}


async def select_reached(uow: UnitOfWork, department: UUID) -> set[UUID]:
    """Return whom a share with a department reaches: its members, those of departments below, and its manager."""
    rows = await uow.fetch(
        compose(
            "WITH RECURSIVE below AS (SELECT {department}::uuid AS id "
            "UNION SELECT d.id FROM department d JOIN below ON d.parent_id = below.id) "
            "SELECT m.id FROM member m WHERE m.disabled_at IS NULL AND (m.department_id IN (SELECT id FROM below) "
            "OR m.id = (SELECT d.manager_id FROM department d WHERE d.id = {department}))",
            department=param(department, "uuid"),
        )
    )
    return {row["id"] for row in rows}
