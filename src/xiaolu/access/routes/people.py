"""HTTP of people pickers and of the roles there are."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from xiaolu.access.context import Context
from xiaolu.access.schemas.people import PeopleOut, PersonOut, RolesOut, role_out
from xiaolu.access.service import people

TAGS = ["Members"]


@get(
    "/people", operation_id="findPeople", summary="People to choose from, found by name, pinyin or initials", tags=TAGS
)
async def find_people(
    ctx: NamedDependency[Context],
    *,
    q: Annotated[str | None, QueryParameter(max_length=200)] = None,
    ids: Annotated[list[UUID] | None, QueryParameter(description="Exactly these, disabled ones included")] = None,
) -> PeopleOut:
    """Return up to fifty active people that match, or those named by ``ids``."""
    rows = await people.find_people(ctx, q, ids=ids)
    return PeopleOut([PersonOut(row["id"], row["name"], row["department"], row["disabled"]) for row in rows])


@get("/roles", operation_id="listRoles", summary="The roles that can be given", tags=TAGS)
async def list_roles(ctx: NamedDependency[Context]) -> RolesOut:
    """Return the roles with their grants and how many active members hold each."""
    return RolesOut([role_out(each) for each in await people.list_roles(ctx)])


ROUTES: list[Any] = [find_people, list_roles]
