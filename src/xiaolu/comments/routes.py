"""HTTP of comments and followers."""

from typing import Annotated, Any
from uuid import UUID

from litestar import delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from xiaolu.access.context import Context
from xiaolu.comments import following, service
from xiaolu.comments.schemas import (
    CommentChangeIn,
    CommentIn,
    CommentList,
    CommentOut,
    FollowersOut,
    MentionList,
    WordingList,
    comment_out,
    followers_out,
    mention_out,
    wording_out,
)

TAGS = ["Comments"]
RECORD = "/records/{entity:str}/{record_id:uuid}"
ONE = RECORD + "/comments/{comment_id:uuid}"


@get(f"{RECORD}/comments", operation_id="listComments", summary="What people say about a record", tags=TAGS)
async def list_comments(
    ctx: NamedDependency[Context],
    entity: FromPath[str],
    record_id: FromPath[UUID],
    before: Annotated[UUID | None, QueryParameter(description="``next`` of the page before")] = None,
) -> CommentList:
    """Return a page of comments, newest first, to whoever may read the record."""
    found = await service.list_comments(ctx, entity, record_id, before)
    following_page = found[-1].id if len(found) == service.PAGE else None
    return CommentList([comment_out(each, ctx.actor.id) for each in found], following_page)


@post(f"{RECORD}/comments", operation_id="addComment", summary="Say something about a record", tags=TAGS)
async def add_comment(
    ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID], data: JSONBody[CommentIn]
) -> CommentOut:
    """Add a comment; people named as ``@[member id]`` are told if they may read the record."""
    return comment_out(await service.add_comment(ctx, entity, record_id, data.draft()), ctx.actor.id)


@get(f"{RECORD}/comments/people", operation_id="suggestMentions", summary="People to name in a comment", tags=TAGS)
async def suggest_people(
    ctx: NamedDependency[Context],
    entity: FromPath[str],
    record_id: FromPath[UUID],
    q: Annotated[str | None, QueryParameter(max_length=200)] = None,
) -> MentionList:
    """Return people who match, and whether they may read the record."""
    return MentionList([mention_out(each) for each in await service.suggest_people(ctx, entity, record_id, q or "")])


@patch(ONE, operation_id="changeComment", summary="Change one's own comment", tags=TAGS)
async def change_comment(
    ctx: NamedDependency[Context],
    entity: FromPath[str],
    record_id: FromPath[UUID],
    comment_id: FromPath[UUID],
    data: JSONBody[CommentChangeIn],
) -> CommentOut:
    """Give a comment another wording."""
    changed = await service.change_comment(ctx, entity, record_id, comment_id, data.draft(), version=data.version)
    return comment_out(changed, ctx.actor.id)


@delete(ONE, operation_id="deleteComment", summary="Take one's own comment back", tags=TAGS)
async def delete_comment(
    ctx: NamedDependency[Context],
    entity: FromPath[str],
    record_id: FromPath[UUID],
    comment_id: FromPath[UUID],
    version: Annotated[int, QueryParameter(ge=1, le=2**31 - 1)],
) -> None:
    """Take a comment back."""
    await service.delete_comment(ctx, entity, record_id, comment_id, version=version)


@get(f"{ONE}/history", operation_id="listCommentWordings", summary="Earlier wordings of a comment", tags=TAGS)
async def list_wordings(
    ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID], comment_id: FromPath[UUID]
) -> WordingList:
    """Return all wordings, newest first."""
    return WordingList([wording_out(each) for each in await service.list_wordings(ctx, entity, record_id, comment_id)])


@get(f"{RECORD}/followers", operation_id="listFollowers", summary="Who follows a record", tags=TAGS)
async def read_followers(
    ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID]
) -> FollowersOut:
    """Return who is told of what happens to a record."""
    return followers_out(await following.read_followers(ctx, entity, record_id))


@put(f"{RECORD}/followers/me", operation_id="followRecord", summary="Follow a record", tags=TAGS)
async def follow(ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID]) -> FollowersOut:
    """Be told of comments, moves and changes from now on."""
    return followers_out(await following.follow_record(ctx, entity, record_id, is_following=True))


@delete(
    f"{RECORD}/followers/me",
    operation_id="unfollowRecord",
    summary="Stop following a record",
    tags=TAGS,
    status_code=200,
)
async def unfollow(ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID]) -> FollowersOut:
    """Not be told any more, even as owner."""
    return followers_out(await following.follow_record(ctx, entity, record_id, is_following=False))


ROUTES: list[Any] = [
    list_comments, add_comment, suggest_people, change_comment, delete_comment, list_wordings, read_followers, follow, unfollow,
]  # fmt: skip
