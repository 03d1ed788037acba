"""Comments and followers as values."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiaolu.files.model import StoredFile

LONGEST_TEXT = 10_000
MOST_FILES = 20
MOST_MENTIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentDraft:
    """What somebody wants to say; mentions stand in the text as ``@[member id]``."""

    text: str
    files: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who is named in a comment, and whether they may read the record it is about."""

    id: UUID
    name: str
    can_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment as it stands; a deleted one has neither text nor files."""

    id: UUID
    entity: str
    record_id: UUID
    author_id: UUID
    author_name: str
    at: datetime
    text: str
    version: int
    edited_at: datetime | None
    deleted_at: datetime | None
    mentions: tuple[Mention, ...] = ()
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a comment, and since when it stood."""

    version: int
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The record that is talked about, as far as talking needs it."""

    entity: str
    id: UUID
    version: int
    owner: UUID | None
    created_by: UUID | None
    stage: str | None
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class Followers:
    """Who follows a record."""

    people: tuple[tuple[UUID, str], ...]
    am_following: bool
