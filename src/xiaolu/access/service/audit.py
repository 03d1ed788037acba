"""The audit log: who did what to people, permissions and definitions, and who carried data away."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.store import audit as store
from xiaolu.access.store.audit import AuditFilter, AuditRow
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import message
from xiaolu.kit.problems import problem

MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry of the log, with its action in words."""

    id: UUID
    at: datetime
    actor_id: UUID | None
    actor_name: str
    action: str
    action_label: str
    subject_kind: str | None
    subject_id: str | None
    subject_text: str | None
    detail: Mapping[str, Any]
    address: str | None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of the log, newest first; ``next`` goes on where it ends."""

    entries: tuple[AuditEntry, ...]
    next: str | None


async def record_audit(
    ctx: Context,
    action: str,
    *,
    subject_kind: str | None = None,
    subject_id: object = None,
    subject_text: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add an entry in the name of the context's actor, in the transaction of what it tells of.

    ``action`` is a dotted name with a message ``audit.<action>``; ``detail`` must be JSON and hold no secret.
    """
    await write_audit(
        ctx.uow,
        AuditRow(
            at=ctx.now,
            actor_id=ctx.actor.id,
            actor_name=ctx.actor.name,
            action=action,
            subject_kind=subject_kind,
            subject_id=None if subject_id is None else str(subject_id),
            subject_text=subject_text,
            detail=detail,
            address=ctx.address,
        ),
    )


async def write_audit(uow: UnitOfWork, entry: AuditRow) -> None:
    """Add an entry in the transaction of what it tells of."""
    await uow.write(store.insert_audit(entry))


async def write_audit_at_once(uow: UnitOfWork, entry: AuditRow) -> None:
    """Add an entry that stays though the request is refused afterwards (a failed sign-in)."""
    await uow.write_once(store.insert_audit(entry))


async def list_audit(ctx: Context, wanted: AuditFilter, *, before: str | None = None, limit: int = 50) -> AuditPage:
    """Return a page of the log to somebody with the ability ``audit``."""
    require_ability(ctx, "audit")
    limit = max(1, min(limit, MOST_ENTRIES))
    rows = await store.list_audit(ctx.uow, wanted, before=_position(before), limit=limit + 1)
    entries = tuple(
        AuditEntry(
            id=row["id"],
            at=row["at"],
            actor_id=row["actor_id"],
            actor_name=row["actor_name"],
            action=row["action"],
            action_label=message(f"audit.{row['action']}", {}, ctx.language),
            subject_kind=row["subject_kind"],
            subject_id=row["subject_id"],
            subject_text=row["subject_text"],
            detail=msgspec.json.decode(row["detail"]),
            address=row["address"],
        )
        for row in rows[:limit]
    )
    return AuditPage(entries, _cursor(entries[-1]) if len(rows) > limit else None)


def _cursor(entry: AuditEntry) -> str:
    return base64.urlsafe_b64encode(f"{entry.at.isoformat()}|{entry.id}".encode()).decode().rstrip("=")


def _position(cursor: str | None) -> tuple[datetime, UUID] | None:
    if cursor is None:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, _, identifier = text.partition("|")
        instant = datetime.fromisoformat(at)
        if instant.tzinfo is None:
            raise ValueError(at)
        return instant, UUID(identifier)
    except (ValueError, binascii.Error) as error:
        raise Invalid("request.cursor", [problem("request.cursor", "before")]) from error
