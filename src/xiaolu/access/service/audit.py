"""The audit log: who did what to people, permissions and definitions, and who carried data away."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.store import audit as store
from xiaolu.access.store.audit import AuditFilter, AuditRow
from xiaolu.access.store.titles import select_titles
from xiaolu.access.telling import Fact, Names, Teller, is_about_record, mentioned
from xiaolu.kit.csvtext import csv_text
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import message
from xiaolu.kit.problems import problem

MOST_ENTRIES = 200
MOST_EXPORTED = 50_000


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry of the log, in words."""

    row: Row
    actor: str
    action: str
    subject: str
    facts: Sequence[Fact]
    detail: Mapping[str, Any]


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
    entries = await _told(ctx, rows[:limit])
    return AuditPage(tuple(entries), _cursor(rows[limit - 1]) if len(rows) > limit else None)


async def export_audit(ctx: Context, wanted: AuditFilter) -> str:
    """Return the log as CSV, the newest first; that somebody took it along is an entry itself.

    Raises:
        Invalid: there are more entries than a file takes.
    """
    require_ability(ctx, "audit")
    rows = await store.list_audit(ctx.uow, wanted, before=None, limit=MOST_EXPORTED + 1)
    if len(rows) > MOST_EXPORTED:
        raise Invalid("audit.too_many", [problem("audit.too_many", "since", limit=MOST_EXPORTED)], limit=MOST_EXPORTED)
    entries = await _told(ctx, rows)
    zone = ZoneInfo(ctx.time_zone)
    heads = [
        message(f"audit.column.{each}", {}, ctx.language)
        for each in ("at", "actor", "action", "subject", "facts", "address")
    ]
    lines = (
        (
            f"{each.row['at'].astimezone(zone):%Y-%m-%d %H:%M:%S}",
            each.actor,
            each.action,
            each.subject,
            "\n".join(_line(fact) for fact in each.facts),
            each.row["address"] or "",
        )
        for each in entries
    )
    text = csv_text([heads, *lines])
    detail = {"rows": len(rows), "since": _iso(wanted.since), "until": _iso(wanted.until)}
    await record_audit(ctx, "audit.exported", subject_kind="audit", detail=detail)
    return text


async def _told(ctx: Context, rows: Sequence[Row]) -> list[AuditEntry]:
    """Put rows into words; what they speak of is looked up for all of them at once."""
    details: list[Mapping[str, Any]] = [msgspec.json.decode(row["detail"]) for row in rows]
    members, departments = mentioned(details)
    members |= {row["subject_id"] for row in rows if row["subject_kind"] == "member" and not row["subject_text"]}
    found = await store.select_names(ctx.uow, members, departments)
    names = Names(found.members, found.departments, await _record_titles(ctx, rows))
    teller = Teller(ctx.snapshot, names, ctx.language, ctx.time_zone)
    return [
        AuditEntry(
            row=row,
            actor=teller.actor(row["actor_id"], row["actor_name"]),
            action=message(f"audit.{row['action']}", {}, ctx.language),
            subject=teller.subject(row["action"], row["subject_kind"], row["subject_id"], row["subject_text"]),
            facts=teller.facts(detail, row["subject_kind"], row["subject_id"]),
            detail=detail,
        )
        for row, detail in zip(rows, details, strict=True)
    ]


async def _record_titles(ctx: Context, rows: Sequence[Row]) -> dict[str, str]:
    """Return the titles of the records that entries are about, as far as the reader may read them."""
    asked: dict[str, set[UUID]] = {}
    for row in rows:
        if is_about_record(row["action"]) and row["subject_kind"] in ctx.snapshot.entities:
            asked.setdefault(row["subject_kind"], set()).add(UUID(row["subject_id"]))
    titles: dict[str, str] = {}
    for entity, ids in asked.items():
        titles |= {str(key): title for key, title in (await select_titles(ctx, entity, ids)).items()}
    return titles


def _line(fact: Fact) -> str:
    if fact.before is None:
        return f"{fact.label}: {fact.value}"
    return f"{fact.label}: {fact.before or '—'} → {fact.value or '—'}"


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _cursor(row: Row) -> str:
    return base64.urlsafe_b64encode(f"{row['at'].isoformat()}|{row['id']}".encode()).decode().rstrip("=")


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
