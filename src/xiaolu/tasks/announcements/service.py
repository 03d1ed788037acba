"""Use cases of announcements: publishing, reading, confirming, and who confirmed."""

from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.access.model import ADMIN_ROLE
from xiaolu.access.store.departments import list_departments
from xiaolu.events.model import EventDraft
from xiaolu.events.service import append_event
from xiaolu.kit.csvtext import csv_text
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.i18n import message
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import Problem, problem
from xiaolu.tasks.announcements import store
from xiaolu.tasks.announcements.model import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Announcement,
    AnnouncementDraft,
    Confirmation,
    Published,
)
from xiaolu.tasks.model import NotificationDraft
from xiaolu.tasks.service import notify

SHOWN = 20
LISTED = 200
_MAY_PUBLISH = frozenset({"members", "build"})


async def list_current(ctx: Context) -> list[Announcement]:
    """Return what reaches the actor now, first what the actor must still confirm."""
    return [] if ctx.actor.id is None else await store.select_current(ctx.uow, ctx.actor.id, ctx.now, SHOWN)


async def confirm_announcement(ctx: Context, key: UUID) -> None:
    """Note that the actor read an announcement; doing it twice changes nothing.

    Raises:
        NotFound: there is no such announcement for the actor.
    """
    if ctx.actor.id is None:
        raise Denied("announcement.needs_member")
    if await store.insert_receipt(ctx.uow, key, ctx.actor.id, ctx.now):
        await append_event(ctx, EventDraft(kind="announcement.confirmed", after={"announcement": key}))
    elif not any(each.id == key for each in await list_current(ctx)):
        raise NotFound("announcement.unknown")


async def publish_announcement(ctx: Context, draft: AnnouncementDraft) -> Published:
    """Announce something, and tell everybody whom it reaches.

    Raises:
        Denied: the actor may neither build nor manage members.
        Invalid: with a problem for each defect.
    """
    author = _publisher(ctx)
    problems = [*_problems(ctx, draft), *await _unknown_departments(ctx, draft)]
    if problems:
        raise Invalid("announcement.invalid", problems)
    key = new_id()
    await store.insert_announcement(ctx.uow, key, draft, now=ctx.now, by=author)
    reached = await store.select_reached(ctx.uow, key)
    notice = NotificationDraft(kind="announcement", title=draft.title, text=draft.text)
    await notify(ctx, [each.member for each in reached if each.member != author], notice)
    await append_event(ctx, EventDraft(kind="announcement.published", after={"announcement": key}))
    return (await store.select_published(ctx.uow, 1, key))[0]


async def withdraw_announcement(ctx: Context, key: UUID) -> None:
    """Take an announcement back; its confirmations stay on record."""
    _publisher(ctx)
    if not await store.withdraw(ctx.uow, key, ctx.now):
        if await store.select_published(ctx.uow, 1, key):
            raise Conflict("announcement.withdrawn")
        raise NotFound("announcement.unknown")
    await append_event(ctx, EventDraft(kind="announcement.withdrawn", after={"announcement": key}))


async def list_published(ctx: Context) -> list[Published]:
    """Return all announcements, the newest first, for whoever may publish them."""
    _publisher(ctx)
    return await store.select_published(ctx.uow, LISTED)


async def list_confirmations(ctx: Context, key: UUID) -> list[Confirmation]:
    """Return whom an announcement reaches and who confirmed it."""
    _publisher(ctx)
    if not await store.select_published(ctx.uow, 1, key):
        raise NotFound("announcement.unknown")
    return await store.select_reached(ctx.uow, key)


async def export_confirmations(ctx: Context, key: UUID) -> str:
    """Return the list of confirmations as CSV that spreadsheet programs open in the right encoding."""
    found = await list_confirmations(ctx, key)
    zone = ZoneInfo(ctx.time_zone)
    heads = [
        message(f"announcement.column.{each}", {}, ctx.language) for each in ("member", "department", "confirmed_at")
    ]
    lines = (
        (each.name, each.department, "" if each.at is None else f"{each.at.astimezone(zone):%Y-%m-%d %H:%M}")
        for each in found
    )
    return csv_text([heads, *lines])


def _publisher(ctx: Context) -> UUID:
    if ctx.actor.id is None or not (ctx.actor.is_admin or _MAY_PUBLISH & ctx.actor.abilities):
        raise Denied("announcement.may_not_publish")
    return ctx.actor.id


async def _unknown_departments(ctx: Context, draft: AnnouncementDraft) -> list[Problem]:
    known = {each["id"] for each in await list_departments(ctx.uow, archived=False)} if draft.departments else set()
    return [
        problem("announcement.department_unknown", "departments", at)
        for at, each in enumerate(draft.departments)
        if each not in known
    ]


def _problems(ctx: Context, draft: AnnouncementDraft) -> list[Problem]:
    found: list[Problem] = []
    for name, label, longest in (("title", draft.title, LONGEST_TITLE), ("text", draft.text, LONGEST_TEXT)):
        if not label.zh.strip() or max(len(label.zh), len(label.en)) > longest:
            found.append(problem("announcement.length", name, longest=longest))
    if draft.ends_at is not None and draft.ends_at <= ctx.now:
        found.append(problem("announcement.ends_before", "ends_at"))
    known = {*ctx.snapshot.roles, ADMIN_ROLE}
    found.extend(
        problem("announcement.role_unknown", "roles", at, role=each)
        for at, each in enumerate(draft.roles)
        if each not in known
    )
    return found
