"""The edge of a request: who asks, one unit of work, committed before the answer is sent, repeated once if stale."""

import functools
from collections.abc import AsyncIterator
from typing import Any, TypeAlias

import asyncpg
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler

from xiaolu.access.authenticate import authenticate_api_key, authenticate_session, recall_identity
from xiaolu.access.context import Cause, Context
from xiaolu.access.model import ANONYMOUS, Identity
from xiaolu.access.routes.requests import SESSION_COOKIE
from xiaolu.kit.errors import Conflict, Denied, Unauthenticated
from xiaolu.runtime.workspace import Workspace
from xiaolu.web.security import api_key_of

REPEATED = frozenset({"definitions.changed", "record.busy"})
"""Conflicts that a second attempt, on what holds now, usually gets past."""
AnyConnection: TypeAlias = ASGIConnection[Any, Any, Any, Any]

PUBLIC = "public"
"""Key in a handler's ``opt``: the handler also serves people who are not signed in."""
BEFORE_PASSWORD_CHANGE = "before_password_change"  # noqa: S105 - a key, not a password
"""Key in a handler's ``opt``: the handler also serves members who still have to choose their own password."""


async def require_identity(request: AnyConnection, handler: BaseRouteHandler) -> None:
    """Find out who asks, before anything that they sent is read; strangers pass to public handlers alone.

    Raises:
        Unauthenticated: nobody is signed in, and the handler is not public.
        Denied: the member must choose a password of their own first.
    """
    identity = await _identify(request)
    request.scope["state"]["identity"] = identity
    if identity is None:
        if not handler.opt.get(PUBLIC):
            raise Unauthenticated("session.required")
        return
    request.scope["state"]["language"] = identity.actor.language
    if identity.must_change_password and not handler.opt.get(BEFORE_PASSWORD_CHANGE):
        raise Denied("password.must_change")


async def _identify(request: AnyConnection) -> Identity | None:
    key = api_key_of(request.headers)
    proof = request.cookies.get(SESSION_COOKIE) if key is None else key
    if not proof:
        return None
    workspace: Workspace = request.app.state.workspace
    snapshot = await workspace.snapshot()
    known = recall_identity(proof, now=workspace.now, snapshot=snapshot)
    if known is not None:
        return known
    authenticate = authenticate_session if key is None else authenticate_api_key
    async with workspace.unit(is_watching=True) as uow:
        return await authenticate(uow, proof, now=workspace.now, snapshot=snapshot)


async def provide_context(request: Request[Any, Any, Any]) -> AsyncIterator[Context]:
    """Open the surroundings of one request; the work is committed when the handler has returned.

    ``require_identity`` must have run: without it there is no identity, and the request fails.
    """
    workspace: Workspace = request.app.state.workspace
    snapshot = await workspace.snapshot()
    identity: Identity | None = request.scope["state"]["identity"]
    actor = identity.actor if identity is not None else ANONYMOUS
    async with workspace.unit() as uow:
        yield Context(
            uow=uow,
            now=workspace.now,
            actor=actor,
            snapshot=snapshot,
            language=actor.language,
            time_zone=workspace.state.time_zone,
            cause=Cause(kind="api" if actor.kind == "api_key" else "user"),
            address=request.client.host if request.client else None,
        )


def repeat_when_stale(handler: HTTPRouteHandler, workspace: Workspace) -> None:
    """Make a handler run once more, in a fresh transaction, when somebody published or won a race while it worked."""
    function = handler.fn
    if "ctx" not in handler.parsed_fn_signature.parameters:
        return

    @functools.wraps(function)
    async def repeated(*, ctx: Context, **arguments: Any) -> Any:
        try:
            return await function(ctx=ctx, **arguments)
        except (Conflict, asyncpg.DeadlockDetectedError, asyncpg.SerializationError) as conflict:
            if isinstance(conflict, Conflict) and conflict.code not in REPEATED:
                raise
            return await function(ctx=await workspace.renew(ctx), **arguments)

    handler._fn = repeated  # the signature was read at registration and stays the same
