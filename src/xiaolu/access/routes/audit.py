"""HTTP of the audit log."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from xiaolu.access.context import Context
from xiaolu.access.schemas.audit import AuditOut, audit_out
from xiaolu.access.service.audit import list_audit
from xiaolu.access.store.audit import AuditFilter
from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import problem


@get("/audit", operation_id="listAudit", summary="The audit log, newest first", tags=["Audit"])
async def list_entries(
    ctx: NamedDependency[Context],
    *,
    before: Annotated[str | None, QueryParameter(description="Cursor of the page before", max_length=500)] = None,
    action: Annotated[
        list[str] | None, QueryParameter(description="Full names, or beginnings that end with a dot: sign_in.")
    ] = None,
    actor: FromQuery[UUID | None] = None,
    subject: Annotated[str | None, QueryParameter(max_length=200)] = None,
    since: FromQuery[datetime | None] = None,
    until: FromQuery[datetime | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> AuditOut:
    """Return a page of entries that meet every given condition; needs the ability ``audit``."""
    naive = [name for name, at in (("since", since), ("until", until)) if at is not None and at.tzinfo is None]
    if naive:
        raise Invalid("request.zone", [problem("request.zone", name) for name in naive])
    wanted = AuditFilter(
        actions=tuple(each for each in action or () if each),
        actor_id=actor,
        subject_id=subject,
        since=since,
        until=until,
    )
    return audit_out(await list_audit(ctx, wanted, before=before or None, limit=limit))


ROUTES: list[Any] = [list_entries]
