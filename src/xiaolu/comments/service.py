"""Use cases of comments: say something about a record, change it, take it back, read what was said."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import require
from xiaolu.access.store.members import find_people
from xiaolu.access.store.titles import select_titles
from xiaolu.comments.model import Comment, CommentDraft, Mention, Subject, Wording
from xiaolu.comments.rules import check_draft, mentioned
from xiaolu.comments.store import comments as store
from xiaolu.comments.store import followers
from xiaolu.events.model import EventDraft
from xiaolu.events.service import append_event
from xiaolu.files.service import attach_beside, detach_beside, load_beside
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.ids import new_id
from xiaolu.tasks.model import NotificationDraft
from xiaolu.tasks.service import notify, say

PAGE = 50
MOST_SUGGESTED = 12


async def add_comment(ctx: Context, entity: str, record_id: UUID, draft: CommentDraft) -> Comment:
    """Say something about a record to everybody who may read it; whoever is named is told, if they may read it.

    Author and named people follow the record from now on, unless they chose not to.

    Raises:
        NotFound: there is no such record for the actor.
        Conflict: the record lies in the recycle bin.
        Invalid: the text is empty or too long, or a file does not exist for the actor.
    """
    subject = await find_live_subject(ctx, entity, record_id)
    _require_person(ctx)
    problems = check_draft(draft)
    if problems:
        raise Invalid("comment.invalid", problems)
    comment_id = new_id()
    await store.insert_comment(ctx, comment_id, subject, draft.text)
    await attach_beside(ctx, entity, record_id, comment_id, draft.files)
    told = await _tell_mentioned(ctx, subject, mentioned(draft.text))
    me = [ctx.actor.id] if ctx.actor.id is not None else []
    await followers.set_following(ctx, subject, [*me, *told], is_following=True, overrules=False)
    await _note(ctx, "comment.added", subject, comment_id, told)
    return await read_comment(ctx, entity, record_id, comment_id)


async def change_comment(
    ctx: Context, entity: str, record_id: UUID, comment_id: UUID, draft: CommentDraft, *, version: int
) -> Comment:
    """Give one's own comment another wording; the one before stays to be looked up.

    Raises:
        NotFound: there is no such comment for the actor, or it was taken back.
        Denied: somebody else wrote it.
        Conflict: it was changed meanwhile.
        Invalid: as for a new one.
    """
    subject, before = await _own(ctx, entity, record_id, comment_id)
    problems = check_draft(draft)
    if problems:
        raise Invalid("comment.invalid", problems)
    if not await store.change_comment(ctx, comment_id, draft.text, version=version):
        raise Conflict("comment.changed")
    held = {each.id for each in (await load_beside(ctx, [comment_id])).get(comment_id, ())}
    await detach_beside(ctx, comment_id, [each for each in held if each not in draft.files])
    await attach_beside(ctx, entity, record_id, comment_id, [each for each in draft.files if each not in held])
    newly = [each for each in mentioned(draft.text) if each not in mentioned(before["text"])]
    told = await _tell_mentioned(ctx, subject, newly)
    await followers.set_following(ctx, subject, told, is_following=True, overrules=False)
    await _note(ctx, "comment.changed", subject, comment_id, told)
    return await read_comment(ctx, entity, record_id, comment_id)


async def delete_comment(ctx: Context, entity: str, record_id: UUID, comment_id: UUID, *, version: int) -> None:
    """Take one's own comment back: that there was one stays visible, what it said does not.

    Raises:
        NotFound, Denied, Conflict: as for a change.
    """
    subject, _ = await _own(ctx, entity, record_id, comment_id)
    if not await store.delete_comment(ctx, comment_id, version=version):
        raise Conflict("comment.changed")
    await detach_beside(ctx, comment_id, None)
    await _note(ctx, "comment.deleted", subject, comment_id, ())


async def list_comments(
    ctx: Context, entity: str, record_id: UUID, before: UUID | None = None, *, limit: int = PAGE
) -> list[Comment]:
    """Return a page of a record's comments, newest first, to whoever may read the record.

    Raises:
        NotFound: there is no such record for the actor.
    """
    subject = await find_subject(ctx, entity, record_id)
    return await _shape(ctx, subject, await store.select_comments(ctx.uow, entity, record_id, before, limit))


async def read_comment(ctx: Context, entity: str, record_id: UUID, comment_id: UUID) -> Comment:
    """Return one comment of a record that the actor may read."""
    subject = await find_subject(ctx, entity, record_id)
    row = await store.select_comment(ctx.uow, entity, record_id, comment_id)
    if row is None:
        raise NotFound("comment.not_found")
    return (await _shape(ctx, subject, [row]))[0]


async def list_wordings(ctx: Context, entity: str, record_id: UUID, comment_id: UUID) -> list[Wording]:
    """Return all wordings of a comment, newest first; of one that was taken back only to whoever may read the audit log."""
    comment = await read_comment(ctx, entity, record_id, comment_id)
    if comment.deleted_at is not None and "audit" not in ctx.actor.abilities:
        raise NotFound("comment.not_found")
    rows = await store.select_wordings(ctx.uow, comment_id)
    return [Wording(row["version"], row["at"], row["text"]) for row in rows]


async def suggest_people(ctx: Context, entity: str, record_id: UUID, text: str) -> list[Mention]:
    """Return people to name in a comment, those who may read the record first."""
    await find_subject(ctx, entity, record_id)
    rows = (await find_people(ctx.uow, text or None, None, MOST_SUGGESTED))[:MOST_SUGGESTED]
    names = {row["id"]: row["name"] for row in rows}
    can = await who_may_read(ctx, entity, record_id, list(names))
    found = [Mention(key, name, key in can) for key, name in names.items()]
    return sorted(found, key=lambda each: not each.can_read)


async def find_subject(ctx: Context, entity: str, record_id: UUID) -> Subject:
    """Return a record that the actor may read, also one in the recycle bin; rows of sub-tables are no subject."""
    reading = require(ctx, entity, Operation.READ)
    if ctx.snapshot.entities[entity].definition.parent is not None:
        raise NotFound("entity.unknown", entity=entity)
    subject = await store.select_subject(ctx.uow, record_id, reading)
    if subject is None:
        raise NotFound("record.not_found")
    return subject


async def find_live_subject(ctx: Context, entity: str, record_id: UUID) -> Subject:
    """Return a record that the actor may read and that is not in the recycle bin."""
    subject = await find_subject(ctx, entity, record_id)
    if subject.is_deleted:
        raise Conflict("record.deleted")
    return subject


async def who_may_read(ctx: Context, entity: str, record_id: UUID, members: Collection[UUID]) -> set[UUID]:
    """Return those of the members who are active and may read a record."""
    found = set()
    for each in await followers.select_active(ctx.uow, members) if members else ():
        actor = await load_actor(ctx.uow, each, snapshot=ctx.snapshot)
        if actor is not None and await select_titles(replace(ctx, actor=actor), entity, [record_id]):
            found.add(each)
    return found


async def follow_merge(ctx: Context, entity: str, from_ids: Sequence[UUID], to_id: UUID) -> None:
    """Let comments and followers of merged records follow the one that is kept."""
    if from_ids:
        await store.move_comments(ctx.uow, entity, from_ids, to_id)
        await followers.move_followers(ctx.uow, entity, from_ids, to_id)


async def erase_comments(ctx: Context, entity: str, record_id: UUID) -> None:
    """Delete what was said about a record that is deleted for good; call it in the transaction that deletes it."""
    for row in await store.select_comments(ctx.uow, entity, record_id, None, 100_000):
        await detach_beside(ctx, row["id"], None)
    await store.erase_comments(ctx.uow, entity, record_id)


def _require_person(ctx: Context) -> None:
    if ctx.actor.id is None:
        raise Denied("comment.nobody")


async def _own(ctx: Context, entity: str, record_id: UUID, comment_id: UUID) -> tuple[Subject, Row]:
    subject = await find_live_subject(ctx, entity, record_id)
    row = await store.select_comment(ctx.uow, entity, record_id, comment_id)
    if row is None or row["deleted_at"] is not None:
        raise NotFound("comment.not_found")
    if row["author_id"] != ctx.actor.id:
        raise Denied("comment.not_yours")
    return subject, row


async def _tell_mentioned(ctx: Context, subject: Subject, named: Sequence[UUID]) -> list[UUID]:
    others = [each for each in named if each != ctx.actor.id]
    readers = await who_may_read(ctx, subject.entity, subject.id, others)
    told = [each for each in others if each in readers]
    title = say("comment.mentioned", name=ctx.actor.name)
    await notify(ctx, told, NotificationDraft(kind="mention", title=title, entity=subject.entity, record_id=subject.id))
    return told


async def _note(ctx: Context, kind: str, subject: Subject, comment_id: UUID, told: Collection[UUID]) -> None:
    """Write the event; what a comment says stays out of the log, which nobody can change."""
    await append_event(
        ctx,
        EventDraft(
            kind=kind,
            entity=subject.entity,
            record_id=subject.id,
            after={"comment": comment_id, "told": sorted(told)},
        ),
    )


async def _shape(ctx: Context, subject: Subject, rows: Sequence[Row]) -> list[Comment]:
    named = {member for row in rows for member in mentioned(row["text"])}
    names = await store.select_names(ctx.uow, named)
    can = await who_may_read(ctx, subject.entity, subject.id, list(names)) if not subject.is_deleted else set(names)
    held = await load_beside(ctx, [row["id"] for row in rows if row["deleted_at"] is None])
    return [
        Comment(
            mentions=tuple(Mention(each, names[each], each in can) for each in mentioned(row["text"]) if each in names),
            files=held.get(row["id"], ()),
            **{key: row[key] for key in row.keys()},  # noqa: SIM118 - a row is no mapping
        )
        for row in rows
    ]
