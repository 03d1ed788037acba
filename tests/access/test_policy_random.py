"""What random sets of roles reach on real tables, and see, equals a plain reading of their grants."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.scene import NOW, Scene, definitions, ids_of, insert_deals, role, snapshot_of
from xiaolu.access.authenticate import load_actor
from xiaolu.access.model import Actor, Operation
from xiaolu.access.policy import decide, field_access
from xiaolu.metadata.model.access import FieldAccess, Grant, Role, Scope
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
    moved: dict[UUID, bool] = field(default_factory=dict)
    """Members who were in another department before; the deals of the others name their home."""
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
        company.moved[person] = draw(st.booleans())
    for _ in range(draw(st.integers(1, 8))):
        owner = draw(st.sampled_from([None, *people]))
        home = None if owner is None else company.homes[owner]
        is_settled = owner is not None and not company.moved[owner]
        company.deals[uuid4()] = {
            "owner": owner,
            "department": home if is_settled else draw(st.sampled_from([None, *departments])),
            "amount": draw(st.sampled_from([None, 10, 50, 100])),
            "stage": draw(st.sampled_from([None, *STAGES])),
        }
    for record in draw(st.lists(st.sampled_from(sorted(company.deals, key=str)), max_size=8)):
        to_member = draw(st.sampled_from([None, None, *people]))
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
            "INSERT INTO member (id, login, name, department_id, has_moved, created_at) "
            "VALUES ($1, $2, 'm', $3, $4, $5)",
            member, str(member), home, company.moved[member], NOW,
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

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
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
                assert field_access(decision, key, stage) is expected_access(holding, operation, key, stage), (
                    key,
                    stage,
                )
            else:
                assert field_access(decision, key, stage) is FieldAccess.HIDDEN
        assert field_access(decision, "no_such_field", stage) is FieldAccess.HIDDEN
