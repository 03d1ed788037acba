"""HTTP of managing members."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from xiaolu.access.context import Context
from xiaolu.access.routes.paging import decode_cursor, encode_cursor
from xiaolu.access.schemas.people import (
    ChangeMemberBody,
    MemberOut,
    MembersOut,
    NewMemberBody,
    ResetPasswordBody,
    member_out,
)
from xiaolu.access.service import members
from xiaolu.access.service.members import MemberChange, MemberDraft
from xiaolu.access.store.members import MemberFilter

TAGS = ["Members"]
_DISABLED = {"all": None, "active": False, "disabled": True}


@get("/members", operation_id="listMembers", summary="Members with department, roles and state", tags=TAGS)
async def list_members(
    ctx: NamedDependency[Context],
    *,
    q: Annotated[
        str | None, QueryParameter(description="Part of name, pinyin, initials or login", max_length=200)
    ] = None,
    department: Annotated[UUID | None, QueryParameter(description="This department and those below it")] = None,
    role: Annotated[str | None, QueryParameter(max_length=100)] = None,
    member_state: Annotated[Literal["all", "active", "disabled"], QueryParameter(name="state")] = "all",
    cursor: Annotated[str | None, QueryParameter(max_length=2000)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 500,
) -> MembersOut:
    """Return a page of members in the order of their names' sound."""
    wanted = MemberFilter(text=q, department_id=department, role=role, disabled=_DISABLED[member_state])
    page = await members.list_members(ctx, wanted, after=decode_cursor(cursor), limit=limit)
    following = encode_cursor(page.rows[-1]["name_sort"], page.rows[-1]["id"]) if page.has_more else None
    return MembersOut([member_out(row) for row in page.rows], following, page.count)


@post("/members", operation_id="createMember", summary="Add a member", tags=TAGS)
async def create_member(ctx: NamedDependency[Context], data: JSONBody[NewMemberBody]) -> MemberOut:
    """Add a member; the password, if given, must be changed at the first sign-in unless said otherwise."""
    draft = MemberDraft(
        login=data.login,
        name=data.name,
        email=data.email,
        phone=data.phone,
        department_id=data.department,
        roles=tuple(data.roles),
        password=data.password,
        must_change_password=data.must_change_password,
        language=data.language,
    )
    member_id = await members.create_member(ctx, draft)
    if data.disabled:
        await members.change_member(ctx, member_id, MemberChange(disabled=True))
    return member_out(await members.read_member(ctx, member_id))


@get("/members/{member_id:uuid}", operation_id="getMember", summary="One member", tags=TAGS)
async def get_member(ctx: NamedDependency[Context], member_id: FromPath[UUID]) -> MemberOut:
    """Return one member."""
    return member_out(await members.read_member(ctx, member_id))


@patch("/members/{member_id:uuid}", operation_id="changeMember", summary="Change a member", tags=TAGS)
async def change_member(
    ctx: NamedDependency[Context], member_id: FromPath[UUID], data: JSONBody[ChangeMemberBody]
) -> MemberOut:
    """Change name, login, ways to reach them, department, roles or state; disabling ends all sessions at once."""
    change = MemberChange(
        login=data.login,
        name=data.name,
        email=data.email,
        phone=data.phone,
        department_id=data.department,
        language=data.language,
        roles=data.roles,
        disabled=data.disabled,
    )
    await members.change_member(ctx, member_id, change, version=data.version)
    return member_out(await members.read_member(ctx, member_id))


@post(
    "/members/{member_id:uuid}/password",
    operation_id="resetPassword",
    summary="Give a member a new password",
    tags=TAGS,
    status_code=204,
)
async def reset_password(
    ctx: NamedDependency[Context], member_id: FromPath[UUID], data: JSONBody[ResetPasswordBody]
) -> None:
    """Set a password; the member's sessions end and a lock is lifted."""
    await members.set_password(ctx, member_id, data.password, must_change=data.must_change)


@delete(
    "/members/{member_id:uuid}/totp", operation_id="resetTotp", summary="Remove a member's second factor", tags=TAGS
)
async def reset_totp(ctx: NamedDependency[Context], member_id: FromPath[UUID]) -> None:
    """Take the second factor of a member away who lost it; their sessions end."""
    await members.reset_totp(ctx, member_id)


ROUTES: list[Any] = [list_members, create_member, get_member, change_member, reset_password, reset_totp]
