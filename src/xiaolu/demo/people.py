"""The demo company's departments and members."""

from dataclasses import dataclass
from random import Random
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.service.departments import DepartmentChange, DepartmentDraft, change_department, create_department
from xiaolu.access.service.members import MemberDraft, create_member
from xiaolu.demo.names import mobile, person

REGIONS = (("华东大区", ("宁波组", "杭州组")), ("华南大区", ("深圳组", "佛山组")), ("华北大区", ("天津组", "青岛组")))
REPS_PER_TEAM = (4, 3, 3, 3, 3, 3)
ADVISERS = 4


@dataclass(slots=True)
class Team:
    """A sales team: its supervisor and its reps."""

    department: UUID
    supervisor: UUID
    reps: list[UUID]


@dataclass(slots=True)
class Staff:
    """Everybody in the demo company."""

    admin: UUID
    head: UUID
    directors: list[UUID]
    teams: list[Team]
    advisers: list[UUID]

    @property
    def reps(self) -> list[UUID]:
        """Return all reps."""
        return [rep for team in self.teams for rep in team.reps]


class Hiring:
    """Makes members with a common demo password; the first of each kind gets an easy sign-in name."""

    def __init__(self, ctx: Context, random: Random, password: str) -> None:
        self.ctx = ctx
        self.random = random
        self.password = password
        self.names: set[str] = set()
        self.count = 0

    async def hire(self, role: str, department: UUID | None, login: str | None = None, name: str | None = None) -> UUID:
        """Add one member."""
        self.count += 1
        while name is None or name in self.names:
            name = person(self.random)
        self.names.add(name)
        draft = MemberDraft(
            login=login or f"{role}{self.count:02d}",
            name=name,
            phone=mobile(self.random),
            department_id=department,
            roles=(role,),
            password=self.password,
        )
        return await create_member(self.ctx, draft)


async def hire_staff(ctx: Context, random: Random, password: str) -> Staff:
    """Make the department tree with its managers, and 35 members."""
    hiring = Hiring(ctx, random, password)
    company = await create_department(ctx, DepartmentDraft(name="总部"))
    sales = await create_department(ctx, DepartmentDraft(name="销售中心", parent_id=company))
    support = await create_department(ctx, DepartmentDraft(name="技术支持部", parent_id=company))
    admin = await hiring.hire("admin", company, "admin", "系统管理员")
    head = await hiring.hire("director", sales, "head")
    await change_department(ctx, sales, DepartmentChange(manager_id=head))
    advisers = [await hiring.hire("technical_adviser", support) for _ in range(ADVISERS)]
    await change_department(ctx, support, DepartmentChange(manager_id=advisers[0]))
    directors: list[UUID] = []
    teams: list[Team] = []
    sizes = iter(REPS_PER_TEAM)
    for index, (region, groups) in enumerate(REGIONS):
        area = await create_department(ctx, DepartmentDraft(name=region, parent_id=sales, position=index))
        director = await hiring.hire("director", area, None if directors else "director")
        await change_department(ctx, area, DepartmentChange(manager_id=director))
        directors.append(director)
        for position, group in enumerate(groups):
            unit = await create_department(ctx, DepartmentDraft(name=group, parent_id=area, position=position))
            supervisor = await hiring.hire("supervisor", unit, None if teams else "supervisor")
            await change_department(ctx, unit, DepartmentChange(manager_id=supervisor))
            reps = [await hiring.hire("rep", unit, "rep" if not teams and not n else None) for n in range(next(sizes))]
            teams.append(Team(unit, supervisor, reps))
    assistants = await create_department(ctx, DepartmentDraft(name="商务部", parent_id=company))
    await hiring.hire("rep", assistants)
    return Staff(admin, head, directors, teams, advisers)
