"""Shapes of announcements over HTTP."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from xiaolu.kit.i18n import Label


class AnnouncementOut(Struct, frozen=True, kw_only=True):
    """An announcement in the reader's language."""

    id: UUID
    title: str
    text: str
    must_confirm: bool
    at: datetime
    author: str
    confirmed_at: datetime | None


class AnnouncementsOut(Struct, frozen=True):
    """What reaches the reader now."""

    announcements: list[AnnouncementOut]


class AnnouncementIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be announced."""

    title: Label
    text: Label
    must_confirm: bool = False
    roles: Annotated[list[str], Meta(max_length=100)] = []
    departments: Annotated[list[UUID], Meta(max_length=100)] = []
    """With those below them; neither roles nor departments: everybody."""
    ends_at: Annotated[datetime, Meta(tz=True)] | None = None


class PublishedOut(Struct, frozen=True, kw_only=True):
    """An announcement with how many it reaches and how many of those confirmed it."""

    id: UUID
    title: str
    text: str
    must_confirm: bool
    roles: list[str]
    departments: list[UUID]
    at: datetime
    author: str
    ends_at: datetime | None
    withdrawn_at: datetime | None
    reached: int
    confirmed: int


class PublishedList(Struct, frozen=True):
    """Announcements, the newest first."""

    announcements: list[PublishedOut]


class ConfirmationOut(Struct, frozen=True, kw_only=True):
    """Somebody whom an announcement reaches; ``at`` is when they confirmed it."""

    member: UUID
    name: str
    department: str
    at: datetime | None


class ConfirmationsOut(Struct, frozen=True):
    """Everybody whom an announcement reaches, those who have not confirmed first."""

    confirmations: list[ConfirmationOut]
