"""Members as owners of records."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.sql import compose, uuids


@dataclass(frozen=True, slots=True)
class Owner:
    """A member who can own records."""

    id: UUID
    name: str
    department_id: UUID | None


async def find_members(ctx: Context, ids: Collection[UUID]) -> dict[UUID, Owner]:
    """Return the active members among ``ids``."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT id, name, department_id FROM member WHERE id = ANY({ids}) AND disabled_at IS NULL",
            ids=uuids(ids),
        )
    )
    return {row["id"]: Owner(row["id"], row["name"], row["department_id"]) for row in rows}
