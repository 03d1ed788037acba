"""Steps of the journey that several tests take."""

from typing import Any

import pytest

from tests.suite.company import Company
from xiaolu.kit.errors import Conflict, Invalid
from xiaolu.records.model import MoveRequest, Record, Update
from xiaolu.records.service import move_record, read_record, update_record
from xiaolu.tasks import service as tasks

KEYWORDS = ["能耗高", "停机频繁", "噪音大"]
READY: dict[str, Any] = {"pain_keywords": KEYWORDS, "product_line": "compressor", "amount": "680000"}


async def move(
    company: Company, who: str, lead: Record, transition: str, action: str | None = "needs_confirmed", **more: Any
) -> Record:
    given = {"remark": "客户已书面确认", **more}
    async with company.acting(who) as ctx:
        return await move_record(ctx, "lead", lead.id, MoveRequest(transition=transition, action=action, **given))


async def refused(company: Company, who: str, lead: Record, transition: str, **more: Any) -> list[str]:
    with pytest.raises((Invalid, Conflict)) as refused:
        await move(company, who, lead, transition, **more)
    return [each.code for each in refused.value.problems]


async def read(company: Company, who: str, lead: Record) -> Record:
    async with company.acting(who) as ctx:
        return await read_record(ctx, "lead", lead.id)


async def edit(company: Company, who: str, lead: Record, **values: Any) -> Record:
    current = await read(company, who, lead)
    async with company.acting(who) as ctx:
        return await update_record(ctx, "lead", lead.id, Update(version=current.version, values=values))


async def in_match(company: Company) -> Record:
    lead = await company.add_lead(**READY)
    await move(company, "rep", lead, "to_confirm")
    await company.prove("rep", lead.id, "needs_list")
    return await move(company, "rep", lead, "to_match")


async def assess(company: Company, lead: Record, feasibility: str = "standard") -> None:
    current = await read(company, "adviser", lead)
    async with company.acting("adviser") as ctx:
        values = {"feasibility": feasibility, "assessment": "标准 75kW 机型满足用气量"}
        await update_record(ctx, "lead", lead.id, Update(version=current.version, values=values))
        [task] = await tasks.list_tasks(ctx, state="open")
        await tasks.finish_task(ctx, task.id)


async def in_negotiation(company: Company) -> Record:
    lead = await in_match(company)
    await assess(company, lead)
    await company.prove("rep", lead.id, "solution")
    company.move_clock(hours=24)
    return await move(company, "rep", lead, "to_negotiate", "solution_accepted")
