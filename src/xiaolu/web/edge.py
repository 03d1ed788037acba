"""The edge of a request: who asks, one unit of work, committed before the answer is sent, repeated once if stale."""

import functools
from collections.abc import AsyncIterator
from datetime import UTC
from typing import Any

from litestar import Request
from litestar.handlers import HTTPRouteHandler

from xiaolu.access.authenticate import authenticate_api_key, authenticate_session
from xiaolu.access.context import Cause, Context
from xiaolu.access.model import ANONYMOUS
from xiaolu.kit.errors import Conflict, Denied, Unauthenticated
from xiaolu.runtime.workspace import Workspace

SESSION_COOKIE = "xiaolu_session"
PUBLIC = "public"
"""Key in a handler's ``opt``: the handler also serves people who are not signed in."""
BEFORE_PASSWORD_CHANGE = "before_password_change"  # noqa: S105 - a key, not a password
"""Key in a handler's ``opt``: the handler also serves members who still have to choose their own password."""


async def provide_context(request: Request[Any, Any, Any]) -> AsyncIterator[Context]:
    """Open the surroundings of one request; the work is committed when the handler has returned."""
    workspace: Workspace = request.app.state.workspace
    snapshot = await workspace.snapshot()
    async with workspace.unit() as uow:
        identity = None
        header = request.headers.get("authorization", "")
        token = request.cookies.get(SESSION_COOKIE)
        now = workspace.now.astimezone(UTC)
        if header.startswith("Bearer "):
            identity = await authenticate_api_key(uow, header.removeprefix("Bearer "), now=now, snapshot=snapshot)
        elif token:
            identity = await authenticate_session(uow, token, now=now, snapshot=snapshot)
        options = request.route_handler.opt
        if identity is None and not options.get(PUBLIC):
            raise Unauthenticated("session.required")
        if identity is not None and identity.must_change_password and not options.get(BEFORE_PASSWORD_CHANGE):
            raise Denied("password.must_change")
        actor = identity.actor if identity is not None else ANONYMOUS
        request.scope["state"]["identity"] = identity
        if identity is not None:
            request.scope["state"]["language"] = actor.language
        yield Context(
            uow=uow,
            now=now,
            actor=actor,
            snapshot=snapshot,
            language=actor.language,
            time_zone=workspace.state.time_zone,
            cause=Cause(kind="api" if actor.kind == "api_key" else "user"),
            address=request.client.host if request.client else None,
        )


def repeat_when_stale(handler: HTTPRouteHandler, workspace: Workspace) -> None:
    """Make a handler run once more, with fresh definitions, when somebody published while it worked."""
    function = handler.fn
    if "ctx" not in handler.parsed_fn_signature.parameters:
        return

    @functools.wraps(function)
    async def repeated(*, ctx: Context, **arguments: Any) -> Any:
        try:
            return await function(ctx=ctx, **arguments)
        except Conflict as conflict:
            if conflict.code != "definitions.changed":
                raise
            return await function(ctx=await workspace.renew(ctx), **arguments)

    handler._fn = repeated  # the signature was read at registration and stays the same
