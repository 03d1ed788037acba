"""Owners' consent to changes of their definitions: asked by builders, given or refused by any owner, builder or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.service.audit import record_audit
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.i18n import Label, message
from xiaolu.kit.problems import problem
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing import owning
from xiaolu.metadata.publishing.model import Approval
from xiaolu.metadata.publishing.owning import OwnedChange
from xiaolu.metadata.publishing.store.versions import as_stored, read_current
from xiaolu.studio.draft import service
from xiaolu.studio.draft.model import Request, RequestDraft
from xiaolu.studio.draft.store import approvals as store
from xiaolu.studio.draft.store import drafts
from xiaolu.tasks.model import NOTHING, NotificationDraft, TaskDraft
from xiaolu.tasks.service import create_tasks, notify, role_members, settle_tasks

State = Literal["own", "needed", "waiting", "approved", "returned"]
TASK = "approval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a change of a definition with owners stands."""

    change: OwnedChange
    state: State
    request: Request | None
    """The latest; it may have been about something else than what the draft holds now."""


async def list_standings(ctx: Context, draft_id: int, wanted: Definitions) -> list[Standing]:
    """Return every change of a definition with owners, and whether it may be published by the actor."""
    current = await read_current(ctx.uow)
    changes = owning.owned_changes(current.definitions, as_stored(wanted))
    latest = {each.place: each for each in await store.list_of_draft(ctx.uow, draft_id)}
    return [_standing(ctx, each, latest.get(each.place)) for each in changes]


async def approvals_of(ctx: Context, draft_id: int) -> tuple[Approval, ...]:
    """Return what owners approved of a draft."""
    return tuple(
        Approval(place=each.place, digest=each.digest, approver=each.decided_name or "")
        for each in await store.list_of_draft(ctx.uow, draft_id)
        if each.state == "approved"
    )


async def request_approvals(ctx: Context, note: str) -> int:
    """Ask the owners of everything that the draft changes and that still needs them; returns how many are asked for.

    Raises:
        Invalid: the draft cannot be read.
        Conflict: nobody holds any of the roles that own a definition.
    """
    require_ability(ctx, "build")
    draft, wanted = await service.hold_readable(ctx)
    standings = await list_standings(ctx, draft.id, wanted)
    asked = [each for each in standings if each.state in ("needed", "returned")]
    current = await read_current(ctx.uow)
    for standing in asked:
        if standing.request is not None and standing.request.state == "waiting":
            await store.replace_requests(ctx.uow, [standing.request.id])
            await settle_tasks(ctx, f"{TASK}:{standing.request.id}:")
        await _ask(ctx, _request_draft(draft.id, standing.change, (current.definitions, as_stored(wanted)), note))
    await service.tell(ctx, draft)
    return len(asked)


async def list_requests(ctx: Context) -> tuple[list[Request], list[Request]]:
    """Return the requests that the actor may decide, and those that were decided and concern the actor."""
    waiting = await store.list_waiting(ctx.uow, ctx.actor.roles)
    return waiting, await store.list_decided(ctx.uow, ctx.actor.roles, ctx.actor.id)


async def decide_request(ctx: Context, request_id: int, *, is_approved: bool, reason: str) -> None:
    """Approve a change, or return it with a reason.

    Raises:
        NotFound: there is no such request.
        Denied: the actor holds no role that owns the definition.
        Conflict: it was decided or asked anew meanwhile.
        Invalid: it is returned without a reason.
    """
    request = await store.hold_request(ctx.uow, request_id)
    if request is None:
        raise NotFound("approval.unknown")
    if set(request.owners).isdisjoint(ctx.actor.roles):
        raise Denied("approval.not_yours")
    if request.state != "waiting":
        raise Conflict("approval.settled")
    if not is_approved and not reason.strip():
        raise Invalid("approval.invalid", [problem("approval.reason_missing", "reason")])
    state = "approved" if is_approved else "returned"
    await store.decide_request(ctx, request.id, state, reason.strip())
    await settle_tasks(ctx, f"{TASK}:{request.id}:")
    await record_audit(
        ctx,
        f"approval.{state}",
        subject_kind="definition",
        subject_id=request.place,
        detail={"asked_by": request.asked_name},
    )
    title = _said(f"approval.notice_{state}", request.label, who=ctx.actor.name)
    await notify(ctx, [request.asked_by], NotificationDraft(kind=TASK, title=title, text=Label(reason.strip())))
    draft = await drafts.read_open(ctx.uow)
    if draft is not None:
        await service.tell(ctx, draft)


async def _ask(ctx: Context, draft: RequestDraft) -> None:
    owners = await role_members(ctx, draft.owners)
    if not owners:
        label = draft.label.text(ctx.language)
        raise Conflict("approval.nobody", label=label, owners=list(draft.owners))
    request = await store.add_request(ctx, draft)
    title = _said("approval.task", draft.label, who=ctx.actor.name)
    steps = _said("approval.goal", draft.label, who=ctx.actor.name)
    note = {"note": draft.note}
    goal = Label(message("approval.note", note, "zh"), message("approval.note", note, "en")) if draft.note else NOTHING
    await create_tasks(
        ctx,
        [
            TaskDraft(kind=TASK, title=title, assignee=each, goal=goal, next_step=steps, key=f"{TASK}:{request}:{each}")
            for each in owners
        ],
    )


def _standing(ctx: Context, change: OwnedChange, request: Request | None) -> Standing:
    is_same = request is not None and request.digest == change.digest
    state: State = "needed"
    if not set(change.owners).isdisjoint(ctx.actor.roles):
        state = "own"
    elif is_same and request is not None:
        state = msgspec.convert(request.state, Literal["waiting", "approved", "returned"])
    return Standing(change=change, state=state, request=request)


def _request_draft(draft: int, change: OwnedChange, sides: tuple[Definitions, Definitions], note: str) -> RequestDraft:
    before, wanted = (_plain(side, change) for side in sides)
    return RequestDraft(
        draft=draft,
        collection=change.collection,
        key=change.key,
        label=change.label,
        owners=change.owners,
        digest=change.digest,
        before=before,
        wanted=wanted,
        note=note,
    )


def _plain(definitions: Definitions, change: OwnedChange) -> dict[str, Any] | None:
    items: Sequence[Any] = getattr(definitions, change.collection)
    found = next((each for each in items if each.key == change.key), None)
    return None if found is None else msgspec.json.decode(msgspec.json.encode(found))


def _said(code: str, label: Label, *, who: str) -> Label:
    return Label(
        message(code, {"label": label.zh, "who": who}, "zh"),
        message(code, {"label": label.text("en"), "who": who}, "en"),
    )
