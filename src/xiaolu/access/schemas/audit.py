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
    detail: Mapping[str, Any]
    address: str | None


class AuditOut(Struct, frozen=True):
    """A page of the audit log, newest first."""

    entries: list[AuditEntryOut]
    next: str | None


def audit_out(page: AuditPage) -> AuditOut:
    """Shape a page of the audit log."""
    return AuditOut([_entry_out(each) for each in page.entries], page.next)


def _entry_out(entry: AuditEntry) -> AuditEntryOut:
    return AuditEntryOut(
        id=entry.id,
        at=entry.at,
        actor=AuditActorOut(entry.actor_id, entry.actor_name),
        action=entry.action,
        action_label=entry.action_label,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        subject_text=entry.subject_text,
        detail=entry.detail,
        address=entry.address,
    )
