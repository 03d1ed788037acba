"""HTTP of signing in and out."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from xiaolu.access.context import Context
from xiaolu.access.credentials import csrf_token_of
from xiaolu.access.routes.requests import (
    BEFORE_PASSWORD_CHANGE,
    ENDS_VIEWING,
    PUBLIC,
    AnyRequest,
    csrf_of,
    current_session,
    ended_cookies,
    session_cookies,
    sign_in_limits,
)
from xiaolu.access.schemas.session import MeOut, RoleRef, SessionOut, SignInBody, WorkspaceOut
from xiaolu.access.schemas.shared import Ref, ref
from xiaolu.access.service.account import Profile, read_profile
from xiaolu.access.service.sessions import sign_out
from xiaolu.access.service.sign_in import SignIn, normal_login, sign_in
from xiaolu.access.service.viewing import end_viewing


@post(
    "/session",
    status_code=200,
    operation_id="signIn",
    summary="Sign in with login, password and, where in force, a one-time code",
    tags=["Access"],
    opt=PUBLIC,
)
async def start_session(
    request: AnyRequest, ctx: NamedDependency[Context], data: JSONBody[SignInBody]
) -> Response[SessionOut]:
    """Open a session; the answer sets the cookies and carries the CSRF token."""
    sign_in_limits(request).check(normal_login(data.login), ctx.address)
    given = SignIn(data.login, data.password, data.code, request.headers.get("user-agent"))
    opened = await sign_in(ctx, given)
    profile = await read_profile(ctx, opened.member_id)
    content = _session_out(ctx, profile, csrf_token_of(opened.token))
    return Response(content, cookies=session_cookies(request, opened))


@get(
    "/session",
    operation_id="getSession",
    summary="Who is signed in",
    tags=["Access"],
    opt=BEFORE_PASSWORD_CHANGE,
)
async def get_session(request: AnyRequest, ctx: NamedDependency[Context]) -> SessionOut:
    """Return the member, the workspace and the version of the definitions in force."""
    member_id: UUID | None = ctx.actor.id
    return _session_out(ctx, await read_profile(ctx, member_id), csrf_of(request))


@delete(
    "/session",
    operation_id="signOut",
    summary="Sign out",
    tags=["Access"],
    status_code=204,
    opt=PUBLIC | BEFORE_PASSWORD_CHANGE | ENDS_VIEWING,
)
async def end_session(request: AnyRequest, ctx: NamedDependency[Context]) -> Response[None]:
    """End the session and make the browser forget it; no error where there is none."""
    if ctx.actor.viewer is not None:
        own = await end_viewing(ctx, current_session(request))
        await sign_out(replace(ctx, actor=ctx.actor.viewer), own.session_id)
    else:
        await sign_out(ctx, current_session(request))
    return Response(None, cookies=ended_cookies(request))


def _session_out(ctx: Context, profile: Profile, csrf: str | None) -> SessionOut:
    row = profile.row
    return SessionOut(
        member=MeOut(
            id=row["id"],
            name=row["name"],
            login=row["login"],
            email=row["email"],
            phone=row["phone"],
            department=ref(row, "department_id", "department"),
            roles=[RoleRef(key, label) for key, label in profile.roles],
            abilities=sorted(profile.abilities),
            language=row["language"],
            theme=row["theme"],
            density=row["density"],
            must_change_password=row["password_must_change"],
            totp=row["has_totp"],
        ),
        workspace=WorkspaceOut(profile.workspace, ctx.time_zone),
        definitions_version=ctx.snapshot.version,
        since=profile.since,
        csrf=csrf,
        viewer=None
        if ctx.actor.viewer is None or ctx.actor.viewer.id is None
        else Ref(ctx.actor.viewer.id, ctx.actor.viewer.name),
    )


ROUTES: list[Any] = [start_session, get_session, end_session]
