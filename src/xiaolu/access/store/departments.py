"""SQL of the department tree."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import Sql, compose, ident, join, param, raw

_TYPES = {
    "id": "uuid",
    "name": "text",
    "parent_id": "uuid",
    "manager_id": "uuid",
    "position": "integer",
    "created_at": "timestamptz",
    "archived_at": "timestamptz",
}
_COLUMNS = """d.id, d.version, d.name, d.parent_id, d.manager_id, d.position, d.archived_at, m.name AS manager,
    (SELECT count(*) FROM member x WHERE x.department_id = d.id AND x.disabled_at IS NULL) AS members"""


async def list_departments(uow: UnitOfWork, *, archived: bool) -> Sequence[Row]:
    """Return all departments, in the order of their siblings."""
    return await uow.fetch(
        compose(
            "SELECT {columns} FROM department d LEFT JOIN member m ON m.id = d.manager_id "
            "WHERE {archived} OR d.archived_at IS NULL ORDER BY d.position, d.name, d.id",
            columns=raw(_COLUMNS),
            archived=param(archived, "boolean"),
        )
    )


async def read_department(uow: UnitOfWork, department_id: UUID) -> Row | None:
    """Return a department with its manager's name and how many active members it has."""
    return await uow.fetch_one(
        compose(
            "SELECT {columns} FROM department d LEFT JOIN member m ON m.id = d.manager_id WHERE d.id = {id}",
            columns=raw(_COLUMNS),
            id=param(department_id, "uuid"),
        )
    )


async def parents(uow: UnitOfWork) -> dict[UUID, UUID | None]:
    """Return each department's parent."""
    return {row["id"]: row["parent_id"] for row in await uow.fetch(raw("SELECT id, parent_id FROM department"))}


async def is_active(uow: UnitOfWork, department_id: UUID) -> bool:
    """Tell whether there is such a department, not archived."""
    active: bool = await uow.fetch_value(
        compose(
            "SELECT EXISTS (SELECT FROM department WHERE id = {id} AND archived_at IS NULL)",
            id=param(department_id, "uuid"),
        )
    )
    return active


async def name_taken(uow: UnitOfWork, name: str, parent_id: UUID | None, *, but: UUID | None) -> bool:
    """Tell whether another department in force beside it has this name."""
    taken: bool = await uow.fetch_value(
        compose(
            "SELECT EXISTS (SELECT FROM department WHERE name = {name} AND parent_id IS NOT DISTINCT FROM {parent} "
            "AND id IS DISTINCT FROM {but} AND archived_at IS NULL)",
            name=param(name, "text"),
            parent=param(parent_id, "uuid"),
            but=param(but, "uuid"),
        )
    )
    return taken


async def count_children(uow: UnitOfWork, department_id: UUID) -> int:
    """Return how many departments in force lie directly below."""
    found: int = await uow.fetch_value(
        compose(
            "SELECT count(*) FROM department WHERE parent_id = {id} AND archived_at IS NULL",
            id=param(department_id, "uuid"),
        )
    )
    return found


def insert_department(values: Mapping[str, Any]) -> Sql:
    """Return the statement that adds a department with these columns."""
    return compose(
        "INSERT INTO department ({columns}) VALUES ({values})",
        columns=join(", ", [ident(key) for key in values]),
        values=join(", ", [param(value, _TYPES[key]) for key, value in values.items()]),
    )


def update_department(department_id: UUID, values: Mapping[str, Any], *, version: int | None) -> Sql:
    """Return the statement that changes columns, unless somebody else was faster; returns the new version."""
    assignments = [ident(key) + raw(" = ") + param(value, _TYPES[key]) for key, value in values.items()]
    return compose(
        "UPDATE department SET {assignments} WHERE id = {id} AND ({version}::integer IS NULL OR version = {version}) "
        "RETURNING version",
        assignments=join(", ", [raw("version = version + 1"), *assignments]),
        id=param(department_id, "uuid"),
        version=param(version),
    )
