"""Live updates: each browser hears, over one server-sent stream, of the changes to what it may read."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import asyncpg
from litestar import Request, get
from litestar.response import ServerSentEvent, ServerSentEventMessage
from msgspec import json

from xiaolu.access.context import Context
from xiaolu.access.model import Actor
from xiaolu.events.model import Event
from xiaolu.events.store.log import last_position, read_after
from xiaolu.kit.errors import Unavailable
from xiaolu.records.queries.service import readable_ids
from xiaolu.runtime.workspace import State, Workspace

POLL_SECONDS = 0.5
"""Longest delay for changes that another process made; our own are told at once."""
BATCH = 500
QUEUE = 1000
"""Messages kept for a slow browser; beyond it the browser is told to load anew."""
HEARTBEAT_SECONDS = 20


@dataclass(eq=False, slots=True)
class Subscriber:
    """One open stream."""

    actor: Actor
    queue: "asyncio.Queue[tuple[str, dict[str, Any]]]" = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def tell(self, kind: str, data: dict[str, Any]) -> None:
        """Queue a message; a full queue is replaced by one request to load everything anew."""
        try:
            self.queue.put_nowait((kind, data))
        except asyncio.QueueFull:
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(("reload", {}))


class LiveHub:
    """Reads the event log once per process and hands each subscriber what it may know."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.subscribers: set[Subscriber] = set()
        workspace.on_change(self._state_changed)

    def _state_changed(self, state: State) -> None:
        for subscriber in self.subscribers:
            subscriber.tell("definitions", {"version": state.definitions})

    async def run(self) -> None:
        """Follow the log for ever."""
        position = None
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.workspace.committed.wait(), POLL_SECONDS)
            self.workspace.committed.clear()
            if not self.subscribers:
                position = None
                await asyncio.sleep(POLL_SECONDS)
                continue
            try:
                async with self.workspace.context() as ctx:
                    if position is None:
                        position = await last_position(ctx.uow)
                        continue
                    events = await read_after(ctx.uow, position, BATCH)
                    if events:
                        await self._publish(ctx, events)
                        position = events[-1].position
            except (Unavailable, asyncpg.PostgresError, OSError):
                await asyncio.sleep(POLL_SECONDS)

    async def _publish(self, ctx: Context, events: Sequence[Event]) -> None:
        records: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            if event.kind.startswith(("task.", "notification.")):
                self._tell_person(event)
            elif event.entity is not None and event.record_id is not None:
                records[event.entity].append(event)
        for entity, changes in records.items():
            if entity in ctx.snapshot.entities:
                await self._tell_readers(ctx, entity, changes)

    def _tell_person(self, event: Event) -> None:
        people = {value for key in ("assignee", "member") for value in [(event.after or {}).get(key)] if value}
        for subscriber in self.subscribers:
            if str(subscriber.actor.id) in people:
                subscriber.tell(event.kind.split(".", 1)[0], {"kind": event.kind})

    async def _tell_readers(self, ctx: Context, entity: str, changes: list[Event]) -> None:
        ids = {event.record_id for event in changes if event.record_id is not None}
        readable: dict[Actor, set[UUID]] = {}
        for subscriber in list(self.subscribers):
            if subscriber.actor not in readable:
                readable[subscriber.actor] = await readable_ids(replace(ctx, actor=subscriber.actor), entity, ids)
            for event in changes:
                if event.record_id in readable[subscriber.actor]:
                    subscriber.tell("change", _change(event))


def _change(event: Event) -> dict[str, Any]:
    return {
        "entity": event.entity,
        "id": str(event.record_id),
        "kind": event.kind,
        "version": event.version,
        "actor": str(event.actor_id) if event.actor_id else None,
    }


@get("/live", operation_id="followChanges", summary="Changes as they happen (server-sent events)", tags=["live"])
async def follow_changes(request: Request[Any, Any, Any], ctx: Context) -> ServerSentEvent:
    """Stream ``change``, ``task``, ``notification``, ``definitions`` and ``reload`` messages to one browser."""
    hub: LiveHub = request.app.state.live
    return ServerSentEvent(_stream(hub, Subscriber(ctx.actor)))


async def _stream(hub: LiveHub, subscriber: Subscriber) -> AsyncIterator[ServerSentEventMessage]:
    hub.subscribers.add(subscriber)
    try:
        yield ServerSentEventMessage(event="hello", data="{}", retry=2000)
        while True:
            try:
                kind, data = await asyncio.wait_for(subscriber.queue.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield ServerSentEventMessage(comment="still here")
                continue
            yield ServerSentEventMessage(event=kind, data=json.encode(data).decode())
    finally:
        hub.subscribers.discard(subscriber)


ROUTES = [follow_changes]
