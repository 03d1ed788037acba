"""The department tree: who reports to whom, and so whose records are seen by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from xiaolu.access.authenticate import note_access_change
from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.rules import makes_circle
from xiaolu.access.service.audit import record_audit
from xiaolu.access.store import departments as store
from xiaolu.access.store import members as member_store
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Conflict, Invalid, NotFound
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.text import clean_line

_LONGEST_NAME = 60
_MOST_POSITION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentDraft:
    """A department about to be added."""

    name: str
    parent_id: UUID | None = None
    manager_id: UUID | None = None
    position: int = 0


class DepartmentChange(msgspec.Struct, frozen=True, kw_only=True):
    """What shall change of a department; what is unset stays."""

    name: str | UnsetType = UNSET
    parent_id: UUID | UnsetType | None = UNSET
    manager_id: UUID | UnsetType | None = UNSET
    position: int | UnsetType = UNSET
    archived: bool | UnsetType = UNSET


async def create_department(ctx: Context, draft: DepartmentDraft) -> UUID:
    """Add a department; needs the ability ``members``."""
    require_ability(ctx, "members")
    await member_store.lock_access(ctx.uow)
    department_id = new_id()
    change = DepartmentChange(
        name=draft.name, parent_id=draft.parent_id, manager_id=draft.manager_id, position=draft.position
    )
    columns, problems = await _read_change(ctx, change, department_id, None)
    if problems:
        raise Invalid("department.invalid", problems)
    await ctx.uow.write(store.insert_department({**columns, "id": department_id, "created_at": ctx.now}))
    note_access_change(ctx.uow)
    await _audit(ctx, "department.created", department_id, str(columns["name"]))
    return department_id


async def change_department(
    ctx: Context, department_id: UUID, change: DepartmentChange, *, version: int | None = None
) -> None:
    """Rename, move, hand over, archive or revive a department; needs the ability ``members``.

    Raises:
        NotFound; Invalid with each problem at its field (a circle included); Conflict (somebody else changed it since
        ``version``, or it still has members or departments below and so cannot be archived).
    """
    require_ability(ctx, "members")
    await member_store.lock_access(ctx.uow)
    current = await store.read_department(ctx.uow, department_id)
    if current is None:
        raise NotFound("department.unknown")
    columns, problems = await _read_change(ctx, change, department_id, current)
    if problems:
        raise Invalid("department.invalid", problems)
    if change.archived is not UNSET:
        if change.archived:
            await _check_empty(ctx, current)
        columns["archived_at"] = (current["archived_at"] or ctx.now) if change.archived else None
    if not await ctx.uow.write(store.update_department(department_id, columns, version=version)):
        raise Conflict("department.changed", current=current["version"])
    note_access_change(ctx.uow)
    await _audit_change(ctx, current, columns)


async def archive_department(ctx: Context, department_id: UUID) -> None:
    """Take an empty department out of use; its records keep naming it."""
    await change_department(ctx, department_id, DepartmentChange(archived=True))


async def list_departments(ctx: Context, *, archived: bool = False) -> list[Row]:
    """Return all departments; every member may know the tree."""
    return list(await store.list_departments(ctx.uow, archived=archived))


async def read_department(ctx: Context, department_id: UUID) -> Row:
    """Return one department."""
    row = await store.read_department(ctx.uow, department_id)
    if row is None:
        raise NotFound("department.unknown")
    return row


async def _read_change(
    ctx: Context, change: DepartmentChange, department_id: UUID, current: Row | None
) -> tuple[dict[str, Any], list[Problem]]:
    columns: dict[str, Any] = {}
    problems: list[Problem] = []
    if change.position is not UNSET:
        columns["position"] = change.position
        if not 0 <= change.position <= _MOST_POSITION:
            problems.append(problem("department.position", "position", maximum=_MOST_POSITION))
    if change.manager_id is not UNSET:
        columns["manager_id"] = change.manager_id
        if change.manager_id is not None and not await member_store.is_active(ctx.uow, change.manager_id):
            problems.append(problem("member.unknown", "manager"))
    if change.parent_id is not UNSET:
        columns["parent_id"] = change.parent_id
        problems.extend(await _check_parent(ctx, department_id, change.parent_id))
    if change.name is not UNSET:
        columns["name"] = clean_line(change.name)
    if change.name is not UNSET or change.parent_id is not UNSET:
        name = columns.get("name", None if current is None else current["name"])
        parent = columns.get("parent_id", None if current is None else current["parent_id"])
        problems.extend(await _check_name(ctx, department_id, str(name), parent))
    return columns, problems


async def _check_parent(ctx: Context, department_id: UUID, parent_id: UUID | None) -> list[Problem]:
    if parent_id is None:
        return []
    if parent_id == department_id or makes_circle(await store.parents(ctx.uow), department_id, parent_id):
        return [problem("department.circle", "parent")]
    if not await store.is_active(ctx.uow, parent_id):
        return [problem("department.unknown", "parent")]
    return []


async def _check_name(ctx: Context, department_id: UUID, name: str, parent_id: UUID | None) -> list[Problem]:
    if not 1 <= len(name) <= _LONGEST_NAME:
        return [problem("department.name_length", "name", maximum=_LONGEST_NAME)]
    if await store.name_taken(ctx.uow, name, parent_id, but=department_id):
        return [problem("department.name_taken", "name", name=name)]
    return []


async def _check_empty(ctx: Context, current: Row) -> None:
    children = await store.count_children(ctx.uow, current["id"])
    if current["members"] or children:
        raise Conflict("department.not_empty", members=current["members"], children=children)


async def _audit_change(ctx: Context, current: Row, columns: Mapping[str, Any]) -> None:
    before = {key: _plain(current[key]) for key in columns if current[key] != columns[key]}
    if not before:
        return
    archived = "archived_at" in before
    action = "department.changed"
    if archived:
        action = "department.revived" if columns["archived_at"] is None else "department.archived"
    detail = {} if archived else {"before": before, "after": {key: _plain(columns[key]) for key in before}}
    await _audit(ctx, action, current["id"], current["name"], detail)


async def _audit(
    ctx: Context, action: str, department_id: UUID, name: str, detail: Mapping[str, Any] | None = None
) -> None:
    await record_audit(
        ctx, action, subject_kind="department", subject_id=department_id, subject_text=name, detail=detail
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
