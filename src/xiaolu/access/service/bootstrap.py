"""The first administrator, made from the command line where nobody can sign in yet."""

from datetime import datetime
from uuid import UUID

from xiaolu.access.context import Cause, Context
from xiaolu.access.model import ADMIN_ROLE, SYSTEM
from xiaolu.access.service.members import MemberDraft, create_member
from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.snapshot import Snapshot


async def bootstrap_admin(
    uow: UnitOfWork, *, login: str, name: str, password: str, now: datetime, must_change_password: bool = False
) -> UUID:
    """Add an administrator in the name of the platform itself and return their id; the caller commits.

    Raises:
        Invalid: the login is taken or malformed, or the password too weak.
    """
    ctx = Context(uow=uow, now=now, actor=SYSTEM, snapshot=Snapshot(0, Definitions()), cause=Cause(kind="system"))
    draft = MemberDraft(
        login=login, name=name, password=password, roles=(ADMIN_ROLE,), must_change_password=must_change_password
    )
    return await create_member(ctx, draft)
