"""Shapes of comments and followers over HTTP."""

from datetime import datetime
from uuid import UUID

import msgspec

from xiaolu.comments.model import Comment, CommentDraft, Followers, Mention, Wording
from xiaolu.files.schemas import FileOut, file_out


class PersonRef(msgspec.Struct, frozen=True):
    """A member by name."""

    id: UUID
    name: str


class MentionOut(msgspec.Struct, frozen=True):
    """Somebody who is named, or could be, and whether they may read the record."""

    id: UUID
    name: str
    can_read: bool


class MentionList(msgspec.Struct, frozen=True):
    """People to name, those who may read the record first."""

    people: list[MentionOut]


class CommentOut(msgspec.Struct, frozen=True, kw_only=True):
    """A comment; mentions stand in its text as ``@[member id]``. One that was taken back has no text."""

    id: UUID
    author: PersonRef
    at: datetime
    text: str
    version: int
    edited_at: datetime | None
    deleted_at: datetime | None
    mentions: list[MentionOut]
    files: list[FileOut]
    mine: bool
    """The reader wrote it, and so may change it or take it back."""


class CommentList(msgspec.Struct, frozen=True):
    """A page of comments, newest first; ``next`` is what to give as ``before`` for the following one."""

    comments: list[CommentOut]
    next: UUID | None = None


class CommentIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to say, with uploaded files."""

    text: str
    files: list[UUID] = msgspec.field(default_factory=list)

    def draft(self) -> CommentDraft:
        """Return it as a draft."""
        return CommentDraft(text=self.text, files=tuple(dict.fromkeys(self.files)))


class CommentChangeIn(CommentIn, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another wording; ``version`` is the one that was seen."""

    version: int


class WordingOut(msgspec.Struct, frozen=True):
    """One wording, and since when it stood."""

    version: int
    at: datetime
    text: str


class WordingList(msgspec.Struct, frozen=True):
    """The wordings of a comment, newest first."""

    wordings: list[WordingOut]


class FollowersOut(msgspec.Struct, frozen=True):
    """Who follows a record, and whether the reader does."""

    people: list[PersonRef]
    following: bool


def mention_out(mention: Mention) -> MentionOut:
    """Shape a mention."""
    return MentionOut(mention.id, mention.name, mention.can_read)


def comment_out(comment: Comment, reader: UUID | None) -> CommentOut:
    """Shape a comment for its reader."""
    return CommentOut(
        id=comment.id,
        author=PersonRef(comment.author_id, comment.author_name),
        at=comment.at,
        text=comment.text,
        version=comment.version,
        edited_at=comment.edited_at,
        deleted_at=comment.deleted_at,
        mentions=[mention_out(each) for each in comment.mentions],
        files=[file_out(each) for each in comment.files],
        mine=comment.author_id == reader,
    )


def wording_out(wording: Wording) -> WordingOut:
    """Shape a wording."""
    return WordingOut(wording.version, wording.at, wording.text)


def followers_out(followers: Followers) -> FollowersOut:
    """Shape followers."""
    return FollowersOut([PersonRef(key, name) for key, name in followers.people], followers.am_following)
