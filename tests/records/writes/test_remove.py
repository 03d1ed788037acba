"""The recycle bin: in, out, and for good."""

from collections.abc import Callable
from typing import Any

from tests.records.writes.scene import Scene, codes
from xiaolu.kit.errors import Conflict, Denied, NotFound
from xiaolu.records import service
from xiaolu.records.model import Record

Run = Callable[..., Any]


async def _delete(scene: Scene, record: Record, who: str = "admin", version: int | None = None) -> None:
    await service.delete_record(scene.ctx(who), record.entity, record.id, version)
    await scene.uow.finish()


async def _restore(scene: Scene, record: Record, who: str = "admin") -> Record:
    restored = await service.restore_record(scene.ctx(who), record.entity, record.id)
    await scene.uow.finish()
    return restored


async def _purge(scene: Scene, record: Record, who: str = "admin") -> None:
    await service.purge_record(scene.ctx(who), record.entity, record.id)
    await scene.uow.finish()


def test_to_the_bin_and_back(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲"))
    product = run(scene.add("product", name="泵", price=2))
    lead = run(
        scene.add(
            "lead", name="一", amount=5, customer=str(customer.id), items=[{"product": str(product.id), "quantity": 3}]
        )
    )
    run(_delete(scene, lead))
    assert run(scene.read(lead)).deleted_at == scene.now
    assert run(scene.read(customer)).values["lead_total"] == "0.00"
    assert run(scene.read(product)).values["sold"] == 0
    assert isinstance(run(scene.refusal(_delete(scene, lead))), NotFound)
    restored = run(_restore(scene, lead))
    assert (restored.deleted_at, restored.version) == (None, 3)
    assert run(scene.read(customer)).values["lead_total"] == "5.00"
    assert run(scene.read(product)).values["sold"] == 3
    assert len(run(scene.read(lead)).values["items"]) == 1
    kinds = run(scene.rows("SELECT kind FROM event WHERE record_id = $1 ORDER BY id", lead.id))
    assert [each["kind"] for each in kinds] == ["record.created", "record.deleted", "record.restored"]


def test_rows_that_went_earlier_stay_away(scene: Scene, run: Run) -> None:
    product = run(scene.add("product", name="泵", price=2))
    row = {"product": str(product.id), "quantity": 1}
    lead = run(scene.add("lead", name="一", items=[row, {**row, "quantity": 2}]))
    kept = run(scene.read(lead)).values["items"][1]
    scene.later(hours=1)
    run(scene.change(lead, items=[kept]))
    scene.later(hours=1)
    run(_delete(scene, lead))
    run(_restore(scene, lead))
    assert [each["quantity"] for each in run(scene.read(lead)).values["items"]] == [2]


def test_deletion_notices_changes(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", name="一"))
    run(scene.change(lead, name="二"))
    error = run(scene.refusal(_delete(scene, lead, version=1)))
    assert isinstance(error, Conflict)
    assert error.code == "record.changed"
    run(_delete(scene, lead, version=2))


def test_who_may_delete(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", "wang", name="甲"))
    assert isinstance(run(scene.refusal(_delete(scene, customer, "lina"))), Denied)
    assert isinstance(run(scene.refusal(_delete(scene, customer, "zhao"))), NotFound)
    run(_delete(scene, customer, "wang"))
    assert isinstance(run(scene.refusal(_restore(scene, customer, "lina"))), Denied)
    run(_restore(scene, customer, "wang"))


def test_a_unique_value_may_be_taken_meanwhile(scene: Scene, run: Run) -> None:
    first = run(scene.add("customer", name="甲"))
    run(_delete(scene, first))
    run(scene.add("customer", name="甲"))
    assert codes(run(scene.refusal(_restore(scene, first)))) == {"values.name": "value.taken"}


def test_purging_asks_what_leads_here(scene: Scene, run: Run) -> None:
    holding = run(scene.add("holding", name="集团"))
    customer = run(scene.add("customer", name="甲", holding=str(holding.id)))
    lead = run(scene.add("lead", name="一", customer=str(customer.id), amount=5))
    assert isinstance(run(scene.refusal(_purge(scene, customer))), NotFound)  # not in the bin
    run(_delete(scene, customer))
    error = run(scene.refusal(_purge(scene, customer)))
    assert error.code == "record.still_used"
    assert error.problems[0].params["count"] == 1
    run(_delete(scene, holding))
    run(_restore(scene, customer))
    run(_purge(scene, holding))  # the relation says that it may be cleared
    assert run(scene.read(customer)).values["holding"] is None
    run(scene.change(lead, customer=None))
    run(_delete(scene, customer))
    run(_purge(scene, customer))
    assert isinstance(run(scene.refusal(scene.read(customer))), NotFound)
    kinds = run(scene.rows("SELECT kind FROM event WHERE record_id = $1 ORDER BY id DESC LIMIT 1", customer.id))
    assert kinds[0]["kind"] == "record.purged"
