"""The life of one lead, told step by step: each step happens at an instant, by a person, through the real use cases."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Actor
from xiaolu.demo.names import EQUIPMENT, PAINS, REMARKS
from xiaolu.demo.papers import Papers
from xiaolu.files.evidence.model import EvidenceDraft
from xiaolu.files.evidence.service import add_evidence
from xiaolu.records.model import MoveRequest, Update
from xiaolu.records.service.change import update_record
from xiaolu.records.service.create import create_record
from xiaolu.records.service.moves import move_record
from xiaolu.tasks.service import finish_task, list_record_tasks

SOURCES = ("exhibition", "website", "referral", "cold_call", "repurchase", "tender", "partner")
LOSS = {"acquire": 0.40, "confirm": 0.25, "match": 0.18, "negotiate": 0.35, "sign": 0.05}
"""Chance that a lead ends in a stage."""
MEAN_HOURS = {"acquire": 20, "confirm": 55, "match": 30, "negotiate": 120, "sign": 60}
STALL = 0.12
"""Chance that a lead is left lying for days."""
FREEZE = timedelta(hours=24, minutes=5)
CHINA = timedelta(hours=8)
"""How far China's clocks are ahead of UTC."""

Step = Callable[[Context], Awaitable[None]]


def by_day(now: datetime, hours: float) -> datetime:
    """Return the instant so many hours ago, moved to the nearest hour at which people call on customers."""
    moment = now - timedelta(hours=hours)
    hour = (moment + CHINA).hour
    if hour >= 19:
        moment -= timedelta(hours=hour - 18)
    elif hour < 8:
        moment += timedelta(hours=8 - hour)
    return min(moment, now - timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer with its contact."""

    id: UUID
    contact: UUID
    name: str


@dataclass(slots=True)
class LeadStory:
    """One lead: ``steps`` is a heap-friendly list of what comes next, each with its instant."""

    random: Random
    owner: Actor
    customer: Customer
    people: Mapping[UUID, Actor]
    papers: Papers
    lead: UUID | None = None
    amount: int = 0
    due: list[tuple[datetime, Step]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def begin(self, at: datetime) -> None:
        """Plan the entry of the lead."""
        self.due.append((at, self.enter))

    def plan(self, ctx: Context, hours: float, step: Step) -> None:
        """Plan a step, moved into the working day."""
        moment = ctx.now + timedelta(hours=hours)
        local = moment + CHINA
        if not 8 <= local.hour < 19:
            moment += timedelta(hours=(33 - local.hour) % 24, minutes=self.random.randrange(60))
        if (moment + CHINA).weekday() == 6:
            moment += timedelta(days=1)
        self.due.append((moment, step))

    def wait(self, stage: str) -> float:
        """Return how many hours the lead stays in a stage."""
        hours = self.random.gammavariate(2.0, MEAN_HOURS[stage] / 2)
        return hours + (self.random.uniform(80, 420) if self.random.random() < STALL else 0)

    async def enter(self, ctx: Context) -> None:
        """Write the lead down, mostly within a day of hearing of it."""
        lag = self.random.uniform(0.2, 20) if self.random.random() < 0.84 else self.random.uniform(26, 110)
        self.amount = int(self.random.lognormvariate(12.3, 0.95) / 1000) * 1000 + 8000
        equipment = self.random.choice([*EQUIPMENT])
        purpose = self.random.choice(("新购", "改造", "扩产", "替换", "二期"))
        values: dict[str, Any] = {
            "name": f"{self.customer.name[2:6]}{equipment.removesuffix(purpose)}{purpose}",
            "customer": str(self.customer.id),
            "contact": str(self.customer.contact),
            "source": self.random.choice(SOURCES),
            "obtained_at": by_day(ctx.now, lag).isoformat(),
            "product_line": EQUIPMENT[equipment],
            "amount": self.amount,
            "expected_close": (ctx.now + timedelta(days=self.random.randint(20, 90))).date().isoformat(),
            "requirement": f"客户计划采购{equipment}，关注{self.random.choice(PAINS)}。",
        }
        record = await create_record(self.by_owner(ctx), "lead", values)
        self.lead = record.id
        self.plan(ctx, self.random.uniform(2, 30), self.follow_up)
        self.go_on(ctx, "acquire", self.confirm)

    def go_on(self, ctx: Context, stage: str, onward: Step) -> None:
        """Plan the way out of a stage: onwards, or the end."""
        if self.random.random() < LOSS[stage]:
            self.plan(ctx, self.wait(stage) * 1.5, self.lose)
        else:
            self.plan(ctx, self.wait(stage), onward)

    def by_owner(self, ctx: Context) -> Context:
        """Return the context in the name of the lead's owner."""
        return replace(ctx, actor=self.owner)

    async def move(self, ctx: Context, transition: str, action: str, values: Mapping[str, Any] | None = None) -> None:
        """Move the lead with a reason and a remark."""
        request = MoveRequest(
            transition=transition, action=action, remark=self.random.choice(REMARKS), values=dict(values or {})
        )
        await move_record(self.by_owner(ctx), "lead", self.known, request)

    async def hand_in(self, ctx: Context, slot: str) -> None:
        """Hand in the paper that a stage demands."""
        owner = self.by_owner(ctx)
        paper = await self.papers.upload(owner, slot, self.random)
        await add_evidence(owner, "lead", self.known, EvidenceDraft(kind="file", slot=slot, file_id=paper))

    @property
    def known(self) -> UUID:
        """Return the lead's id; it has been entered."""
        if self.lead is None:
            raise LookupError("the lead has not been entered")
        return self.lead

    async def confirm(self, ctx: Context) -> None:
        """The customer's needs are being confirmed."""
        await self.move(
            ctx, "to_confirm", self.random.choice(("site_invited", "case_requested", "competitor_mentioned"))
        )
        self.plan(ctx, self.random.uniform(3, 40), self.follow_up)
        self.go_on(ctx, "confirm", self.match)

    async def match(self, ctx: Context) -> None:
        """Hand the list of needs in and ask for a solution."""
        await self.hand_in(ctx, "needs_list")
        await self.move(
            ctx, "to_match", "needs_confirmed", {"pain_keywords": self.random.sample(PAINS, self.random.randint(3, 5))}
        )
        self.plan(ctx, self.random.uniform(3, 22), self.assess)

    async def assess(self, ctx: Context) -> None:
        """The technical adviser judges the case and finishes the task."""
        task = next((each for each in await list_record_tasks(ctx, "lead", self.known) if each.state == "open"), None)
        adviser = self.people.get(task.assignee) if task is not None and task.assignee is not None else None
        if task is None or adviser is None:
            return
        by_adviser = replace(ctx, actor=adviser)
        feasibility = self.random.choices(("standard", "customised"), (0.7, 0.3))[0]
        values = {"feasibility": feasibility, "assessment": "标准机型满足节拍与精度要求，需确认现场供电与地基。"}
        await update_record(by_adviser, "lead", self.known, Update(values=values))
        await finish_task(by_adviser, task.id, "评估完成，结论已写入线索。")
        self.go_on(ctx, "match", self.negotiate)
        self.due[-1] = (max(self.due[-1][0], ctx.now + FREEZE), self.due[-1][1])

    async def negotiate(self, ctx: Context) -> None:
        """Hand the solution in and start talking about terms."""
        await self.hand_in(ctx, "solution")
        await self.move(ctx, "to_negotiate", self.random.choice(("solution_accepted", "quote_requested")))
        self.plan(ctx, self.random.uniform(4, 46), self.follow_up)
        if self.random.random() < 0.5:
            self.plan(ctx, self.random.uniform(50, 120), self.change_position)
        self.go_on(ctx, "negotiate", self.sign)

    async def change_position(self, ctx: Context) -> None:
        """The customer takes the quotation inside."""
        await update_record(
            self.by_owner(ctx), "lead", self.known, Update(values={"current_position": "customer_decision"})
        )

    async def sign(self, ctx: Context) -> None:
        """Quote, and go to contract."""
        await self.hand_in(ctx, "quotation")
        method = self.random.choices(
            ("transfer", "acceptance", "letter_of_credit", "instalments"), (0.6, 0.2, 0.05, 0.15)
        )[0]
        values: dict[str, Any] = {
            "quote_amount": int(self.amount * self.random.uniform(0.86, 1.0)),
            "payment_method": method,
        }
        if method == "instalments":
            values["payment_days"] = self.random.choice((30, 60, 90))
        await self.move(
            ctx, "to_sign", self.random.choice(("price_agreed", "contract_requested", "credit_requested")), values
        )
        self.go_on(ctx, "sign", self.deliver)

    async def deliver(self, ctx: Context) -> None:
        """The contract is signed."""
        await self.hand_in(ctx, "contract")
        values = {
            "contract_number": f"HT{ctx.now:%y%m%d}{self.random.randrange(1000):03d}",
            "contract_amount": int(self.amount * self.random.uniform(0.86, 1.0)),
            "signed_on": ctx.now.date().isoformat(),
            "delivery_on": (ctx.now + timedelta(days=self.random.randint(15, 60))).date().isoformat(),
        }
        await self.move(ctx, "to_deliver", "contract_signed", values)
        self.due.clear()

    async def lose(self, ctx: Context) -> None:
        """Give up."""
        reason, action = self.random.choice(
            (
                ("price", "competitor_chosen"),
                ("competitor", "competitor_chosen"),
                ("no_budget", "project_cancelled"),
                ("no_contact", "no_response"),
            )
        )
        await self.move(ctx, "lose", action, {"lost_reason": reason})
        self.due.clear()

    async def follow_up(self, ctx: Context) -> None:
        """Log an activity, mostly the way it should be."""
        owner = self.by_owner(ctx)
        kind = self.random.choices(("call", "visit", "message", "mail", "demo", "technical"), (5, 3, 4, 1, 1, 2))[0]
        late = self.random.uniform(0.1, 6) if self.random.random() < 0.88 else self.random.uniform(26, 70)
        values: dict[str, Any] = {
            "subject": f"{self.customer.name[2:6]}：{self.random.choice(('确认需求', '沟通报价', '安排技术交流', '了解进度', '回访'))}",
            "lead": str(self.known),
            "kind": kind,
            "happened_at": by_day(ctx.now, late).isoformat(),
            "content": self.random.choice(REMARKS) if self.random.random() < 0.93 else "已联系",
        }
        if self.random.random() < 0.9:
            values["next_step"] = self.random.choice(
                ("三天内提交方案", "下周一电话确认", "约总经理见面", "补充能耗数据", "寄送样品")
            )
        if kind == "visit" and self.random.random() < 0.9:
            values["photos"] = [str(await self.papers.upload(owner, "photo", self.random))]
        await create_record(owner, "activity", values)
