"""Decisions: what random sets of roles reach on real tables equals a plain reading of their grants."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.scene import DEAL, NOW, Scene, definitions, insert_deals, role, snapshot_of
from xiaolu.access.authenticate import load_actor
from xiaolu.access.model import ANONYMOUS, SYSTEM, Actor, Decision, Operation, SharedRecords
from xiaolu.access.policy import decide, field_access, masked, related_predicate, visible_fields, writable_fields
from xiaolu.kit.sql import compose, ident
from xiaolu.metadata.model.access import FieldAccess, Grant, Role, Scope
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.snapshot import Snapshot

Run = Callable[..., Any]
KEYS = ("r1", "r2", "r3")
FIELDS = ("name", "amount", "cost")
STAGES = ("new", "won")
RANK = [FieldAccess.HIDDEN, FieldAccess.READ, FieldAccess.WRITE]

scopes = st.sampled_from(list(Scope))
accesses = st.sampled_from(list(FieldAccess))
field_maps = st.dictionaries(st.sampled_from(FIELDS), accesses, max_size=3)
grants = st.builds(
    Grant,
    entity=st.sampled_from(["deal", "deal", "*"]),
    create=st.booleans(),
    read=scopes,
    update=scopes,
    delete=scopes,
    move=scopes,
    import_=st.booleans(),
    export=st.booleans(),
    formula=st.just("{amount} > 50"),
    fields=field_maps,
    stages=st.dictionaries(st.sampled_from(STAGES), field_maps, max_size=2),
)
role_sets = st.tuples(*[st.builds(role, st.just(key), grants) for key in KEYS])


@dataclass
class Company:
    """A department tree with members and deals, as plain values."""

    parents: dict[UUID, UUID | None] = field(default_factory=dict)
    managers: dict[UUID, UUID | None] = field(default_factory=dict)
    homes: dict[UUID, UUID | None] = field(default_factory=dict)
    deals: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    shares: list[tuple[UUID, UUID | None, UUID | None, str]] = field(default_factory=list)

    def near(self, member: UUID) -> set[UUID]:
        managed = {key for key, manager in self.managers.items() if manager == member}
        home = self.homes[member]
        return managed | ({home} if home else set())

    def is_below(self, department: UUID | None, tops: set[UUID]) -> bool:
        while department is not None:
            if department in tops:
                return True
            department = self.parents[department]
        return False

    def shared(self, deal: UUID, member: UUID, access: str) -> bool:
        for record, to_member, to_department, given_access in self.shares:
            if record != deal or (access == "update" and given_access == "read"):
                continue
            if to_member == member:
                return True
            if to_department is not None and (
                to_department in self.near(member) or self.is_below(self.homes[member], {to_department})
            ):
                return True
        return False


@st.composite
def companies(draw: st.DrawFn) -> Company:
    company = Company()
    departments = [uuid4() for _ in range(draw(st.integers(1, 5)))]
    people = [uuid4() for _ in range(draw(st.integers(1, 3)))]
    for index, each in enumerate(departments):
        company.parents[each] = draw(st.sampled_from([None, *departments[:index]]))
        company.managers[each] = draw(st.sampled_from([None, *people]))
    for person in people:
        company.homes[person] = draw(st.sampled_from([None, *departments]))
    for _ in range(draw(st.integers(1, 8))):
        company.deals[uuid4()] = {
            "owner": draw(st.sampled_from([None, *people])),
            "department": draw(st.sampled_from([None, *departments])),
            "amount": draw(st.sampled_from([None, 10, 50, 100])),
            "stage": draw(st.sampled_from([None, *STAGES])),
        }
    for record in draw(st.lists(st.sampled_from(sorted(company.deals, key=str)), max_size=3)):
        to_member = draw(st.sampled_from([None, *people]))
        to_department = draw(st.sampled_from(departments)) if to_member is None else None
        if (record, to_member, to_department) not in [each[:3] for each in company.shares]:
            company.shares.append((record, to_member, to_department, draw(st.sampled_from(["read", "update"]))))
    return company


async def store_company(scene: Scene, company: Company) -> None:
    connection = scene.uow.connection
    for each in company.parents:
        await connection.execute("INSERT INTO department (id, name, created_at) VALUES ($1, 'd', $2)", each, NOW)
    for member, home in company.homes.items():
        await connection.execute(
            "INSERT INTO member (id, login, name, department_id, created_at) VALUES ($1, $2, 'm', $3, $4)",
            member, str(member), home, NOW,
        )  # fmt: skip
    for key, parent in company.parents.items():
        await connection.execute(
            "UPDATE department SET parent_id = $2, manager_id = $3 WHERE id = $1", key, parent, company.managers[key]
        )
    system = {"created_at": NOW, "updated_at": NOW}
    await insert_deals(scene.uow, [{"id": key, **system, **deal} for key, deal in company.deals.items()])
    for record, to_member, to_department, access in company.shares:
        await connection.execute(
            "INSERT INTO share (id, entity, record_id, member_id, department_id, access, shared_at) "
            "VALUES (gen_random_uuid(), 'deal', $1, $2, $3, $4, $5)",
            record, to_member, to_department, access, NOW,
        )  # fmt: skip


def grant_of(held: Role) -> Grant | None:
    return held.grants[0] if held.grants else None


def scope_of(grant: Grant, operation: Operation) -> Scope:
    match operation:
        case Operation.CREATE:
            return Scope.ALL if grant.create else Scope.NONE
        case Operation.IMPORT:
            return Scope.ALL if grant.import_ else Scope.NONE
        case Operation.EXPORT:
            return grant.read if grant.export else Scope.NONE
        case _:
            return Scope(getattr(grant, operation.value))


def reaches(company: Company, member: UUID, scope: Scope, deal: dict[str, Any]) -> bool:
    match scope:
        case Scope.NONE:
            return False
        case Scope.ALL:
            return True
        case Scope.FORMULA:
            return deal["amount"] is not None and deal["amount"] > 50
        case Scope.OWN:
            return bool(deal["owner"] == member)
        case Scope.DEPARTMENT:
            return deal["owner"] == member or deal["department"] in company.near(member)
        case Scope.DEPARTMENT_TREE:
            return deal["owner"] == member or company.is_below(deal["department"], company.near(member))


def expected(company: Company, member: UUID, held: Iterable[Role], operation: Operation) -> set[UUID]:
    """Say in plain words which deals a member reaches."""
    all_grants = [grant for each in held if (grant := grant_of(each)) is not None]
    granting = [each for each in all_grants if scope_of(each, operation) is not Scope.NONE]
    readable = [each for each in all_grants if each.read is not Scope.NONE]
    found = set()
    for key, deal in company.deals.items():
        reached = any(reaches(company, member, scope_of(each, operation), deal) for each in granting)
        if granting and operation in {Operation.READ, Operation.EXPORT}:
            reached |= company.shared(key, member, "read")
        if granting and operation is Operation.UPDATE:
            reached |= company.shared(key, member, "update")
        if operation in {Operation.UPDATE, Operation.DELETE, Operation.MOVE, Operation.EXPORT}:
            seen = any(reaches(company, member, each.read, deal) for each in readable)
            may_share = operation in {Operation.UPDATE, Operation.EXPORT}
            reached &= bool(readable) and (seen or (may_share and company.shared(key, member, "read")))
        if reached:
            found.add(key)
    return found


def expected_access(held: Iterable[Role], operation: Operation, key: str, stage: str | None) -> FieldAccess:
    """Say in plain words what may be done with a field: best role counts, within a role the stricter."""

    def best(granting: list[Grant]) -> int:
        ranks = [
            min(
                RANK.index(each.fields.get(key, FieldAccess.WRITE)),
                RANK.index(each.stages.get(stage or "", {}).get(key, FieldAccess.WRITE)),
            )
            for each in granting
        ]
        return max(ranks, default=0)

    all_grants = [grant for each in held if (grant := grant_of(each)) is not None]
    rank = best([each for each in all_grants if scope_of(each, operation) is not Scope.NONE])
    if operation in {Operation.UPDATE, Operation.DELETE, Operation.MOVE, Operation.EXPORT}:
        seen = best([each for each in all_grants if each.read is not Scope.NONE])
        rank = 0 if seen == 0 else rank
    return RANK[rank]


async def ids_of(scene: Scene, decision: Decision) -> set[UUID]:
    rows = await scene.uow.fetch(compose("SELECT r.id FROM r_deal AS r WHERE {p}", p=decision.predicate))
    return {row["id"] for row in rows}


def test_random_roles_reach_what_their_grants_say(installed: Scene, run: Run) -> None:
    scene = installed

    async def check(roles: tuple[Role, ...], company: Company, held: list[str]) -> None:
        snapshot = Snapshot(2, definitions(*roles))
        await scene.uow.begin()
        try:
            await store_company(scene, company)
            for member in company.homes:
                for key in held:
                    await scene.uow.connection.execute("INSERT INTO member_role VALUES ($1, $2)", member, key)
                actor = await load_actor(scene.uow, member, snapshot=snapshot)
                assert actor is not None
                holding = [each for each in roles if each.key in held]
                for operation in Operation:
                    decision = decide(actor, snapshot, "deal", operation, now=NOW)
                    assert await ids_of(scene, decision) == expected(company, member, holding, operation), operation
        finally:
            await scene.uow.abandon()

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(role_sets, companies(), st.lists(st.sampled_from([*KEYS, "gone"]), unique=True))
    def every_operation(roles: tuple[Role, ...], company: Company, held: list[str]) -> None:
        run(check(roles, company, held))

    every_operation()


@settings(max_examples=300, deadline=None)
@given(role_sets, st.lists(st.sampled_from(KEYS), unique=True), st.sampled_from(list(Operation)))
def test_random_roles_see_and_write_the_fields_their_grants_say(
    roles: tuple[Role, ...], held: list[str], operation: Operation
) -> None:
    snapshot = snapshot_of(*roles)
    actor = Actor(id=uuid4(), kind="member", name="m", roles=tuple(held))
    decision = decide(actor, snapshot, "deal", operation, now=NOW)
    holding = [each for each in roles if each.key in held]
    for stage in (None, *STAGES, "elsewhere"):
        for key in FIELDS:
            if decision.allowed:
                assert field_access(decision, key, stage) is expected_access(holding, operation, key, stage), (key, stage)
            else:
                assert field_access(decision, key, stage) is FieldAccess.HIDDEN
        assert field_access(decision, "no_such_field", stage) is FieldAccess.HIDDEN


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
    assert text == '("r"."owner" = $1::uuid OR "r"."department" = ANY($2::uuid[]))'
    assert values == [actor.id, list(departments)]
    wide = Actor(id=uuid4(), kind="member", name="m", roles=("own", "tree", "all"), department_ids=departments)
    assert decide(wide, snapshot, "deal", Operation.READ, now=NOW).predicate.render() == ("TRUE", [])


def test_computing_a_decision_again_is_only_binding() -> None:
    snapshot = snapshot_of()
    first = decide(nobody("rep"), snapshot, "deal", Operation.READ, now=NOW)
    second = decide(nobody("rep"), snapshot, "deal", Operation.READ, now=NOW)
    assert first.fields is second.fields
    assert first.predicate.render()[1] != second.predicate.render()[1]


def test_a_formula_that_does_not_compile_reaches_nothing() -> None:
    broken = role("broken", Grant(entity="deal", read=Scope.FORMULA, formula="{no such field} > 1"))
    assert decide(nobody("broken"), snapshot_of(broken), "deal", Operation.READ, now=NOW).predicate.render()[0] == "FALSE"
    without = role("broken", Grant(entity="deal", read=Scope.FORMULA))
    assert decide(nobody("broken"), snapshot_of(without), "deal", Operation.READ, now=NOW).predicate.render()[0] == "FALSE"


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
