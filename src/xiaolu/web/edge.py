"""The edge of a request: who asks, one unit of work, committed before the answer is sent, repeated once if stale."""

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import asyncpg
from litestar import Litestar, Request, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, ControllerRouterHandler, HTTPScope, Receive, Scope, Send

from xiaolu.access.authenticate import authenticate_api_key, authenticate_session, recall_identity
from xiaolu.access.context import Cause, Context
from xiaolu.access.model import ANONYMOUS, Identity
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Conflict, Denied, Unauthenticated
from xiaolu.kit.i18n import Language
from xiaolu.runtime.workspace import Workspace
from xiaolu.web.answers import JsonAnswer
from xiaolu.web.bodies import JsonRequest
from xiaolu.web.errors import EXCEPTION_HANDLERS, accepted_language
from xiaolu.web.looking import ENDS_VIEWING, check_look
from xiaolu.web.security import BEFORE_SEND, MIDDLEWARE, proof_of
from xiaolu.web.shortway import SHORT_WAY, Replay, ShortWay, short_way_of

REPEATED = frozenset({"definitions.changed", "record.busy"})
"""Conflicts that a second attempt, on what holds now, usually gets past."""

OVERTAKEN = (
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.UndefinedColumnError,
    asyncpg.UndefinedTableError,
    asyncpg.InvalidCachedStatementError,
)
"""What the database says of a statement that lost a race, or was made for definitions that a publication has replaced."""

PUBLIC = "public"
"""Key in a handler's ``opt``: the handler also serves people who are not signed in."""
BEFORE_PASSWORD_CHANGE = "before_password_change"  # noqa: S105 - a key, not a password
"""Key in a handler's ``opt``: the handler also serves members who still have to choose their own password."""


def make_web(
    workspace: Workspace,
    api: Sequence[ControllerRouterHandler],
    *,
    beside: Sequence[ControllerRouterHandler] = (),
    dependencies: Mapping[str, Provide] | None = None,
    state: Mapping[str, Any] | None = None,
    **options: Any,
) -> Litestar:
    """Build an application whose ``api`` handlers lie behind the edge; those ``beside`` it serve anybody."""
    router = Router(
        "/api",
        route_handlers=api,
        middleware=[IdentityGuard],
        dependencies={"ctx": Provide(provide_context), **(dependencies or {})},
    )
    app = Litestar(
        route_handlers=[router, *beside],
        exception_handlers=EXCEPTION_HANDLERS,
        middleware=MIDDLEWARE,
        before_send=BEFORE_SEND,
        request_class=JsonRequest,
        response_class=JsonAnswer,
        state=State({"workspace": workspace, **(state or {})}),
        **options,
    )
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                _work_in_unit(handler, workspace)
                handler.opt[SHORT_WAY] = short_way_of(route, handler)
    return app


class IdentityGuard:
    """Finds out who asks, before anything that they sent is read; strangers pass to public handlers alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the identity of whoever sent a request into its state, or refuse it.

        Raises:
            Unauthenticated: nobody is signed in, and the handler is not public.
            Denied: the member must choose a password of their own first.
        """
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        await _require_identity(scope)
        way: ShortWay | None = scope["route_handler"].opt.get(SHORT_WAY)
        if way is None:
            await self.app(scope, receive, send)
        elif way.decode is None:
            await way.answer(await context_of(scope), scope, None, send)
        else:
            await self._answer(way, way.decode, scope, receive, send)

    async def _answer(
        self, way: ShortWay, decode: Callable[[bytes], Any], scope: HTTPScope, receive: Receive, send: Send
    ) -> None:
        replay = Replay(receive)
        body = await replay.read(decode)
        if body is None:
            await self.app(scope, replay, send)
        else:
            await way.answer(await context_of(scope), scope, body, send)


async def _require_identity(scope: HTTPScope) -> None:
    identity = await _identify(scope)
    state, options = scope["state"], scope["route_handler"].opt
    state["identity"] = identity
    if identity is None:
        if not options.get(PUBLIC):
            raise Unauthenticated("session.required")
        return
    state["language"] = identity.actor.language or _asked_language(scope)
    if identity.must_change_password and not options.get(BEFORE_PASSWORD_CHANGE):
        raise Denied("password.must_change")


def _asked_language(scope: HTTPScope) -> Language:
    header = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    return accepted_language(header.decode("latin-1"))


async def _identify(scope: HTTPScope) -> Identity | None:
    proof = proof_of(scope)
    if not proof.text:
        return None
    workspace: Workspace = scope["litestar_app"].state.workspace
    snapshot = await workspace.snapshot()
    known = recall_identity(proof.text, now=workspace.now, snapshot=snapshot)
    if known is not None:
        return known
    authenticate = authenticate_api_key if proof.is_api_key else authenticate_session
    async with workspace.unit(is_watching=True) as uow:
        return await authenticate(uow, proof.text, now=workspace.now, snapshot=snapshot)


async def provide_context(request: Request[Any, Any, Any]) -> Context:
    """Return the surroundings of one request to a handler that is called by the framework."""
    return await context_of(request.scope)


async def context_of(scope: HTTPScope) -> Context:
    """Return the surroundings of one request; its unit of work is opened around the handler (``_work_in_unit``)."""
    workspace: Workspace = scope["litestar_app"].state.workspace
    snapshot = await workspace.snapshot()
    identity: Identity | None = scope["state"]["identity"]
    actor = identity.actor if identity is not None else ANONYMOUS
    client = scope["client"]
    return Context(
        uow=UnitOfWork(),
        now=workspace.now,
        actor=actor,
        snapshot=snapshot,
        language=actor.language or _asked_language(scope),
        time_zone=workspace.state.time_zone,
        calendar=await workspace.calendar(),
        cause=Cause(kind="api" if actor.kind == "api_key" else "user"),
        keys=workspace.keys,
        answers=workspace.answers,
        address=client[0] if client else None,
    )


def _work_in_unit(handler: HTTPRouteHandler, workspace: Workspace) -> None:
    """Open a handler's unit of work when it begins, and commit when it has returned.

    It runs once more, in a fresh transaction, when somebody published or won a race while it worked.
    """
    function = handler.fn
    if "ctx" not in handler.parsed_fn_signature.parameters:
        return

    @functools.wraps(function)
    async def working(*, ctx: Context, **arguments: Any) -> Any:
        if ctx.actor.viewer is not None and not handler.opt.get(ENDS_VIEWING):
            await check_look(workspace, ctx, handler)
            async with workspace.unit(ctx.uow):
                await ctx.uow.begin_reading()
                return await function(ctx=ctx, **arguments)
        async with workspace.unit(ctx.uow):
            try:
                return await function(ctx=ctx, **arguments)
            except (Conflict, *OVERTAKEN) as conflict:
                if isinstance(conflict, Conflict) and conflict.code not in REPEATED:
                    raise
                return await function(ctx=await workspace.renew(ctx), **arguments)

    handler._fn = working  # the signature was read at registration and stays the same
