"""The health page tells real facts, names what lies behind them, and lets an administrator try again what was given up."""

from datetime import timedelta

import pytest
from litestar import post
from litestar.di import NamedDependency

from tests.conftest import Database, Run
from tests.web.app import client, serving
from xiaolu.access.context import Context
from xiaolu.events.store import timers
from xiaolu.events.timers import set_timer
from xiaolu.kit.errors import NotFound
from xiaolu.runtime.health import Finding, note_backup, note_worker, read_health, read_trouble, retry_timers
from xiaolu.worker.loop import Duty, perform

PLENTY = 10**12


@post("/broken", opt={"public": True})
async def broken(ctx: NamedDependency[Context]) -> None:
    raise RuntimeError(f"secret words of {ctx.actor.name}")


def status(findings: list[Finding]) -> dict[str, str]:
    return {each.key: each.status for each in findings}


def test_facts_tell_what_is_wrong_and_turn_well_when_it_is_mended(database: Database, run: Run) -> None:
    async def story() -> None:
        async with serving(database, [broken]) as (app, workspace):
            async with client(app) as http:
                for _ in range(2):
                    assert (await http.post("/api/broken")).status_code == 500
            async with workspace.context() as ctx:
                identifier = await set_timer(ctx, "draft.publish", ctx.now, {})
                await timers.put_off(
                    ctx.uow, identifier, attempts=6, due_at=ctx.now, error="ValueError: no", failed_at=ctx.now
                )
                await set_timer(ctx, "draft.publish", ctx.now - timedelta(hours=1), {})
            async with workspace.context() as ctx:
                found = await read_health(ctx, free_bytes=10**9)
                wrong = {key: value for key, value in status(found).items() if value != "ok"}
                assert wrong == {
                    "worker": "error", "timers": "warn", "failed_timers": "error", "incidents": "warn", "backup": "warn", "disk": "warn",
                }  # fmt: skip
                for each in found:
                    for language in ("zh", "en"):
                        assert each.label(language) != f"health.{each.key}"
                        assert "{" not in each.text(language)
                        assert each.text(language) != f"health.{each.key}.{each.status}"
                trouble = await read_trouble(ctx)
                assert [(each["place"], each["error"], each["count"]) for each in trouble.incidents] == [
                    ("POST /broken", "RuntimeError", 2)
                ]
                assert [each["id"] for each in trouble.timers] == [identifier]
                await retry_timers(ctx, identifier)
                with pytest.raises(NotFound):
                    await retry_timers(ctx, identifier)
                await note_backup(ctx, "today.tar", 5_000_000)
                await note_worker(ctx, "one")
                mended = status(await read_health(ctx, free_bytes=PLENTY))
                assert [key for key, value in mended.items() if value != "ok"] == ["timers", "incidents"]

    run(story())


def test_a_duty_that_fails_is_told(database: Database, run: Run) -> None:
    async def story() -> None:
        async with serving(database, []) as (_, workspace):

            class Enough(BaseException):
                """Ends the duty."""

            turns = iter((RuntimeError("no"), Enough()))

            async def step(_: object) -> bool:
                raise next(turns)

            with pytest.raises(Enough):
                await perform(workspace, Duty("imports", 0.01, step))
            async with workspace.context() as ctx:
                (told,) = (await read_trouble(ctx)).incidents
                assert (told["kind"], told["place"], told["error"]) == ("duty", "imports", "RuntimeError")

    run(story())
