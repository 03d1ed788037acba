"""What the live hub queues for a stream, in order, before any of it is sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.conftest import Database, Run
from tests.web.app import serving
from xiaolu.access.model import SYSTEM, Actor
from xiaolu.events.model import EventDraft
from xiaolu.events.service import append_event
from xiaolu.runtime.workspace import Workspace
from xiaolu.web.hub import BATCH, HELLO, QUEUE, RELOAD, LiveHub, Message, Subscriber


@asynccontextmanager
async def following(workspace: Workspace) -> AsyncIterator[LiveHub]:
    hub = LiveHub(workspace)
    running = asyncio.create_task(hub.run())
    try:
        yield hub
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def a_member(workspace: Workspace) -> Actor:
    async with workspace.context() as ctx:
        return replace(ctx.actor, id=uuid4())


async def notify(workspace: Workspace, member: Actor, times: int = 1) -> None:
    async with workspace.context() as ctx:
        draft = EventDraft(kind="notification.created", after={"member": str(member.id)})
        await append_event(ctx, *[draft] * times)


async def told(subscriber: Subscriber) -> list[Message | None]:
    """What was queued up to the greeting, which must come within ten seconds."""
    messages: list[Message | None] = []
    while not messages or messages[-1] not in (HELLO, None):
        messages.append(await asyncio.wait_for(subscriber.queue.get(), 10))
    return messages


def test_what_was_missed_comes_before_the_greeting(database: Database, run: Run) -> None:
    async def story() -> None:
        async with serving(database, []) as (_, workspace), following(workspace) as hub:
            member = await a_member(workspace)
            await notify(workspace, member)
            late, fresh = Subscriber(member, since=0), Subscriber(member)
            hub.join(late)
            hub.join(fresh)
            assert await told(late) == [("notification", {"kind": "notification.created"}), HELLO]
            assert await told(fresh) == [HELLO]
            await notify(workspace, member, BATCH)
            lost = Subscriber(member, since=0)
            hub.join(lost)
            assert (await told(lost))[-2:] == [RELOAD, HELLO]

    run(story())


def test_each_who_comes_is_greeted_also_after_all_had_left(database: Database, run: Run) -> None:
    """Changes wake the hub only while somebody follows."""

    async def story() -> None:
        async with serving(database, []) as (_, workspace), following(workspace) as hub:
            member = await a_member(workspace)
            for _ in range(3):
                await asyncio.sleep(0)
            assert workspace.committed.is_set()  # nobody came for it
            for _ in range(2):
                subscriber = Subscriber(member)
                hub.join(subscriber)
                assert await told(subscriber) == [HELLO]
                hub.leave(subscriber)

    run(story())


def test_a_stream_without_right_ends_before_it_is_greeted(database: Database, run: Run) -> None:
    async def story() -> None:
        async with serving(database, []) as (_, workspace), following(workspace) as hub:
            subscriber = Subscriber(await a_member(workspace), session_id=uuid4())
            hub.join(subscriber)
            assert await told(subscriber) == [None]
            assert not hub.subscribers

    run(story())


@pytest.mark.parametrize("is_late", [False, True])
def test_a_full_queue_becomes_one_request_to_load_anew(is_late: bool) -> None:
    """The greeting is kept, also where it comes last: a browser that lost it would not know that it listens."""
    subscriber = Subscriber(SYSTEM)
    steps = [lambda: subscriber.tell("change", {})] * QUEUE
    for step in [*steps, subscriber.greet] if is_late else [subscriber.greet, *steps]:
        step()
    assert [subscriber.queue.get_nowait() for _ in range(subscriber.queue.qsize())] == [RELOAD, HELLO]
