"""SQL of guided tours."""

from datetime import datetime
from uuid import UUID

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import all_of, compose, param
from xiaolu.studio.tours.model import Progress


async def select_progress(uow: UnitOfWork, member: UUID) -> dict[str, Progress]:
    """Return how far a member has come, by tour."""
    rows = await uow.fetch(
        compose(
            "SELECT tour, state, step, done, started_at, changed_at FROM tour_progress WHERE member_id = {member}",
            member=param(member, "uuid"),
        )
    )
    return {row["tour"]: Progress(**{key: row[key] for key in Progress.__struct_fields__}) for row in rows}


async def write_progress(uow: UnitOfWork, member: UUID, progress: Progress) -> None:
    """Write how far a member has come."""
    await uow.write(
        compose(
            "INSERT INTO tour_progress (member_id, tour, state, step, done, started_at, changed_at) "
            "VALUES ({member}, {tour}, {state}, {step}, {done}, {started}, {changed}) ON CONFLICT (member_id, tour) DO UPDATE "
            "SET state = excluded.state, step = excluded.step, done = excluded.done, started_at = excluded.started_at, "
            "changed_at = excluded.changed_at",
            member=param(member, "uuid"),
            tour=param(progress.tour, "text"),
            state=param(progress.state, "text"),
            step=param(progress.step, "text"),
            done=param(list(progress.done), "text[]"),
            started=param(progress.started_at, "timestamptz"),
            changed=param(progress.changed_at, "timestamptz"),
        )
    )


async def has_done(uow: UnitOfWork, member: UUID, kind: str, *, entity: str | None, since: datetime) -> bool:
    """Tell whether a member set off an event of a kind since an instant."""
    conditions = [
        compose(
            "actor_id = {member} AND kind = {kind} AND at >= {since}",
            member=param(member, "uuid"),
            kind=param(kind, "text"),
            since=param(since, "timestamptz"),
        )
    ]
    if entity is not None:
        conditions.append(compose("entity = {entity}", entity=param(entity, "text")))
    found: bool = await uow.fetch_value(
        compose("SELECT EXISTS (SELECT FROM event WHERE {conditions})", conditions=all_of(conditions))
    )
    return found


async def has_published(uow: UnitOfWork, member: UUID, since: datetime) -> bool:
    """Tell whether a member published definitions since an instant."""
    found: bool = await uow.fetch_value(
        compose(
            "SELECT EXISTS (SELECT FROM audit WHERE actor_id = {member} AND action IN ('definitions.published', 'definitions.restored', 'app.installed') AND at >= {since})",
            member=param(member, "uuid"),
            since=param(since, "timestamptz"),
        )
    )
    return found
