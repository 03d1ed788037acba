"""HTTP of announcements."""

from typing import Any
from uuid import UUID

from litestar import MediaType, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from xiaolu.access.context import Context
from xiaolu.tasks.announcements import service
from xiaolu.tasks.announcements.model import AnnouncementDraft, Published
from xiaolu.tasks.announcements.schemas import (
    AnnouncementIn,
    AnnouncementOut,
    AnnouncementsOut,
    ConfirmationOut,
    ConfirmationsOut,
    PublishedList,
    PublishedOut,
)

TAGS = ["Announcements"]


@get("/announcements", operation_id="listAnnouncements", summary="What the member should read", tags=TAGS)
async def list_announcements(ctx: NamedDependency[Context]) -> AnnouncementsOut:
    """Return what reaches the member now, first what is still to be confirmed."""
    return AnnouncementsOut(
        [
            AnnouncementOut(
                id=each.id,
                title=each.title.text(ctx.language),
                text=each.text.text(ctx.language),
                must_confirm=each.must_confirm,
                at=each.created_at,
                author=each.author,
                confirmed_at=each.confirmed_at,
            )
            for each in await service.list_current(ctx)
        ]
    )


@post("/announcements/{key:uuid}/confirm", operation_id="confirmAnnouncement", summary="Confirm having read it",
      tags=TAGS, status_code=204)  # fmt: skip
async def confirm_announcement(ctx: NamedDependency[Context], key: FromPath[UUID]) -> None:
    """Confirm having read an announcement."""
    await service.confirm_announcement(ctx, key)


@get("/announcements/published", operation_id="listPublishedAnnouncements", summary="All announcements", tags=TAGS)
async def list_published(ctx: NamedDependency[Context]) -> PublishedList:
    """Return all announcements, for whoever may publish them."""
    return PublishedList([_published(ctx, each) for each in await service.list_published(ctx)])


@post("/announcements", operation_id="publishAnnouncement", summary="Announce something", tags=TAGS)
async def publish_announcement(ctx: NamedDependency[Context], data: JSONBody[AnnouncementIn]) -> PublishedOut:
    """Announce something to everybody, or to the members of some roles and departments."""
    draft = AnnouncementDraft(
        title=data.title,
        text=data.text,
        must_confirm=data.must_confirm,
        roles=tuple(data.roles),
        departments=tuple(data.departments),
        ends_at=data.ends_at,
    )
    return _published(ctx, await service.publish_announcement(ctx, draft))


@delete("/announcements/{key:uuid}", operation_id="withdrawAnnouncement", summary="Take it back", tags=TAGS)
async def withdraw_announcement(ctx: NamedDependency[Context], key: FromPath[UUID]) -> None:
    """Take an announcement back."""
    await service.withdraw_announcement(ctx, key)


@get("/announcements/{key:uuid}/confirmations", operation_id="listConfirmations", summary="Who confirmed", tags=TAGS)
async def list_confirmations(ctx: NamedDependency[Context], key: FromPath[UUID]) -> ConfirmationsOut:
    """Return whom an announcement reaches and who confirmed it."""
    found = await service.list_confirmations(ctx, key)
    return ConfirmationsOut(
        [ConfirmationOut(member=each.member, name=each.name, department=each.department, at=each.at) for each in found]
    )


@get("/announcements/{key:uuid}/confirmations.csv", operation_id="exportConfirmations", summary="Who confirmed, as CSV",
     tags=TAGS, media_type=MediaType.TEXT)  # fmt: skip
async def export_confirmations(ctx: NamedDependency[Context], key: FromPath[UUID]) -> Response[str]:
    """Return the list of confirmations as a file."""
    text = await service.export_confirmations(ctx, key)
    headers = {"Content-Disposition": 'attachment; filename="confirmations.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _published(ctx: Context, found: Published) -> PublishedOut:
    draft = found.draft
    return PublishedOut(
        id=found.id,
        title=draft.title.text(ctx.language),
        text=draft.text.text(ctx.language),
        must_confirm=draft.must_confirm,
        roles=list(draft.roles),
        departments=list(draft.departments),
        at=found.created_at,
        author=found.author,
        ends_at=draft.ends_at,
        withdrawn_at=found.withdrawn_at,
        reached=found.reached,
        confirmed=found.confirmed,
    )


ROUTES: list[Any] = [
    list_announcements, confirm_announcement, list_published, publish_announcement, withdraw_announcement,
    list_confirmations, export_confirmations,
]  # fmt: skip
