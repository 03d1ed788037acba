"""Following records: who does, and telling them what happens, grouped until they have read it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, field_access
from xiaolu.access.store.titles import select_titles
from xiaolu.comments.model import Followers, Subject
from xiaolu.comments.rules import following, to_tell
from xiaolu.comments.service import find_live_subject, find_subject
from xiaolu.comments.sharing import SHARED, tell_shared
from xiaolu.comments.store import followers as store
from xiaolu.comments.store.comments import select_names
from xiaolu.events.model import Event
from xiaolu.events.service import consume_events
from xiaolu.kit.errors import Denied
from xiaolu.kit.i18n import Label, message
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.tasks.model import NotificationDraft
from xiaolu.tasks.service import notify, say

CONSUMER = "followers"
BATCH = 500
TOLD = frozenset({"comment.added", "record.updated", "record.moved", SHARED})
CAUSES = frozenset({"user", "api", "import", "rule"})
STALE = timedelta(hours=1)
"""What happened longer ago is not told any more: the worker stood still, or history was brought in."""
FEW = 3
"""Records that one action may touch before followers hear of it in one line instead of record by record."""
_QUIET = frozenset({"updated_at", "updated_by", "version", "stage_since", "department"})


async def read_followers(ctx: Context, entity: str, record_id: UUID) -> Followers:
    """Return who follows a record that the actor may read."""
    subject = await find_subject(ctx, entity, record_id)
    chosen = (await store.select_choices(ctx.uow, entity, [record_id])).get(record_id, {})
    found = following(subject, chosen)
    names = await select_names(ctx.uow, await store.select_active(ctx.uow, found) if found else ())
    people = tuple(sorted(names.items(), key=lambda each: each[1]))
    return Followers(people, ctx.actor.id in found)


async def follow_record(ctx: Context, entity: str, record_id: UUID, *, is_following: bool) -> Followers:
    """Follow a record, or stop to; answers who follows it then."""
    subject = await find_live_subject(ctx, entity, record_id)
    if ctx.actor.id is None:
        raise Denied("comment.nobody")
    await store.set_following(ctx, subject, [ctx.actor.id], is_following=is_following, overrules=True)
    return await read_followers(ctx, entity, record_id)


async def tell_followers(ctx: Context) -> bool:
    """Tell followers of the next batch of events; return whether more of them wait.

    A batch that is not full waits no longer for company: while people write without a pause, looking again at once would
    find an event or two each time, and cost as much as the writing itself.
    """
    return await consume_events(ctx, CONSUMER, _tell, limit=BATCH, whole=TOLD) == BATCH


@dataclass(slots=True)
class _News:
    """What somebody is to hear of one record."""

    subject: Subject
    events: list[Event] = field(default_factory=list)


async def _tell(ctx: Context, events: Sequence[Event]) -> None:
    told = [each for each in events if _is_told(ctx, each)]
    fresh: dict[str, list[Event]] = defaultdict(list)
    for event in told:
        if event.kind != SHARED:
            fresh[event.entity or ""].append(event)
    news: dict[UUID, dict[tuple[str, UUID], _News]] = defaultdict(dict)
    for entity, happened in fresh.items():
        await _collect(ctx, entity, happened, news)
    names = await select_names(ctx.uow, {each.actor_id for each in told if each.actor_id is not None})
    await tell_shared(ctx, [each for each in told if each.kind == SHARED], names)
    for member, about in news.items():
        await _tell_member(ctx, member, list(about.values()), names)


def _is_told(ctx: Context, event: Event) -> bool:
    model = ctx.snapshot.entities.get(event.entity or "")
    return (
        event.kind in TOLD
        and event.cause_kind in CAUSES
        and event.actor_id is not None
        and event.record_id is not None
        and ctx.now - event.at < STALE
        and model is not None
        and model.definition.parent is None
    )


async def _collect(
    ctx: Context, entity: str, happened: list[Event], news: dict[UUID, dict[tuple[str, UUID], _News]]
) -> None:
    ids = {each.record_id for each in happened if each.record_id is not None}
    choices = await store.select_choices(ctx.uow, entity, ids)
    subjects = {each.id: each for each in await store.select_subjects(ctx.uow, entity, ids)}
    for event in happened:
        subject = subjects.get(event.record_id) if event.record_id is not None else None
        if subject is None:
            continue
        told = [UUID(each) for each in (event.after or {}).get("told", ())] if event.kind == "comment.added" else []
        for member in to_tell(following(subject, choices.get(subject.id, {})), besides=[event.actor_id, *told]):
            news[member].setdefault((entity, subject.id), _News(subject)).events.append(event)


async def _tell_member(ctx: Context, member: UUID, about: list[_News], names: dict[UUID, str]) -> None:
    """Tell one member, and nothing of records and fields that they may not read."""
    actor = await load_actor(ctx.uow, member, snapshot=ctx.snapshot)
    if actor is None or not await store.select_active(ctx.uow, [member]):
        return
    theirs = replace(ctx, actor=actor)
    seen: list[_News] = []
    for entity in dict.fromkeys(each.subject.entity for each in about):
        mine = [each for each in about if each.subject.entity == entity]
        readable = await select_titles(theirs, entity, [each.subject.id for each in mine])
        seen.extend(each for each in mine if each.subject.id in readable)
    by_action: dict[UUID, list[_News]] = defaultdict(list)
    for each in seen:
        by_action[each.events[-1].correlation].append(each)
    for correlation, together in by_action.items():
        if len(together) > FEW:
            await notify(ctx, [member], _summary(correlation, together, names))
            continue
        for each in together:
            title = _title(theirs, each, names)
            if title is not None:
                await notify(ctx, [member], _draft(each, title))


def _draft(news: _News, title: Label) -> NotificationDraft:
    subject = news.subject
    return NotificationDraft(
        kind="follow",
        title=title,
        entity=subject.entity,
        record_id=subject.id,
        topic=f"record:{subject.entity}:{subject.id}",
        count=len(news.events),
    )


def _summary(correlation: UUID, together: list[_News], names: dict[UUID, str]) -> NotificationDraft:
    name = names.get(together[0].events[-1].actor_id or correlation, "")
    return NotificationDraft(
        kind="follow",
        title=say("follow.many", name=name),
        topic=f"action:{correlation}",
        count=len(together),
    )


def _title(theirs: Context, news: _News, names: dict[UUID, str]) -> Label | None:
    """Word the latest of the events that concerns what the reader may see; None where none does."""
    for event in reversed(news.events):
        name = names.get(event.actor_id, "") if event.actor_id is not None else ""
        if event.kind == "comment.added":
            return say("follow.commented", name=name)
        if event.kind == "record.moved":
            return say("follow.moved", name=name)
        labels = _changed(theirs, news.subject, event)
        if labels:
            return Label(
                message("follow.changed", {"name": name, "fields": [each.zh for each in labels]}, "zh"),
                message("follow.changed", {"name": name, "fields": [each.text("en") for each in labels]}, "en"),
            )
    return None


def _changed(theirs: Context, subject: Subject, event: Event) -> list[Label]:
    model = theirs.snapshot.entities[subject.entity]
    reading = decide(
        theirs.actor, theirs.snapshot, subject.entity, Operation.READ, now=theirs.now, time_zone=theirs.time_zone
    )
    found = []
    for key in dict.fromkeys((*(event.after or {}), *(event.before or {}))):
        known = model.find(key)
        if (
            known is not None
            and key not in _QUIET
            and field_access(reading, key, subject.stage) is not FieldAccess.HIDDEN
        ):
            found.append(known.definition.label)
    return found[:5]
