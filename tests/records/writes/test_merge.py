"""Merging, duplicates and history."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.records.writes.scene import Scene, codes
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.records import service
from xiaolu.records.model import History, Merge, Record

Run = Callable[..., Any]


async def merge(scene: Scene, keep: Record, *absorb: Record, who: str = "admin", **values: Any) -> Record:
    wanted = Merge(keep=keep.id, version=keep.version, absorb=tuple(each.id for each in absorb), values=values)
    merged = await service.merge_records(scene.ctx(who), keep.entity, wanted)
    await scene.uow.finish()
    return merged


async def history(scene: Scene, record: Record, who: str = "admin", before: int | None = None) -> History:
    return await service.read_history(scene.ctx(who), record.entity, record.id, before)


def test_everything_follows_the_record_that_stays(scene: Scene, run: Run) -> None:
    keep = run(scene.add("customer", name="宁波机械", region="浙江"))
    other = run(scene.add("customer", name="宁波机械厂", phone="13812345678"))
    leads = [run(scene.add("lead", name=f"线索{each}", amount=10, customer=str(other.id))) for each in range(3)]
    run(scene.add("lead", name="本来的", amount=1, customer=str(keep.id)))
    merged = run(merge(scene, keep, other, name="宁波机械厂", phone="13812345678"))
    assert merged.id == keep.id
    assert merged.values["name"] == "宁波机械厂"  # the unique value of an absorbed record is free at once
    assert merged.values["lead_total"] == "31.00"
    assert merged.values["lead_count"] == 4
    for lead in leads:
        now = run(scene.read(lead))
        assert (now.values["customer"], now.values["region"], now.version) == (str(keep.id), "浙江", 2)
    gone = run(scene.read(other))
    assert gone.deleted_at == scene.now
    assert gone.merged_into == keep.id
    assert gone.values["lead_total"] == "0.00"


def test_a_merge_is_told_in_both_histories(scene: Scene, run: Run) -> None:
    keep, other = run(scene.add("customer", name="甲")), run(scene.add("customer", name="乙"))
    lead = run(scene.add("lead", name="一", customer=str(other.id)))
    run(merge(scene, keep, other))
    kept, absorbed = run(history(scene, keep)).events, run(history(scene, other)).events
    assert (kept[0].kind, kept[0].records) == ("record.merged", [other.id])
    assert (absorbed[0].kind, absorbed[0].records) == ("record.merged", [keep.id])
    assert absorbed[-1].kind == "record.created"
    moved = run(history(scene, lead)).events[0]
    assert [(each.field, each.before_text, each.after_text) for each in moved.changes] == [("customer", "乙", "甲")]


def test_pairs_and_rows_follow_too(scene: Scene, run: Run) -> None:
    keep, other = run(scene.add("product", name="泵", price=3)), run(scene.add("product", name="水泵", price=5))
    both = run(scene.add("lead", name="一", products=[str(other.id), str(keep.id)]))
    one = run(scene.add("lead", name="二", products=[str(other.id)], items=[{"product": str(other.id), "quantity": 2}]))
    run(merge(scene, keep, other))
    assert run(scene.read(both)).values["products"] == [str(keep.id)]
    again = run(scene.read(one))
    assert again.values["products"] == [str(keep.id)]
    assert again.values["item_total"] == "6.00"
    assert run(scene.read(keep)).values["sold"] == 2


def test_rows_of_absorbed_records_join_those_that_stay(scene: Scene, run: Run) -> None:
    pump = run(scene.add("product", name="泵", price=1))
    row = {"product": str(pump.id), "quantity": 1}
    keep, other = run(scene.add("lead", name="一", items=[row])), run(scene.add("lead", name="二", items=[row, row]))
    merged = run(merge(scene, keep, other))
    assert len(merged.values["items"]) == 3
    assert merged.values["item_total"] == "3.00"


def test_refusals_of_a_merge(scene: Scene, run: Run) -> None:
    keep, other = run(scene.add("customer", "wang", name="甲")), run(scene.add("customer", "lina", name="乙"))
    hidden = run(scene.add("customer", "zhao", name="丙"))
    assert isinstance(run(scene.refusal(merge(scene, keep, keep))), Invalid)
    assert isinstance(run(scene.refusal(merge(scene, keep))), Invalid)
    assert isinstance(run(scene.refusal(merge(scene, keep, other, who="wang"))), Denied)
    assert isinstance(run(scene.refusal(merge(scene, keep, hidden, who="wang"))), NotFound)
    wrong = run(scene.refusal(merge(scene, keep, other, name="")))
    assert codes(wrong) == {"values.name": "field.required"}
    assert run(scene.read(other)).deleted_at is None
    run(scene.change(keep, region="浙江"))
    assert isinstance(run(scene.refusal(merge(scene, keep, other))), Conflict)


def test_restoring_an_absorbed_record_forgets_the_merge(scene: Scene, run: Run) -> None:
    keep, other = run(scene.add("customer", name="甲")), run(scene.add("customer", name="乙"))
    run(merge(scene, keep, other))
    restored = run(service.restore_record(scene.ctx(), "customer", other.id))
    run(scene.uow.finish())
    assert restored.deleted_at is None
    assert run(scene.rows("SELECT 1 FROM record_merge")) == []


def test_merging_into_one_another_follows_the_chain(scene: Scene, run: Run) -> None:
    first, second, third = (run(scene.add("customer", name=each)) for each in "甲乙丙")
    second = run(merge(scene, second, first))
    run(merge(scene, third, second))
    assert run(scene.read(first)).merged_into == third.id


def test_duplicates_are_looked_up_in_indexes(scene: Scene, run: Run) -> None:
    """A form asks for duplicates while somebody types: that must not read a table of a million rows."""

    async def plan(column: str) -> str:
        async with scene.uow.connection.transaction():
            await scene.uow.connection.execute("SET LOCAL enable_seqscan = off")
            rows = await scene.uow.connection.fetch(
                f"EXPLAIN SELECT id FROM r_customer WHERE deleted_at IS NULL AND lower({column}) = lower('甲')"
            )
        return "\n".join(row[0] for row in rows)

    for column in ("name", "phone"):
        assert f"(lower({column}) = " in run(plan(column)).split("Index Cond: ")[-1]
        assert "Index Cond" in run(plan(column))


def test_duplicates_are_found_whatever_their_case(scene: Scene, run: Run) -> None:
    mine = run(scene.add("customer", "wang", name="Ningbo Machine", phone="13812345678"))
    run(scene.add("customer", "zhao", name="另一家", phone="13912345678"))

    def found(who: str, identifier: UUID | None = None, **values: Any) -> tuple[list[str], int]:
        matches = run(service.find_duplicates(scene.ctx(who), "customer", values, identifier))
        return [each.title for each in matches.matches], matches.hidden

    assert found("wang", name="ningbo machine") == (["Ningbo Machine"], 0)
    assert found("wang", name="x", phone="+86 138-1234-5678") == (["Ningbo Machine"], 0)
    assert found("wang", name="x", phone="13912345678") == ([], 1)  # there is one, but not for these eyes
    assert found("admin", phone="13912345678") == (["另一家"], 0)
    assert found("wang", mine.id) == ([], 0)
    assert found("wang", phone="no phone") == ([], 0)


def test_history_tells_who_did_what(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲"))
    lead = run(scene.add("lead", "wang", name="一", amount=5))
    scene.later(hours=1)
    run(scene.change(lead, "admin", amount=7, customer=str(customer.id), helper=str(scene.people["lina"].id)))
    events = run(history(scene, lead)).events
    assert [each.kind for each in events] == ["record.updated", "record.created"]
    changed = events[0]
    assert changed.actor is not None
    assert (changed.actor.name, changed.cause, changed.at) == ("管理员", "user", scene.now)
    texts = {each.field: (each.label, each.before_text, each.after_text) for each in changed.changes}
    assert texts["amount"] == ("金额", "¥5.00", "¥7.00")
    assert texts["customer"] == ("客户", "", "甲")
    assert texts["helper"] == ("协助人", "", "李娜")


def test_history_keeps_hidden_fields_to_itself(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", "wang", name="一", amount=5, reason="急"))
    run(scene.change(lead, "admin", secret=3))
    run(scene.change(lead, "admin", reason="缓"))
    fields = [{each.field for each in event.changes} for event in run(history(scene, lead, "wang")).events]
    assert fields[0] == {"reason"}
    assert fields[1] == set()
    run(scene.rows("UPDATE r_lead SET stage = 'won'"))  # where the reason is hidden from sales people
    fields = [{each.field for each in event.changes} for event in run(history(scene, lead, "wang")).events]
    assert "reason" not in set().union(*fields)
    assert "reason" in {each.field for each in run(history(scene, lead)).events[0].changes}


def test_what_happened_in_a_stage_that_hides_a_field_stays_hidden(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", "wang", name="一", amount=5))
    run(scene.rows("UPDATE r_lead SET stage = 'won'"))
    run(
        scene.rows(
            "INSERT INTO event (at, kind, entity, record_id, version, actor_kind, cause_kind, correlation, before, after) "
            "VALUES ($1, 'record.moved', 'lead', $2, 2, 'system', 'system', $2, '{\"stage\": \"new\"}', '{\"stage\": \"won\"}')",
            scene.now,
            lead.id,
        )
    )
    run(scene.change(lead, "admin", reason="成交"))
    run(
        scene.rows(
            "INSERT INTO event (at, kind, entity, record_id, version, actor_kind, cause_kind, correlation, before, after) "
            "VALUES ($1, 'record.moved', 'lead', $2, 4, 'system', 'system', $2, '{\"stage\": \"won\"}', '{\"stage\": \"new\"}')",
            scene.now + timedelta(hours=1),
            lead.id,
        )
    )
    run(scene.rows("UPDATE r_lead SET stage = 'new'"))
    events = run(history(scene, lead, "wang")).events
    assert all(each.field != "reason" for event in events for each in event.changes)


def test_history_comes_in_pages(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", name="一"))
    for number in range(60):
        lead = run(scene.change(lead, amount=number))
    page = run(history(scene, lead))
    assert len(page.events) == 50
    assert page.next is not None
    rest = run(history(scene, lead, before=page.next))
    assert len(rest.events) == 11
    assert rest.next is None
    assert rest.events[-1].kind == "record.created"
