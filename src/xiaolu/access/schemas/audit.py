"""Shapes of the audit log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from xiaolu.access.service.audit import AuditEntry, AuditPage


class AuditActorOut(Struct, frozen=True):
    """Who did it; no id for somebody unknown or the platform itself."""

    id: UUID | None
    name: str


class AuditFactOut(Struct, frozen=True):
    """A value, or what was ``before`` and is now; an empty text where nothing was set."""

    label: str
    value: str
    before: str | None


class AuditEntryOut(Struct, frozen=True, kw_only=True):
    """One entry of the audit log."""

    id: UUID
    at: datetime
    actor: AuditActorOut
    action: str
    action_label: str
    subject_kind: str | None
    subject_id: str | None
    subject_text: str | None
    subject: str
    """What it is about, in words."""
    facts: list[AuditFactOut]
    """What it says in particular, in words."""
    detail: Mapping[str, Any]
    """The same for programs."""
    address: str | None


class AuditOut(Struct, frozen=True):
    """A page of the audit log, newest first."""

    entries: list[AuditEntryOut]
    next: str | None


def audit_out(page: AuditPage) -> AuditOut:
    """Shape a page of the audit log."""
    return AuditOut([_entry_out(each) for each in page.entries], page.next)


def _entry_out(entry: AuditEntry) -> AuditEntryOut:
    row = entry.row
    return AuditEntryOut(
        id=row["id"],
        at=row["at"],
        actor=AuditActorOut(row["actor_id"], entry.actor),
        action=row["action"],
        action_label=entry.action,
        subject_kind=row["subject_kind"],
        subject_id=row["subject_id"],
        subject_text=row["subject_text"],
        subject=entry.subject,
        facts=[AuditFactOut(each.label, each.value, each.before) for each in entry.facts],
        detail=entry.detail,
        address=row["address"],
    )
