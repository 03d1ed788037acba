"""HTTP of the audit log."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import MediaType, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from xiaolu.access.context import Context
from xiaolu.access.schemas.audit import AuditOut, audit_out
from xiaolu.access.service.audit import export_audit, list_audit
from xiaolu.access.store.audit import AuditFilter
from xiaolu.access.telling import KINDS
from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import problem

ActionQuery = Annotated[
    list[str] | None,
    QueryParameter(
        description="Kinds of entries (sign_in, people, permission, definitions, api_key, export, import), full names of "
        "actions, or beginnings of names that end with a dot: sign_in."
    ),
]


@get("/audit", operation_id="listAudit", summary="The audit log, newest first", tags=["Audit"])
async def list_entries(
    ctx: NamedDependency[Context],
    *,
    before: Annotated[str | None, QueryParameter(description="Cursor of the page before", max_length=500)] = None,
    action: ActionQuery = None,
    actor: FromQuery[UUID | None] = None,
    subject: Annotated[str | None, QueryParameter(max_length=200)] = None,
    since: FromQuery[datetime | None] = None,
    until: FromQuery[datetime | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> AuditOut:
    """Return a page of entries that meet every given condition; needs the ability ``audit``."""
    wanted = _wanted(action, since, until)._replace(actor_id=actor, subject_id=subject)
    return audit_out(await list_audit(ctx, wanted, before=before or None, limit=limit))


@get(
    "/audit.csv", operation_id="exportAudit", summary="The audit log as CSV", tags=["Audit"], media_type=MediaType.TEXT
)
async def export_entries(
    ctx: NamedDependency[Context],
    *,
    action: ActionQuery = None,
    actor: FromQuery[UUID | None] = None,
    since: FromQuery[datetime | None] = None,
    until: FromQuery[datetime | None] = None,
) -> Response[str]:
    """Return the entries that meet every given condition as a file; needs the ability ``audit``."""
    text = await export_audit(ctx, _wanted(action, since, until)._replace(actor_id=actor))
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _wanted(action: list[str] | None, since: datetime | None, until: datetime | None) -> AuditFilter:
    naive = [name for name, at in (("since", since), ("until", until)) if at is not None and at.tzinfo is None]
    if naive:
        raise Invalid("request.zone", [problem("request.zone", name) for name in naive])
    actions = [name for each in action or () if each for name in KINDS.get(each, (each,))]
    return AuditFilter(actions=tuple(actions), since=since, until=until)


ROUTES: list[Any] = [list_entries, export_entries]
