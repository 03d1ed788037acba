"""What publishing would do, publishing the draft, and what versions changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.kit.problems import Problem
from xiaolu.metadata.planner.model import Plan
from xiaolu.metadata.publishing.model import Published
from xiaolu.studio import service as building
from xiaolu.studio.draft import approving, checking, scheduling, service
from xiaolu.studio.draft.approving import Standing
from xiaolu.studio.draft.difference import Change, differences
from xiaolu.studio.draft.model import Scheduled
from xiaolu.studio.draft.store import drafts, schedules


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What publishing something would do, or what a version did."""

    plan: Plan
    problems: Sequence[Problem] = ()
    differences: Sequence[Change] = ()
    standings: Sequence[Standing] = ()
    schedule: Scheduled | None = None
    """The latest: it waits, or how it ended while this draft was open."""


async def read_changes(ctx: Context) -> Changes:
    """Return what publishing the draft would do, measured, and how it differs from what it started from."""
    opened = await service.open_draft(ctx)
    draft = opened.draft
    wanted, problems = checking.read_document(draft.document)
    plan, standings = Plan(()), list[Standing]()
    if wanted is not None:
        moves, running = checking.moves_of(draft.document), checking.running_of(draft.document)
        plan, problems = await building.plan_definitions(ctx, wanted, moves, running)
        standings = await approving.list_standings(ctx, draft.id, wanted)
    edits = await drafts.edits_after(ctx.uow, draft.id, 0)
    before, after = checking.in_one_form(opened.published), checking.in_one_form(draft.document)
    schedule = await schedules.latest_schedule(ctx.uow)
    is_ours = schedule is not None and (schedule.draft == draft.id or schedule.state == "waiting")
    return Changes(
        plan=plan,
        problems=problems,
        differences=differences(before, after, edits),
        standings=standings,
        schedule=schedule if is_ours else None,
    )


async def version_changes(ctx: Context, version: int, since: int) -> Changes:
    """Return how a version differs from an earlier (or later) one, in steps and place by place."""
    plan = await building.compare_versions(ctx, since, version)
    before, after = [await service.definitions_at(ctx, each) for each in (since, version)]
    return Changes(plan=plan, differences=differences(before, after))


async def plan_restoring(ctx: Context, version: int) -> Changes:
    """Return what publishing an earlier version again would do now, measured."""
    _, wanted = await building.read_version(ctx, version)
    plan, problems = await building.plan_definitions(ctx, wanted, {})
    current = await building.read_definitions(ctx)
    return Changes(
        plan=plan,
        problems=problems,
        differences=differences(checking.plain(current.definitions), checking.plain(wanted)),
        standings=await approving.list_standings(ctx, 0, wanted),
    )


async def publish_draft(ctx: Context, note: str) -> Published:
    """Publish the draft now; while large tables are prepared it stays open. What waited for a time is called off.

    Raises:
        Conflict: somebody published in between and the two disagree.
        Invalid: the definitions or the records that exist do not allow it.
        Denied: a definition with owners changes, and none of them approved it.
    """
    require_ability(ctx, "build")
    draft, wanted = await service.hold_readable(ctx)
    published = await building.publish_definitions(
        ctx,
        wanted,
        base_version=draft.base_version,
        note=note,
        moves=checking.moves_of(draft.document),
        running=checking.running_of(draft.document),
        approvals=await approving.approvals_of(ctx, draft.id),
    )
    await scheduling.cancel_waiting(ctx)
    if published.state != "preparing":
        await service.end_draft(ctx, draft)
    return published
