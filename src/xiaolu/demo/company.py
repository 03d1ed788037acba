"""Builds the demo company: 35 people, 800 customers, 5,000 leads over the last 90 days, told in the order of time."""

import asyncio
import heapq
import logging
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Cause, Context
from xiaolu.access.service.workspaces import name_workspace
from xiaolu.demo.accounts import PASSWORD_FILE, Size
from xiaolu.demo.names import company, mobile, person, site
from xiaolu.demo.papers import Papers
from xiaolu.demo.people import Staff, hire_staff
from xiaolu.demo.story import CHINA, Customer, LeadStory, Step
from xiaolu.events.service import keep_partitions
from xiaolu.files.storage import FileStorage
from xiaolu.kit.errors import AppError
from xiaolu.process.service import sweep_stage_limits, sweep_windows
from xiaolu.records.service.create import create_record
from xiaolu.runtime.workspace import Workspace
from xiaolu.tasks.service import read_notifications, sweep_reminders

logger = logging.getLogger("xiaolu.demo")
SEED = 20260101
DAYS = 90
STEPS_PER_COMMIT = 100
LANES = 4
HOUR = timedelta(hours=1)
UNREAD_SINCE = timedelta(days=1, hours=12)
INDUSTRIES = {
    "machinery": "machining", "auto_parts": "automotive", "electronics": "electronics", "plastics": "building", "food": "food",
    "medical": "chemistry", "textile": "textile", "packaging": "food", "metal": "machining", "energy": "energy",
}  # fmt: skip


async def load_demo(workspace: Workspace, data_dir: Path, size: Size | None = None) -> str:
    """Fill an empty workspace that has the journey app; return the password of every demo account."""
    wanted = size or Size()
    random = Random(SEED)
    now = workspace.now
    start = now - timedelta(days=DAYS)
    password = secrets.token_hex(4)
    _keep_password(data_dir, password)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    ) as progress:
        async with workspace.context(cause=Cause("system")) as ctx:
            await keep_partitions(ctx, since=start)
            await name_workspace(ctx, "甬兴智能装备有限公司")
            staff = await hire_staff(replace(ctx, now=start - timedelta(days=400)), random, password)
        customers = await _make_customers(workspace, staff, random, progress, count=wanted.customers)
        papers = Papers.print(FileStorage(data_dir / "files"))
        stories = await _cast(workspace, staff, random, customers, count=wanted.leads, papers=papers)
        caught_up = now - UNREAD_SINCE
        await _tell(workspace, stories, progress, start, caught_up)
        await _read_everything(workspace, staff, caught_up)
        await _tell(workspace, stories, progress, caught_up, now)
    refusals = Counter(each for story in stories for each in story.refusals)
    logger.debug("%d steps were refused by the rules; commonest: %s", refusals.total(), refusals.most_common(5))
    return password


async def _make_customers(
    workspace: Workspace, staff: Staff, random: Random, progress: Progress, *, count: int
) -> list[tuple[int, Customer]]:
    """Make customers with a contact each, shared out among the reps; return them with their rep's index."""
    bar = progress.add_task("客户 customers ", total=count)
    start = workspace.now - timedelta(days=DAYS)
    made: list[tuple[int, Customer]] = []
    names: set[str] = set()
    reps = staff.reps
    while len(made) < count:
        async with workspace.context() as ctx:
            for _ in range(min(STEPS_PER_COMMIT, count - len(made))):
                name, trade, region = company(random)
                while name in names:
                    name, trade, region = company(random)
                names.add(name)
                index = len(made) % len(reps)
                actor = await load_actor(ctx.uow, reps[index], snapshot=ctx.snapshot)
                if actor is None:
                    raise LookupError("a demo rep is missing")
                past = replace(ctx, actor=actor, now=start - timedelta(days=random.uniform(1, 300)))
                customer = await create_record(
                    past,
                    "customer",
                    {
                        "name": name, "industry": INDUSTRIES.get(trade, "other"), "region": region, "phone": mobile(random),
                        "level": random.choices(("a", "b", "c", "d"), (1, 3, 8, 5))[0], "employees": random.randint(20, 3000),
                        "site": site(name, region),
                    },
                )  # fmt: skip
                contact = await create_record(
                    past,
                    "contact",
                    {
                        "name": person(random), "customer": str(customer.id), "mobile": mobile(random), "is_primary": True,
                        "job": random.choice(("采购经理", "设备部长", "总经理", "生产总监", "技术主管")),
                        "decision_role": random.choice(("decider", "influencer", "buyer", "gatekeeper")),
                    },
                )  # fmt: skip
                made.append((index, Customer(customer.id, contact.id, name)))
        progress.update(bar, completed=len(made))
    return made


async def _cast(
    workspace: Workspace,
    staff: Staff,
    random: Random,
    customers: Sequence[tuple[int, Customer]],
    *,
    count: int,
    papers: Papers,
) -> list[LeadStory]:
    """Give each lead its rep, its customer and the instant at which it is entered."""
    async with workspace.context() as ctx:
        ids = [*staff.reps, *staff.advisers]
        people = {each: await load_actor(ctx.uow, each, snapshot=ctx.snapshot) for each in ids}
    actors = {key: actor for key, actor in people.items() if actor is not None}
    start = workspace.now - timedelta(days=DAYS)
    stories = []
    for number in range(count):
        index, customer = random.choice(customers)
        story = LeadStory(Random(SEED + number), actors[staff.reps[index]], customer, actors, papers)
        moment = start + timedelta(days=random.uniform(0, DAYS - 0.2))
        local = moment + CHINA
        story.begin(moment + timedelta(hours=0 if 8 <= local.hour < 19 else (33 - local.hour) % 24 + random.random()))
        stories.append(story)
    return stories


async def _tell(
    workspace: Workspace, stories: Sequence[LeadStory], progress: Progress, start: datetime, now: datetime
) -> None:
    """Let everything happen in the order of time, with the worker's sweeps every morning."""
    bar = progress.add_task(f"线索 leads → {now:%m-%d}", total=round((now - start) / HOUR))
    agenda = [(min(story.due, key=_instant)[0], number) for number, story in enumerate(stories) if story.due]
    heapq.heapify(agenda)
    midnight = (start + CHINA).replace(hour=0, minute=0, second=0, microsecond=0) - CHINA
    morning = midnight + timedelta(days=1, hours=9)
    while agenda and agenda[0][0] < now:
        if agenda[0][0] >= morning:
            async with workspace.context(cause=Cause("timer")) as ctx:
                await _sweep(replace(ctx, now=morning))
            morning += timedelta(days=1)
            continue
        batch: list[tuple[datetime, int]] = []
        while agenda and len(batch) < STEPS_PER_COMMIT and agenda[0][0] < min(now, morning):
            batch.append(heapq.heappop(agenda))
        await _perform(workspace, stories, batch)
        for moment, number in batch:
            if stories[number].due:
                heapq.heappush(agenda, (max(moment, min(stories[number].due, key=_instant)[0]), number))
        progress.update(bar, completed=round((batch[-1][0] - start) / HOUR))
    async with workspace.context(cause=Cause("timer")) as ctx:
        await _sweep(replace(ctx, now=now))
    progress.update(bar, completed=round((now - start) / HOUR))


async def _read_everything(workspace: Workspace, staff: Staff, at: datetime) -> None:
    """Let everybody read their notifications: what is unread is of the last days."""
    everybody = [staff.head, *staff.directors, *staff.advisers, *(team.supervisor for team in staff.teams), *staff.reps]
    async with workspace.context() as ctx:
        for member in everybody:
            actor = await load_actor(ctx.uow, member, snapshot=ctx.snapshot)
            if actor is not None:
                await read_notifications(replace(ctx, actor=actor, now=at), None)


async def _perform(workspace: Workspace, stories: Sequence[LeadStory], batch: Sequence[tuple[datetime, int]]) -> None:
    """Do the steps of a few hours: side by side for different customers, one after the other for the same one."""
    lanes: list[list[tuple[datetime, int]]] = [[] for _ in range(LANES)]
    for moment, number in batch:
        lanes[stories[number].customer.id.int % LANES].append((moment, number))

    async def go(lane: Sequence[tuple[datetime, int]]) -> None:
        for moment, number in lane:
            await _step(workspace, stories[number], moment)

    await asyncio.gather(*(go(lane) for lane in lanes if lane))


def _instant(due: tuple[datetime, Step]) -> datetime:
    return due[0]


async def _step(workspace: Workspace, story: LeadStory, moment: datetime) -> None:
    """Do the story's next step; what the rules refuse at that moment simply does not happen, as in life."""
    nearest = min(story.due, key=_instant)
    story.due.remove(nearest)
    try:
        async with workspace.context() as ctx:
            await nearest[1](replace(ctx, now=moment))
    except AppError as refusal:
        story.refusals.append(str(refusal))
        if story.lead is None:
            raise


async def _sweep(ctx: Context) -> None:
    """Do what the worker would have done that morning."""
    for work in (sweep_stage_limits, sweep_windows, sweep_reminders):
        while await work(ctx):
            continue


def _keep_password(data_dir: Path, password: str) -> None:
    file = data_dir / PASSWORD_FILE
    file.write_text(password, "utf-8")
    file.chmod(0o600)
