"""What every signed-in member may know of the others: names and departments, for pickers; and the roles there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import ABILITIES, ADMIN_ROLE
from xiaolu.access.store import members as store
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Denied, Unauthenticated
from xiaolu.kit.i18n import message
from xiaolu.metadata.model.access import Grant

MOST_PEOPLE = 50
MOST_IDS = 500


@dataclass(frozen=True, slots=True)
class RoleSummary:
    """A role that can be given, and how many active members hold it."""

    key: str
    label: str
    abilities: tuple[str, ...]
    grants: tuple[Grant, ...]
    members: int
    is_builtin: bool


async def find_people(ctx: Context, text: str | None, *, ids: Sequence[UUID] | None = None) -> list[Row]:
    """Return people whose name, pinyin, initials or login hold ``text``, or those named by ``ids``."""
    if ctx.actor.id is None and not ctx.actor.is_system:
        raise Unauthenticated("session.required")
    if ids is not None:
        return list(await store.find_people(ctx.uow, None, list(ids)[:MOST_IDS], MOST_IDS))
    return list(await store.find_people(ctx.uow, text, None, MOST_PEOPLE))


async def list_roles(ctx: Context) -> list[RoleSummary]:
    """Return the roles, the built-in one first; for whoever manages members, builds, or makes API keys."""
    if not ctx.actor.is_system and not ctx.actor.abilities & {"members", "build", "api_keys"}:
        raise Denied("access.ability_missing", ability="members")
    held = await store.count_by_role(ctx.uow)
    builtin = RoleSummary(
        key=ADMIN_ROLE,
        label=message("role.admin", {}, ctx.language),
        abilities=ABILITIES,
        grants=(),
        members=held.get(ADMIN_ROLE, 0),
        is_builtin=True,
    )
    defined = [
        RoleSummary(
            key=role.key,
            label=role.label.text(ctx.language),
            abilities=role.abilities,
            grants=role.grants,
            members=held.get(role.key, 0),
            is_builtin=False,
        )
        for key, role in ctx.snapshot.roles.items()
        if key != ADMIN_ROLE
    ]
    return [builtin, *defined]
