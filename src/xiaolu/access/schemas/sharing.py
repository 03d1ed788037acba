"""Shapes of shares and of explanations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaolu.access.model import Operation
from xiaolu.access.policy.explaining import Explanation
from xiaolu.access.schemas.shared import Ref, ref
from xiaolu.kit.db import Row


class ShareOut(Struct, frozen=True, kw_only=True):
    """With whom a record is shared, and how far."""

    id: UUID
    member: Ref | None
    department: Ref | None
    access: str
    shared_by: Ref | None
    at: datetime


class SharesOut(Struct, frozen=True):
    """The shares of a record, oldest first."""

    shares: list[ShareOut]


class ShareBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to share with (a member or a department), and how far."""

    member: UUID | None = None
    department: UUID | None = None
    access: Literal["read", "update"] = "read"


class ReasonOut(Struct, frozen=True):
    """One reason for or against."""

    operation: str
    speaks_for: bool
    code: str
    text: str


class FieldReasonOut(Struct, frozen=True):
    """A field that somebody does not see, or may not change, and why."""

    field: str
    label: str
    access: str
    text: str


class AccessOut(Struct, frozen=True):
    """What somebody may do with a record and its fields, and why."""

    can: Mapping[str, bool]
    reasons: list[ReasonOut]
    fields: list[FieldReasonOut]


class SeenBody(Struct, frozen=True, forbid_unknown_fields=True):
    """About whom, and which records."""

    member: UUID
    ids: Annotated[list[UUID], Meta(max_length=500)]


class SeenOut(Struct, frozen=True):
    """The records that the member may read."""

    ids: list[UUID]


def share_out(row: Row) -> ShareOut:
    """Shape a share."""
    return ShareOut(
        id=row["id"],
        member=ref(row, "member_id", "member"),
        department=ref(row, "department_id", "department"),
        access=row["access"],
        shared_by=ref(row, "shared_by", "sharer"),
        at=row["shared_at"],
    )


def access_out(explanation: Explanation) -> AccessOut:
    """Shape an explanation."""
    return AccessOut(
        {
            each.value: explanation.can[each]
            for each in (Operation.READ, Operation.UPDATE, Operation.DELETE, Operation.MOVE)
        },
        [ReasonOut(each.operation.value, each.speaks_for, each.code, each.text) for each in explanation.reasons],
        [FieldReasonOut(each.field, each.label, each.access.value, each.text) for each in explanation.fields],
    )
