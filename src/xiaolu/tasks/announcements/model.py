"""Announcements as values."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiaolu.kit.i18n import Label

LONGEST_TITLE = 120
LONGEST_TEXT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementDraft:
    """What is to be announced: to the members of some roles and departments (with those below); to everybody if none."""

    title: Label
    text: Label
    must_confirm: bool = False
    roles: tuple[str, ...] = ()
    departments: tuple[UUID, ...] = ()
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """An announcement as one member finds it: ``confirmed_at`` is when this member confirmed it."""

    id: UUID
    title: Label
    text: Label
    must_confirm: bool
    created_at: datetime
    author: str
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An announcement as whoever publishes them lists it: how many it reaches and how many of those confirmed."""

    id: UUID
    draft: AnnouncementDraft
    created_at: datetime
    author: str
    withdrawn_at: datetime | None
    reached: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One member whom an announcement reaches, and when they confirmed it."""

    member: UUID
    name: str
    department: str
    at: datetime | None
