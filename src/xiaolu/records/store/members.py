"""Members as owners of records."""

from dataclasses import dataclass
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.sql import compose, param


@dataclass(frozen=True, slots=True)
class Owner:
    """A member who can own records."""

    id: UUID
    name: str
    department_id: UUID | None


async def find_member(ctx: Context, identifier: UUID) -> Owner | None:
    """Return an active member."""
    row = await ctx.uow.fetch_one(
        compose(
            "SELECT id, name, department_id FROM member WHERE id = {id} AND disabled_at IS NULL", id=param(identifier, "uuid")
        )
    )
    return None if row is None else Owner(row["id"], row["name"], row["department_id"])
