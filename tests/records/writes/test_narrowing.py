"""A relation narrowed by another field: no way of writing puts a record there that does not suit."""

from collections.abc import Callable
from typing import Any

from tests.records.writes.scene import Scene
from xiaolu.kit.i18n import message
from xiaolu.records import service
from xiaolu.records.model import Draft, Merge, MoveRequest

Run = Callable[..., Any]


def test_only_records_that_suit_are_taken_whichever_way_they_come(scene: Scene, run: Run) -> None:
    ours, theirs = (run(scene.add("holding", name=name)) for name in ("甲集团", "乙集团"))
    inside = run(scene.add("customer", name="甲一", holding=str(ours.id), region="浙江"))
    outside = run(scene.add("customer", name="乙一", holding=str(theirs.id), region="浙江"))
    alone = run(scene.add("customer", name="散户", region="浙江"))
    lead = run(scene.add("lead", name="线索", group=str(ours.id), customer=str(inside.id), amount=10))
    free = run(scene.add("lead", name="没有集团", customer=str(outside.id)))

    def refused(work: Any) -> None:
        problems = run(scene.refusal(work)).problems
        assert [(each.path, each.code) for each in problems] == [(("values", "customer"), "relation.outside")]
        assert message(problems[0].code, problems[0].params, "zh") == (
            "“客户”所选的客户，其“集团”与这里的“所属集团”不一致。请改选集团相同的客户，或者先清空“客户”。"
        )
        assert "empty “客户”" in message(problems[0].code, problems[0].params, "en")

    refused(scene.add("lead", name="错", group=str(ours.id), customer=str(outside.id)))
    refused(scene.add("lead", name="错", group=str(ours.id), customer=str(alone.id)))
    refused(scene.change(lead, customer=str(outside.id)))
    refused(scene.change(lead, group=str(theirs.id)))
    refused(scene.change(free, group=str(ours.id)))
    move = MoveRequest(
        transition="to_talk", action="asked", remark="客户提到了竞品", values={"customer": str(outside.id)}
    )
    refused(service.move_record(scene.ctx(), "lead", lead.id, move))

    drafts = [{"name": "批", "group": str(ours.id), "customer": str(each.id)} for each in (outside, inside)]
    made = run(service.create_many(scene.ctx(), "lead", [Draft(values=each) for each in drafts]))
    assert [each.code for each in made[0]] == ["relation.outside"]
    assert not isinstance(made[1], list)
    bulk = run(service.bulk_update(scene.ctx(), "lead", [lead.id], {"customer": str(outside.id)}))
    assert [each.code for each in bulk.failed[0].problems] == ["relation.outside"]
    run(scene.uow.finish())

    several = run(scene.refusal(scene.change(lead, partners=[str(inside.id), str(outside.id)]))).problems
    assert [(each.path, each.code) for each in several] == [(("values", "partners"), "relation.outside")]
    lead = run(scene.change(lead, partners=[str(inside.id)]))
    run(scene.change(inside, holding=str(theirs.id)))
    second = run(scene.add("customer", name="甲二", holding=str(ours.id), region="浙江"))
    lead = run(scene.change(lead, partners=[str(inside.id), str(second.id)]))  # what was there stays
    lead = run(scene.change(lead, partners=None))
    run(scene.change(inside, holding=str(ours.id)))

    both = run(scene.change(lead, group=str(theirs.id), customer=str(outside.id)))
    assert both.values["customer"] == str(outside.id)
    run(scene.change(outside, holding=None))
    untouched = run(scene.change(both, amount=20))  # neither field changes: what is there stays
    assert run(scene.change(untouched, group=None)).values["customer"] == str(outside.id)


def test_a_merge_that_would_break_the_rule_is_refused(scene: Scene, run: Run) -> None:
    ours, theirs = (run(scene.add("holding", name=name)) for name in ("甲集团", "乙集团"))
    keep, other = (
        run(scene.add("customer", name=name, holding=str(of.id), region="浙江"))
        for name, of in (("甲一", ours), ("乙一", theirs))
    )
    lead = run(scene.add("lead", name="线索", group=str(theirs.id), customer=str(other.id)))
    pair = run(scene.add("lead", name="伙伴", group=str(theirs.id), partners=[str(other.id)]))
    run(scene.add("lead", name="没有集团", customer=str(other.id)))

    def merge(keep: Any, *absorb: Any, **values: Any) -> Any:
        wanted = Merge(keep=keep.id, absorb=tuple(each.id for each in absorb), values=values)
        return service.merge_records(scene.ctx(), keep.entity, wanted)

    refused = run(scene.refusal(merge(keep, other)))
    assert [each.params["label"] for each in refused.problems] == ["客户", "同行客户"]
    assert message(refused.code, refused.params, "zh") == (
        "“线索”中有 1 条记录的“客户”合并后会指向“集团”与其“所属集团”不一致的客户。"
        "请先修改这些记录，或让保留的客户取与它们相同的“集团”，再合并。"
    )
    assert run(scene.read(lead)).values["customer"] == str(other.id)
    run(merge(keep, other, holding=str(theirs.id)))  # it takes the others' group along
    run(scene.uow.finish())
    assert run(scene.read(lead)).values["customer"] == str(keep.id)
    assert run(scene.read(pair)).values["partners"] == [str(keep.id)]
    run(merge(ours, theirs))  # both sides of the rule follow
