"""Who follows the platform live, and handing each of them what they may know.

A stream outlives the request that opened it by hours, so the hub keeps asking whether its session or key still holds
and what its member may do now: before events go out, and every few seconds anyway.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import asyncpg

from xiaolu.access.authenticate import authenticate_api_key, load_actor, load_viewed, sessions_in_force
from xiaolu.access.context import Context
from xiaolu.access.model import Actor
from xiaolu.events.model import Event, Position
from xiaolu.events.store.log import last_position, read_after
from xiaolu.kit.errors import Unavailable
from xiaolu.records.queries.service import readable_ids
from xiaolu.runtime.workspace import State, Workspace

POLL_SECONDS = 0.5
"""Longest delay for changes that another process made; our own are told at once."""
REST_SECONDS = 0.05
"""Shortest time between two readings of the log: changes in between are read together."""
CHECK_SECONDS = 3.0
"""How often an idle stream's session or key is looked at."""
BATCH = 500
QUEUE = 1000
"""Messages kept for a slow browser; beyond it the browser is told to load anew."""

Message = tuple[str, dict[str, Any]]
HELLO: Message = ("hello", {})
"""Comes after what a stream had missed: from here on every change is sure to be told."""
RELOAD: Message = ("reload", {})


@dataclass(eq=False, slots=True)
class Subscriber:
    """One open stream, and the proof by which it was opened: a session or the text of an API key."""

    actor: Actor
    session_id: UUID | None = None
    api_key: str | None = None
    since: int | None = None
    """The transaction from which on changes are told; None: from now on."""
    queue: "asyncio.Queue[Message | None]" = field(default_factory=lambda: asyncio.Queue(QUEUE))
    """What waits to be sent, in order; None ends the stream."""
    is_joined: bool = False
    """Whether ``HELLO`` was queued."""

    def tell(self, kind: str, data: dict[str, Any]) -> None:
        """Queue a message; a full queue is replaced by one request to load everything anew."""
        message = (kind, data)
        if not self.queue.full():
            self.queue.put_nowait(message)
            return
        waited = [*self._emptied(), message]
        self.queue.put_nowait(RELOAD)
        if HELLO in waited:
            self.queue.put_nowait(HELLO)

    def greet(self) -> None:
        """Say that the stream misses nothing from here on."""
        self.is_joined = True
        self.tell(*HELLO)

    def end(self) -> None:
        """End the stream now; nothing that waits is sent any more."""
        self._emptied()
        self.queue.put_nowait(None)

    def _emptied(self) -> list[Message | None]:
        return [self.queue.get_nowait() for _ in range(self.queue.qsize())]


class LiveHub:
    """Reads the event log once per process and hands each subscriber what it may know."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.subscribers: set[Subscriber] = set()
        self._position: Position | None = None
        self._access = workspace.state.access
        self._version = workspace.state.definitions
        self._is_stale = False
        self._checked_at = 0.0
        self._is_followed = asyncio.Event()
        workspace.on_change(self._state_changed)

    def _state_changed(self, _: State) -> None:
        self._is_stale = True
        self.workspace.committed.set()

    def join(self, subscriber: Subscriber) -> None:
        """Add a stream; it is greeted as soon as it misses nothing."""
        self.subscribers.add(subscriber)
        self._is_followed.set()
        self.workspace.committed.set()

    def leave(self, subscriber: Subscriber) -> None:
        """Drop a stream."""
        self.subscribers.discard(subscriber)

    async def run(self) -> None:
        """Follow the log for ever, and rest while nobody follows."""
        while True:
            if not self.subscribers:
                self._position = None
                self._is_followed.clear()
                await self._is_followed.wait()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.workspace.committed.wait(), POLL_SECONDS)
            self.workspace.committed.clear()
            try:
                await self._round()
            except (Unavailable, asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                await asyncio.sleep(POLL_SECONDS)
            await asyncio.sleep(REST_SECONDS)

    async def _round(self) -> None:
        """Read what has happened since the last round, and tell it to those who may still know."""
        async with self.workspace.context(is_watching=True) as ctx:
            if self._position is None:
                self._position = await last_position(ctx.uow)
            events = await read_after(ctx.uow, self._position, BATCH)
            now = asyncio.get_running_loop().time()
            if events or self._is_stale or now - self._checked_at > CHECK_SECONDS:
                await self._check(ctx)
                self._checked_at = now
            if events:
                await self._publish(ctx, events, list(self.subscribers))
                self._position = events[-1].position
            for subscriber in list(self.subscribers):
                await self._catch_up(ctx, subscriber)
        if len(events) == BATCH:
            self.workspace.committed.set()

    async def _check(self, ctx: Context) -> None:
        """End streams whose session or key no longer holds; where rights have changed, act on the new ones."""
        held = {each.session_id for each in self.subscribers if each.session_id is not None}
        in_force = await sessions_in_force(ctx.uow, held, now=ctx.now)
        for subscriber in list(self.subscribers):
            if subscriber.session_id is not None and subscriber.session_id not in in_force:
                self._end(subscriber)
        access = await self.workspace.read_access(ctx.uow)
        is_stale = self._is_stale or access != self._access
        self._is_stale, self._access = False, access
        actors: dict[UUID, Actor | None] = {}
        for subscriber in list(self.subscribers):
            before = subscriber.actor
            if is_stale or subscriber.api_key is not None:
                await self._renew(ctx, subscriber, actors)
            if subscriber.actor != before or self._version != ctx.snapshot.version:
                subscriber.tell("definitions", {"version": ctx.snapshot.version})
        self._version = ctx.snapshot.version

    async def _renew(self, ctx: Context, subscriber: Subscriber, actors: dict[UUID, Actor | None]) -> None:
        actor: Actor | None = None
        if subscriber.api_key is not None:
            identity = await authenticate_api_key(ctx.uow, subscriber.api_key, now=ctx.now, snapshot=ctx.snapshot)
            actor = None if identity is None else identity.actor
        elif subscriber.actor.id is not None:
            member = subscriber.actor.id
            viewer = subscriber.actor.viewer
            if viewer is not None:
                actor = await load_viewed(ctx.uow, member, viewer.id, snapshot=ctx.snapshot)
            else:
                if member not in actors:
                    actors[member] = await load_actor(ctx.uow, member, snapshot=ctx.snapshot)
                actor = actors[member]
        if actor is None:
            self._end(subscriber)
        else:
            subscriber.actor = actor

    def _end(self, subscriber: Subscriber) -> None:
        self.leave(subscriber)
        subscriber.end()

    async def _catch_up(self, ctx: Context, subscriber: Subscriber) -> None:
        """Tell a new stream what happened since its page was asked for; from then on it hears of everything."""
        if subscriber.is_joined:
            return
        if subscriber.since is not None:
            missed = await read_after(ctx.uow, Position(subscriber.since, 0), BATCH)
            if len(missed) < BATCH:
                await self._publish(ctx, missed, [subscriber])
            else:
                subscriber.tell(*RELOAD)
        subscriber.greet()

    async def _publish(self, ctx: Context, events: Sequence[Event], subscribers: Sequence[Subscriber]) -> None:
        records: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            if event.kind.startswith(("task.", "notification.")):
                _tell_person(event, subscribers)
            elif event.kind.startswith("draft."):
                _tell_builders(event, subscribers)
            elif event.entity is not None and event.record_id is not None:
                records[event.entity].append(event)
        for entity, changes in records.items():
            if entity in ctx.snapshot.entities:
                await _tell_readers(ctx, entity, changes, subscribers)


def _tell_person(event: Event, subscribers: Sequence[Subscriber]) -> None:
    people = {value for key in ("assignee", "member") for value in [(event.after or {}).get(key)] if value}
    for subscriber in subscribers:
        if str(subscriber.actor.id) in people:
            subscriber.tell(event.kind.split(".", 1)[0], {"kind": event.kind})


def _tell_builders(event: Event, subscribers: Sequence[Subscriber]) -> None:
    message = {**(event.after or {}), "actor": str(event.actor_id) if event.actor_id else None}
    for subscriber in subscribers:
        if "build" in subscriber.actor.abilities:
            subscriber.tell("draft", message)


async def _tell_readers(ctx: Context, entity: str, changes: list[Event], subscribers: Sequence[Subscriber]) -> None:
    ids = {event.record_id for event in changes if event.record_id is not None}
    readable: dict[int, set[UUID]] = {}
    for subscriber in subscribers:
        who = id(subscriber.actor)
        if who not in readable:
            readable[who] = await readable_ids(replace(ctx, actor=subscriber.actor), entity, ids)
        for event in changes:
            if event.record_id in readable[who]:
                subscriber.tell("change", _change(event))


def _change(event: Event) -> dict[str, Any]:
    return {
        "entity": event.entity,
        "id": str(event.record_id),
        "kind": event.kind,
        "version": event.version,
        "actor": str(event.actor_id) if event.actor_id else None,
    }
