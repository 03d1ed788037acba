"""Who is meant by a role, by the owner's supervisor, by a field: found in one place for tasks, notices and escalations."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import ADMIN_ROLE
from xiaolu.process.model import RecordFacts
from xiaolu.tasks.model import Candidate, OrgChart
from xiaolu.tasks.rules import choose_member, escalation_target
from xiaolu.tasks.store.people import load_chart, select_candidates

MANAGERS = ("supervisor", "region", "head")
ROLE = "role:"


@dataclass(frozen=True, slots=True)
class People:
    """The department tree, and the active members of some roles."""

    chart: OrgChart
    candidates: Mapping[str, list[Candidate]]

    def for_role(self, role: str, department: UUID | None) -> UUID | None:
        """Return the member of a role who takes a record of a department: nearest, then least busy."""
        return choose_member(self.candidates.get(role, []), department, self.chart)

    def manager(self, step: str, owner: UUID | None, department: UUID | None) -> UUID | None:
        """Return the supervisor, region or head above a record's owner; an administrator where nobody manages them."""
        found = escalation_target(step, self.chart.managers_above(department, besides=owner))
        return found or self.for_role(ADMIN_ROLE, department)

    def meant_by(self, whom: str, record: RecordFacts) -> list[UUID]:
        """Return the members that ``to`` of an effect means: owner, a manager, everybody of a role, or a field's members."""
        if whom == "owner":
            return [record.owner] if record.owner else []
        if whom in MANAGERS:
            manager = self.manager(whom, record.owner, record.department)
            return [manager] if manager else []
        if whom.startswith(ROLE):
            return [each.id for each in self.candidates.get(whom.removeprefix(ROLE), [])]
        value = record.values.get(whom)
        return list(value) if isinstance(value, list) else [value] if isinstance(value, UUID) else []


async def load_people(ctx: Context, roles: Collection[str]) -> People:
    """Read the department tree and the members of some roles; administrators always."""
    wanted = {*roles, ADMIN_ROLE}
    return People(await load_chart(ctx.uow), await select_candidates(ctx.uow, wanted))
