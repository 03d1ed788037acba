"""The event log: written with the change, read in order without gaps, each batch handled once."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import Database, Run
from xiaolu.access.context import Context
from xiaolu.access.model import SYSTEM
from xiaolu.events.model import Event, EventDraft
from xiaolu.events.service import append_event, consume_events, keep_partitions
from xiaolu.events.store.log import last_position
from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.snapshot import Snapshot

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def context(uow: UnitOfWork, now: datetime = NOW) -> Context:
    return Context(uow=uow, now=now, actor=SYSTEM, snapshot=Snapshot(0, Definitions()))


async def write(database: Database, *kinds: str) -> None:
    uow = await database.uow()
    await append_event(context(uow), *(EventDraft(kind=kind, after={"名": "值😀"}) for kind in kinds))
    await uow.finish()
    await uow.connection.close()


class Seen:
    """A consumer that keeps what it was given."""

    def __init__(self) -> None:
        self.kinds: list[str] = []

    async def __call__(self, ctx: Context, events: Sequence[Event]) -> None:
        self.kinds += [event.kind for event in events]


async def drain(database: Database, consumer: Any, limit: int = 200) -> int:
    uow = await database.uow()
    try:
        handled = await consume_events(context(uow), "test", consumer, limit=limit)
        await uow.finish()
    except BaseException:
        await uow.abandon()
        raise
    finally:
        await uow.connection.close()
    return handled


def test_events_come_in_order_and_once(database: Database, run: Run) -> None:
    seen = Seen()
    run(write(database, "a", "b"))
    run(write(database, "c"))
    assert run(drain(database, seen, limit=2)) == 2
    assert run(drain(database, seen)) == 1
    assert run(drain(database, seen)) == 0
    assert seen.kinds == ["a", "b", "c"]


def test_transactions_are_read_in_the_order_of_their_numbers_not_of_their_digits(database: Database, run: Run) -> None:
    async def scenario() -> list[str]:
        await write(database, "tenth", "ninth")
        uow = await database.uow()
        await uow.connection.execute("UPDATE event SET xid = CASE kind WHEN 'ninth' THEN '99' ELSE '100' END::xid8")
        assert (await last_position(uow)).xid == 100
        await uow.finish()
        await uow.connection.close()
        seen = Seen()
        while await drain(database, seen, limit=1):
            pass
        return seen.kinds

    assert run(scenario()) == ["ninth", "tenth"]


def test_a_consumer_reads_the_values_of_the_kinds_that_it_looks_at(database: Database, run: Run) -> None:
    values: list[Any] = []

    async def keep(_: Context, events: Sequence[Event]) -> None:
        values.extend(event.after for event in events)

    async def scenario() -> None:
        await write(database, "a", "b")
        uow = await database.uow()
        assert await consume_events(context(uow), "test", keep, whole={"b"}) == 2
        await uow.finish()
        await uow.connection.close()

    run(scenario())
    assert values == [None, {"名": "值😀"}]


def test_an_event_of_a_slow_transaction_is_not_passed_over(database: Database, run: Run) -> None:
    async def scenario() -> list[str]:
        seen = Seen()
        slow = await database.uow()
        await append_event(context(slow), EventDraft(kind="slow"))
        await write(database, "fast")
        await drain(database, seen)
        assert seen.kinds == []  # "fast" waits: a lower transaction may still commit
        await slow.finish()
        await slow.connection.close()
        await drain(database, seen)
        return seen.kinds

    assert run(scenario()) == ["slow", "fast"]


def test_a_failing_consumer_gets_the_batch_again(database: Database, run: Run) -> None:
    async def fail(ctx: Context, events: Sequence[Event]) -> None:
        raise RuntimeError("no")

    seen = Seen()
    run(write(database, "a"))
    with pytest.raises(RuntimeError):
        run(drain(database, fail))
    run(drain(database, seen))
    assert seen.kinds == ["a"]


def test_two_workers_never_share_a_batch(database: Database, run: Run) -> None:
    async def scenario() -> tuple[int, int]:
        await write(database, *(str(n) for n in range(50)))
        inside, leave = asyncio.Event(), asyncio.Event()

        async def hold(ctx: Context, events: Sequence[Event]) -> None:
            inside.set()
            await leave.wait()

        first = asyncio.create_task(drain(database, hold))
        await inside.wait()
        second = await drain(database, Seen())
        leave.set()
        return await first, second

    assert run(scenario()) == (50, 0)


def test_partitions_are_made_ahead_and_take_what_lay_in_the_default(database: Database, run: Run) -> None:
    async def scenario() -> tuple[int, int, int, list[str]]:
        await write(database, "early")
        uow = await database.uow()
        made = await keep_partitions(context(uow))
        again = await keep_partitions(context(uow, NOW + timedelta(days=1)))
        await uow.finish()
        left = await uow.connection.fetchval("SELECT count(*) FROM event_default")
        await uow.connection.close()
        await write(database, "late")
        seen = Seen()
        await drain(database, seen)
        return made, again, left, seen.kinds

    assert run(scenario()) == (3, 0, 0, ["early", "late"])
