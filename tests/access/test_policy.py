"""Decisions: default deny, scopes, fields, stages, sub-tables, shares, formulas."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.access.scene import DEAL, NOW, Scene, ids_of, insert_deals, role, snapshot_of
from xiaolu.access.authenticate import load_actor
from xiaolu.access.model import ANONYMOUS, SYSTEM, Actor, Operation, SharedRecords
from xiaolu.access.policy import decide, field_access, masked, related_predicate, visible_fields, writable_fields
from xiaolu.kit.sql import compose, ident
from xiaolu.metadata.model.access import FieldAccess, Grant, Scope
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.snapshot import Snapshot

Run = Callable[..., Any]


def nobody(*roles: str) -> Actor:
    return Actor(id=uuid4(), kind="member", name="m", roles=roles)


def test_nothing_is_allowed_by_default() -> None:
    snapshot = snapshot_of(role("empty"), role("other", Grant(entity="elsewhere", read=Scope.ALL, create=True)))
    for actor in (ANONYMOUS, nobody(), nobody("empty"), nobody("other"), nobody("no such role")):
        for operation in Operation:
            decision = decide(actor, snapshot, "deal", operation, now=NOW)
            assert not decision.allowed
            assert decision.predicate.render() == ("FALSE", [])
            assert visible_fields(decision) == frozenset()
    assert not decide(SYSTEM, snapshot, "no such entity", Operation.READ, now=NOW).allowed


def test_the_platform_and_administrators_may_do_everything() -> None:
    snapshot = snapshot_of()
    for operation in Operation:
        for actor in (SYSTEM, nobody("admin"), nobody("rep", "admin")):
            decision = decide(actor, snapshot, "deal", operation, now=NOW)
            assert decision.allowed
            assert decision.predicate.render() == ("TRUE", [])
            assert {"name", "cost", "owner"} <= writable_fields(decision, "won")
    assert "created_at" not in writable_fields(decide(nobody("admin"), snapshot, "deal", Operation.UPDATE, now=NOW))
    assert "created_at" in writable_fields(decide(SYSTEM, snapshot, "deal", Operation.UPDATE, now=NOW))


def test_a_grant_of_its_own_goes_before_the_general_one() -> None:
    one = role("one", Grant(entity="*", read=Scope.ALL, update=Scope.ALL), Grant(entity="deal", read=Scope.OWN))
    snapshot = snapshot_of(one)
    actor = nobody("one")
    assert decide(actor, snapshot, "deal", Operation.READ, now=NOW).predicate.render()[1] == [actor.id]
    assert not decide(actor, snapshot, "deal", Operation.UPDATE, now=NOW).allowed


def test_wider_scopes_swallow_narrower_ones_so_that_the_query_stays_simple() -> None:
    snapshot = snapshot_of(
        role("own", Grant(entity="deal", read=Scope.OWN)),
        role("tree", Grant(entity="deal", read=Scope.DEPARTMENT_TREE)),
        role("all", Grant(entity="deal", read=Scope.ALL)),
    )
    departments = (uuid4(), uuid4())
    actor = Actor(
        id=uuid4(), kind="member", name="m", roles=("own", "tree"), department_ids=departments[:1], department_tree_ids=departments
    )  # fmt: skip
    text, values = decide(actor, snapshot, "deal", Operation.READ, now=NOW).predicate.render()
    assert text == '("r"."department" = ANY($1::uuid[]) OR "r"."owner" = $2::uuid)'
    assert values == [list(departments), actor.id]
    settled = replace(actor, owns_elsewhere=False)
    assert decide(settled, snapshot, "deal", Operation.READ, now=NOW).predicate.render() == (
        '"r"."department" = ANY($1::uuid[])',
        [list(departments)],
    )
    wide = Actor(id=uuid4(), kind="member", name="m", roles=("own", "tree", "all"), department_ids=departments)
    assert decide(wide, snapshot, "deal", Operation.READ, now=NOW).predicate.render() == ("TRUE", [])


def test_computing_a_decision_again_is_only_binding() -> None:
    snapshot = snapshot_of()
    first = decide(nobody("rep"), snapshot, "deal", Operation.READ, now=NOW)
    second = decide(nobody("rep"), snapshot, "deal", Operation.READ, now=NOW)
    assert first.fields is second.fields
    actor = nobody("rep")
    assert decide(actor, snapshot, "deal", Operation.READ, now=NOW) is decide(
        actor, snapshot, "deal", Operation.READ, now=NOW
    )
    assert first.predicate.render()[1] != second.predicate.render()[1]


def test_a_formula_that_does_not_compile_reaches_nothing() -> None:
    broken = role("broken", Grant(entity="deal", read=Scope.FORMULA, formula="{no such field} > 1"))
    assert (
        decide(nobody("broken"), snapshot_of(broken), "deal", Operation.READ, now=NOW).predicate.render()[0] == "FALSE"
    )
    without = role("broken", Grant(entity="deal", read=Scope.FORMULA))
    assert (
        decide(nobody("broken"), snapshot_of(without), "deal", Operation.READ, now=NOW).predicate.render()[0] == "FALSE"
    )


def test_a_formula_scope_knows_who_asks(installed: Scene, run: Run) -> None:
    async def story() -> None:
        mine = role("mine", Grant(entity="deal", read=Scope.FORMULA, formula="{created_by} = ME()"))
        installed.snapshot = snapshot = snapshot_of(mine)
        wang, li = await installed.member("wang", "mine"), await installed.member("li", "mine")
        await insert_deals(
            installed.uow,
            [{"id": uuid4(), "created_at": NOW, "updated_at": NOW, "created_by": by} for by in (wang, wang, li)],
        )
        for member, count in ((wang, 2), (li, 1)):
            actor = await load_actor(installed.uow, member, snapshot=snapshot)
            assert actor is not None
            decision = decide(actor, snapshot, "deal", Operation.READ, now=NOW)
            assert len(await ids_of(installed, decision)) == count

    run(story())


def test_rows_of_a_sub_table_follow_their_record(installed: Scene, run: Run) -> None:
    scene = installed

    async def story() -> None:
        wang = await scene.member("wang", "rep")
        deals = [uuid4(), uuid4()]
        system = {"created_at": NOW, "updated_at": NOW}
        await insert_deals(scene.uow, [{"id": deals[0], "owner": wang, **system}, {"id": deals[1], **system}])
        for deal in deals:
            await scene.uow.connection.execute(
                "INSERT INTO r_item (id, parent_id, position, created_at, updated_at) VALUES ($1, $2, 1, $3, $3)",
                uuid4(), deal, NOW,
            )  # fmt: skip
        actor = await scene.actor(wang)
        for operation in (Operation.READ, Operation.UPDATE, Operation.CREATE, Operation.DELETE):
            decision = decide(actor, scene.snapshot, "item", operation, now=NOW)
            assert decision.allowed
            rows = await scene.uow.fetch(compose("SELECT r.parent_id FROM r_item r WHERE {p}", p=decision.predicate))
            assert [row["parent_id"] for row in rows] == [deals[0]]
        assert not decide(actor, scene.snapshot, "item", Operation.EXPORT, now=NOW).allowed

    run(story())


def test_a_hidden_or_read_only_sub_table_caps_its_rows() -> None:
    for access in FieldAccess:
        holder = role("holder", Grant(entity="deal", read=Scope.ALL, update=Scope.ALL, fields={"items": access}))
        update = decide(nobody("holder"), snapshot_of(holder), "item", Operation.UPDATE, now=NOW)
        assert update.allowed == (access is not FieldAccess.HIDDEN)
        assert field_access(update, "price") is access
    narrowed = role(
        "holder",
        Grant(entity="deal", read=Scope.ALL, update=Scope.ALL, stages={"won": {"items": FieldAccess.READ}}),
        Grant(entity="item", fields={"price": FieldAccess.HIDDEN}),
    )
    update = decide(nobody("holder"), snapshot_of(narrowed), "item", Operation.UPDATE, now=NOW)
    assert field_access(update, "price") is FieldAccess.HIDDEN
    assert field_access(update, "product") is FieldAccess.WRITE
    assert field_access(update, "product", "won") is FieldAccess.READ


def test_a_field_hidden_in_a_stage_is_masked_in_queries(installed: Scene, run: Run) -> None:
    scene = installed

    async def story() -> None:
        shy = role("shy", Grant(entity="deal", read=Scope.ALL, stages={"won": {"amount": FieldAccess.HIDDEN}}))
        decision = decide(nobody("shy"), snapshot_of(shy), "deal", Operation.READ, now=NOW)
        system = {"created_at": NOW, "updated_at": NOW}
        await insert_deals(
            scene.uow,
            [{"id": uuid4(), "amount": 5, "stage": stage, **system} for stage in ("new", "won", None)],
        )
        column = masked(decision, "amount", ident("r", "amount"))
        rows = await scene.uow.fetch(compose("SELECT r.stage, {c} AS amount FROM r_deal r", c=column))
        assert {row["stage"]: row["amount"] for row in rows} == {"new": 5, "won": None, None: 5}
        assert masked(decision, "name", ident("r", "name")).render()[0] == '"r"."name"'
        rep = decide(nobody("rep"), snapshot_of(), "deal", Operation.READ, now=NOW)
        assert masked(rep, "cost", ident("r", "cost")).render()[0] == "NULL"

    run(story())


def test_many_shares_are_looked_up_by_the_query(installed: Scene, run: Run) -> None:
    scene = installed

    async def story() -> None:
        wang = await scene.member("wang", "rep")
        system = {"created_at": NOW, "updated_at": NOW}
        deals = [uuid4() for _ in range(4)]
        await insert_deals(scene.uow, [{"id": each, **system} for each in deals])
        for deal, access in ((deals[0], "read"), (deals[1], "update"), (deals[1], "read")):
            await scene.uow.connection.execute(
                "INSERT INTO share (id, entity, record_id, member_id, access, shared_at) "
                "VALUES (gen_random_uuid(), 'deal', $1, $2, $3, $4) ON CONFLICT DO NOTHING",
                deal, wang, access, NOW,
            )  # fmt: skip
        carried = await scene.actor(wang)
        many = Actor(id=wang, kind="member", name="m", roles=("rep",), shares={"deal": SharedRecords(None, None)})
        for actor in (carried, many):
            read = decide(actor, scene.snapshot, "deal", Operation.READ, now=NOW)
            assert await ids_of(scene, read) == {deals[0], deals[1]}
            update = decide(actor, scene.snapshot, "deal", Operation.UPDATE, now=NOW)
            assert await ids_of(scene, update) == {deals[1]}

    run(story())


def test_related_records_are_restricted_under_their_own_alias(installed: Scene, run: Run) -> None:
    async def story() -> None:
        actor = await installed.actor(await installed.member("wang", "rep"))
        restricted = related_predicate(actor, installed.snapshot, "deal", alias="d7", now=NOW)
        assert restricted.render()[0] == '"d7"."owner" = $1::uuid'
        nothing = related_predicate(ANONYMOUS, installed.snapshot, "deal", alias="d7", now=NOW)
        assert nothing.render()[0] == "FALSE"

    run(story())


def test_two_workspaces_with_the_same_version_do_not_share_decisions() -> None:
    open_house = snapshot_of(role("rep", Grant(entity="deal", read=Scope.ALL)))
    closed = Snapshot(1, Definitions(entities=(DEAL,), roles=()))
    actor = nobody("rep")
    assert decide(actor, open_house, "deal", Operation.READ, now=NOW).allowed
    assert not decide(actor, closed, "deal", Operation.READ, now=NOW + timedelta(days=1)).allowed


def test_a_formula_scope_follows_the_clock(installed: Scene, run: Run) -> None:
    async def story() -> None:
        fresh = role("fresh", Grant(entity="deal", read=Scope.FORMULA, formula="{created_at} > NOW() - 7"))
        actor, snapshot = nobody("fresh"), snapshot_of(fresh)
        await insert_deals(installed.uow, [{"id": uuid4(), "created_at": NOW, "updated_at": NOW}])
        for days, count in ((1, 1), (8, 0), (2, 1)):
            decision = decide(actor, snapshot, "deal", Operation.READ, now=NOW + timedelta(days=days))
            assert len(await ids_of(installed, decision)) == count

    run(story())
