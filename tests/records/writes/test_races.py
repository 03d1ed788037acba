"""Two people at once: exactly one wins, and the other is told why."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.records.writes.scene import Scene
from xiaolu.access.context import Context
from xiaolu.kit.errors import AppError
from xiaolu.records import service
from xiaolu.records.model import MoveRequest, Update

Run = Callable[..., Any]
Work = Callable[[Context], Awaitable[Any]]


async def race(scene: Scene, *works: Work) -> tuple[list[Any], list[AppError]]:
    """Run each work on a connection of its own, all at once; return what came out and what was refused."""

    async def one(work: Work) -> Any:
        uow = await scene.database.uow()
        try:
            result = await work(scene.ctx(uow=uow))
            await uow.finish()
        except AppError as error:
            await uow.abandon()
            return error
        finally:
            await uow.connection.close()
        return result

    outcomes = await asyncio.gather(*(one(each) for each in works))
    return (
        [each for each in outcomes if not isinstance(each, AppError)],
        [each for each in outcomes if isinstance(each, AppError)],
    )


def test_two_changes_of_one_version(scene: Scene, run: Run) -> None:
    for entity in ("product", "lead"):  # with and without formulas that read it
        record = run(scene.add(entity, name="一"))

        def change(number: int, record: Any = record, entity: str = entity) -> Work:
            update = Update(values={"name": f"第{number}个"}, version=1)
            return lambda ctx: service.update_record(ctx, entity, record.id, update, alone=True)

        won, lost = run(race(scene, *(change(each) for each in range(6))))
        assert len(won) == 1
        assert [each.code for each in lost] == ["record.changed"] * 5
        assert all(each.problems[0].params["value"] == won[0].title for each in lost)
        assert run(scene.read(record)).version == 2
        assert len(run(scene.rows("SELECT 1 FROM event WHERE record_id = $1", record.id))) == 2


@pytest.mark.parametrize("alone", [True, False])
def test_two_records_with_one_unique_value(scene: Scene, run: Run, alone: bool) -> None:
    works = [lambda ctx: service.create_record(ctx, "customer", {"name": "甲"}, alone=alone)] * 6
    won, lost = run(race(scene, *works))
    assert len(won) == 1
    assert {each.problems[0].code for each in lost} <= {"value.taken", "value.taken_by_hidden"}
    assert len(run(scene.rows("SELECT 1 FROM r_customer"))) == 1
    assert len(run(scene.rows("SELECT 1 FROM event WHERE entity = 'customer'"))) == 1


def test_changes_without_version_all_land(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", name="一"))
    fields = ("amount", "due", "reason", "secret")
    values = (5, "2026-05-01", "急", 7)

    def change(key: str, value: Any) -> Work:
        return lambda ctx: service.update_record(ctx, "lead", lead.id, Update(values={key: value}), alone=True)

    won, lost = run(race(scene, *map(change, fields, values)))
    assert (len(won), lost) == (4, [])
    final = run(scene.read(lead))
    assert final.version == 5
    assert [final.values[each] for each in fields] == ["5.00", "2026-05-01", "急", "7.00"]


def test_numbers_are_given_once(scene: Scene, run: Run) -> None:
    works = [lambda ctx: service.create_record(ctx, "lead", {"name": "x"}, alone=True)] * 12
    won, lost = run(race(scene, *works))
    assert lost == []
    assert sorted(each.values["no"][-4:] for each in won) == [f"{number:04}" for number in range(1, 13)]


def test_a_move_happens_once(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲", region="浙江"))
    lead = run(scene.add("lead", name="一", amount=5, customer=str(customer.id)))
    request = MoveRequest(transition="to_talk", version=1, action="asked", remark="好")
    won, lost = run(race(scene, *[lambda ctx: service.move_record(ctx, "lead", lead.id, request)] * 4))
    assert len(won) == 1
    assert {each.code for each in lost} <= {"record.changed", "record.busy"}
    assert len(run(scene.rows("SELECT 1 FROM event WHERE kind = 'record.moved'"))) == 1


def test_deleting_and_changing_at_once(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲"))
    for _ in range(4):
        lead = run(scene.add("lead", name="一", amount=5, customer=str(customer.id)))
        run(
            race(
                scene,
                lambda ctx, lead=lead: service.delete_record(ctx, "lead", lead.id),  # type: ignore[misc]
                lambda ctx, lead=lead: service.update_record(ctx, "lead", lead.id, Update(values={"amount": 9})),  # type: ignore[misc]
            )
        )
        versions = run(scene.rows("SELECT version FROM event WHERE record_id = $1 ORDER BY id", lead.id))
        assert [each["version"] for each in versions] == list(range(1, len(versions) + 1))
    live = run(scene.rows("SELECT coalesce(sum(amount), 0) AS total FROM r_lead WHERE deleted_at IS NULL"))
    assert run(scene.read(customer)).values["lead_total"] == f"{live[0]['total']:.2f}"
