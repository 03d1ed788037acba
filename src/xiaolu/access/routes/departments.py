"""HTTP of the department tree."""

from typing import Any
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from xiaolu.access.context import Context
from xiaolu.access.schemas.people import (
    ChangeDepartmentBody,
    DepartmentOut,
    DepartmentsOut,
    NewDepartmentBody,
    department_out,
)
from xiaolu.access.service import departments
from xiaolu.access.service.departments import DepartmentChange, DepartmentDraft

TAGS = ["Members"]


@get("/departments", operation_id="listDepartments", summary="The department tree", tags=TAGS)
async def list_departments(ctx: NamedDependency[Context], *, archived: FromQuery[bool] = False) -> DepartmentsOut:
    """Return all departments as a flat list with parents, siblings in order; archived ones on demand."""
    return DepartmentsOut([department_out(row) for row in await departments.list_departments(ctx, archived=archived)])


@post("/departments", operation_id="createDepartment", summary="Add a department", tags=TAGS)
async def create_department(ctx: NamedDependency[Context], data: JSONBody[NewDepartmentBody]) -> DepartmentOut:
    """Add a department below another, or at the top."""
    draft = DepartmentDraft(name=data.name, parent_id=data.parent_id, manager_id=data.manager, position=data.position)
    return department_out(await departments.read_department(ctx, await departments.create_department(ctx, draft)))


@patch("/departments/{department_id:uuid}", operation_id="changeDepartment", summary="Change a department", tags=TAGS)
async def change_department(
    ctx: NamedDependency[Context], department_id: FromPath[UUID], data: JSONBody[ChangeDepartmentBody]
) -> DepartmentOut:
    """Rename, move, hand over, order, archive or revive a department."""
    change = DepartmentChange(
        name=data.name,
        parent_id=data.parent_id,
        manager_id=data.manager,
        position=data.position,
        archived=data.archived,
    )
    await departments.change_department(ctx, department_id, change, version=data.version)
    return department_out(await departments.read_department(ctx, department_id))


@delete(
    "/departments/{department_id:uuid}", operation_id="archiveDepartment", summary="Archive a department", tags=TAGS
)
async def archive_department(ctx: NamedDependency[Context], department_id: FromPath[UUID]) -> None:
    """Take an empty department out of use; records and history keep naming it."""
    await departments.archive_department(ctx, department_id)


ROUTES: list[Any] = [list_departments, create_department, change_department, archive_department]
