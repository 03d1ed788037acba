"""Publishing the draft at a time: kept as it is now, published by the worker in its author's name."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import msgspec

from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.service.audit import record_audit
from xiaolu.events.model import Timer
from xiaolu.events.timers import ATTEMPTS, cancel_timer, set_timer
from xiaolu.kit.errors import AppError, Conflict, Denied, Invalid
from xiaolu.kit.i18n import Label, Language, describe, message
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.packages.merging import merge_plain
from xiaolu.metadata.publishing.model import Published
from xiaolu.metadata.publishing.owning import describe as describe_owned
from xiaolu.metadata.publishing.store.publications import claim_untold_failures
from xiaolu.metadata.publishing.store.versions import read_current
from xiaolu.studio import service as building
from xiaolu.studio.draft import approving, checking, service
from xiaolu.studio.draft.model import Scheduled
from xiaolu.studio.draft.store import drafts
from xiaolu.studio.draft.store import schedules as store
from xiaolu.tasks.model import NotificationDraft
from xiaolu.tasks.service import notify

TIMER = "draft.publish"
NOTICE = "publication"
_PASSING = frozenset({"publish.busy", "publish.preparing", "planner.busy", "definitions.changed"})
"""Refusals that another attempt, some minutes later, usually gets past."""


async def schedule_draft(ctx: Context, note: str, at: datetime) -> Scheduled:
    """Keep the draft as it is, to be published at ``at``; one that waited already is replaced.

    Raises:
        Invalid: the time is over, or the draft could not be published now either.
        Denied: an owner's approval is missing.
        Conflict: somebody published in between and the two disagree.
    """
    require_ability(ctx, "build")
    if at <= ctx.now:
        raise Invalid("draft.schedule_invalid", [problem("draft.schedule_past", "at")])
    draft, wanted = await service.hold_readable(ctx)
    moves, running = checking.moves_of(draft.document), checking.running_of(draft.document)
    _, problems = await building.plan_definitions(ctx, wanted, moves, running)
    if problems:
        raise Invalid("publish.impossible", problems)
    missing = [
        each.change
        for each in await approving.list_standings(ctx, draft.id, wanted)
        if each.state not in ("own", "approved")
    ]
    if missing:
        raise Denied("publish.not_owner", [describe_owned(each) for each in missing])
    await cancel_waiting(ctx)
    schedule = await store.add_schedule(ctx, draft, note, at)
    await set_timer(ctx, TIMER, at, {"schedule": schedule}, key=f"{TIMER}:{schedule}")
    await record_audit(ctx, "definitions.scheduled", subject_kind="definitions", detail={"at": at.isoformat()})
    await service.tell(ctx, draft)
    found = await store.hold_schedule(ctx.uow, schedule)
    if found is None:
        raise Conflict("draft.not_scheduled")
    return found


async def cancel_schedule(ctx: Context) -> None:
    """Call off the publication that waits for its time; the draft keeps every change.

    Raises:
        Conflict: none waits.
    """
    require_ability(ctx, "build")
    if not await cancel_waiting(ctx):
        raise Conflict("draft.not_scheduled")
    await record_audit(ctx, "definitions.unscheduled", subject_kind="definitions")
    draft = await drafts.read_open(ctx.uow)
    if draft is not None:
        await service.tell(ctx, draft)


async def cancel_waiting(ctx: Context) -> bool:
    """Call off what waits for its time, if anything does."""
    waiting = await store.hold_schedule(ctx.uow)
    if waiting is None:
        return False
    await store.end_schedule(ctx.uow, waiting.id, "cancelled", ctx.now)
    await cancel_timer(ctx, f"{TIMER}:{waiting.id}")
    return True


async def publish_scheduled(ctx: Context, timer: Timer) -> None:
    """Publish what waited for this instant; where that is refused, its author is told why."""
    waiting = await store.hold_schedule(ctx.uow, int(timer.payload["schedule"]))
    if waiting is None:
        return
    try:
        async with ctx.uow.savepoint():
            published = await _publish(ctx, waiting)
    except AppError as error:
        if error.code in _PASSING and timer.attempts + 1 < ATTEMPTS:
            raise
        found = [problem(error.code, **error.params), *error.problems]
        await store.end_schedule(ctx.uow, waiting.id, "failed", ctx.now, problems=found)
        await _tell_failure(ctx, waiting, found)
        return
    await store.end_schedule(ctx.uow, waiting.id, "published", ctx.now, version=published.version)
    title = _said(f"draft.notice_{published.state}", version=published.version)
    await notify(ctx, [waiting.author_id], NotificationDraft(kind=NOTICE, title=title, text=Label(waiting.note)))
    await service.close_if_published(ctx)


async def tell_failures(ctx: Context) -> int:
    """Tell authors of publications whose large tables could not be prepared; return how many."""
    failed = await claim_untold_failures(ctx.uow, ctx.now)
    for row in failed:
        problems = msgspec.json.decode(row["problems"] or "[]", type=list[Problem])
        await _notify_failure(ctx, row["author_id"], problems)
    return len(failed)


async def _publish(ctx: Context, waiting: Scheduled) -> Published:
    actor = await load_actor(ctx.uow, waiting.author_id, snapshot=ctx.snapshot)
    if actor is None:
        raise Denied("access.ability_missing", ability="build")
    theirs = replace(ctx, actor=actor)
    require_ability(theirs, "build")
    current = await read_current(ctx.uow)
    document = waiting.document
    if waiting.base_version != current.version:
        then = await service.definitions_at(ctx, waiting.base_version)
        mine = checking.in_one_form(document)
        merged, conflicts = merge_plain(then, checking.plain(current.definitions), mine, {})
        if conflicts:
            raise Conflict("draft.behind", count=len(conflicts))
        document = {**merged, **checking.choices_of(document)}
    wanted, problems = checking.read_document(document)
    if wanted is None:
        raise Invalid("publish.invalid", problems)
    return await building.publish_definitions(
        theirs,
        wanted,
        base_version=current.version,
        note=waiting.note,
        moves=checking.moves_of(document),
        running=checking.running_of(document),
        approvals=await approving.approvals_of(ctx, waiting.draft),
    )


async def _tell_failure(ctx: Context, waiting: Scheduled, problems: list[Problem]) -> None:
    await _notify_failure(ctx, waiting.author_id, problems)
    draft = await drafts.read_open(ctx.uow)
    if draft is not None:
        await service.tell(ctx, draft)


async def _notify_failure(ctx: Context, author: UUID, problems: list[Problem]) -> None:
    text = Label(_listed(problems, "zh"), _listed(problems, "en"))
    draft = NotificationDraft(kind=NOTICE, title=_said("draft.notice_failed"), text=text)
    await notify(ctx, [author], draft)


def _listed(problems: list[Problem], language: Language) -> str:
    return " ".join(dict.fromkeys(describe(each, language) for each in problems))


def _said(code: str, **params: int) -> Label:
    return Label(message(code, params, "zh"), message(code, params, "en"))
