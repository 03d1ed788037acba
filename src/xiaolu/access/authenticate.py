"""From a session's token or an API key to who acts, remembered for a moment in this process."""

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from uuid import UUID

from xiaolu.access.credentials import digest, is_digest_of, parse_api_key
from xiaolu.access.model import Actor, Identity, SharedRecords
from xiaolu.access.rules import SEEN_EVERY, abilities_of, may_view_as, next_expiry
from xiaolu.access.store import identity as identity_store
from xiaolu.access.store.identity import IdentityRow
from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.snapshot import Snapshot

REMEMBERED_FOR = timedelta(seconds=1)
"""The longest for which a change made by another process may go unnoticed; this process's own are seen at once."""
MOST_REMEMBERED = 5_000


class _Remembered(NamedTuple):
    identity: Identity
    at: datetime
    snapshot: Snapshot
    """Compared by identity: other definitions give other abilities, and another workspace has a snapshot of its own."""


_remembered: OrderedDict[bytes, _Remembered] = OrderedDict()


def forget_identities() -> None:
    """Drop what is remembered: somebody's roles, department, shares, sessions or keys have changed."""
    _remembered.clear()


def note_access_change(uow: UnitOfWork) -> None:
    """Have what is remembered dropped once the change in ``uow`` is durable."""
    uow.after_commit(forget_identities)


def recall_identity(proof: str, *, now: datetime, snapshot: Snapshot) -> Identity | None:
    """Return who a session's token or an API key belonged to a moment ago, without asking the database."""
    return _recall(digest(proof), now, snapshot)


async def authenticate_session(uow: UnitOfWork, token: str, *, now: datetime, snapshot: Snapshot) -> Identity | None:
    """Return who the session with this token belongs to; None where it is unknown, ended or revoked.

    The use is noted every few minutes and puts off the session's end.
    """
    token_hash = digest(token)
    known = _recall(token_hash, now, snapshot)
    if known is not None:
        return known
    row = await identity_store.find_by_session(uow, token_hash, now)
    if row is None:
        return None
    if row.viewer_id is not None:
        return await _authenticate_viewing(uow, row, token_hash, now=now, snapshot=snapshot)
    if row.proof_id is not None and row.created_at is not None and _is_due(row.seen_at, now):
        await uow.write_once(identity_store.touch_session(row.proof_id, now, next_expiry(row.created_at, now)))
    shares = await identity_store.load_shares(uow, row.member_id, row.above)
    identity = Identity(
        actor=_without_rights(row) if row.must_change_password else _actor(row, snapshot, shares=shares),
        session_id=row.proof_id,
        must_change_password=row.must_change_password,
    )
    return _remember(token_hash, identity, now, snapshot)


async def _authenticate_viewing(
    uow: UnitOfWork, row: IdentityRow, token_hash: bytes, *, now: datetime, snapshot: Snapshot
) -> Identity | None:
    """Return the member whom somebody looks at the system as; such a session is not put off by its use."""
    actor = await load_viewed(uow, row.member_id, row.viewer_id, snapshot=snapshot)
    if actor is None:
        return None
    return _remember(token_hash, Identity(actor=actor, session_id=row.proof_id), now, snapshot)


async def load_viewed(uow: UnitOfWork, member_id: UUID, viewer_id: UUID | None, *, snapshot: Snapshot) -> Actor | None:
    """Return a member as somebody else may look at the system as them; None where the viewer may not (any more)."""
    viewer = None if viewer_id is None else await load_actor(uow, viewer_id, snapshot=snapshot)
    actor = await load_actor(uow, member_id, snapshot=snapshot)
    if viewer is None or actor is None or not may_view_as(viewer, actor):
        return None
    return replace(actor, viewer=viewer, abilities=actor.abilities & viewer.abilities, language=viewer.language)


async def authenticate_api_key(uow: UnitOfWork, text: str, *, now: datetime, snapshot: Snapshot) -> Identity | None:
    """Return who an API key acts for: the member who made it, with the key's one role; None where it does not hold."""
    parts = parse_api_key(text)
    if parts is None:
        return None
    text_hash = digest(text)
    known = _recall(text_hash, now, snapshot)
    if known is not None:
        return known
    row = await identity_store.find_by_key(uow, parts.prefix, now)
    if row is None or row.key_hash is None or not is_digest_of(row.key_hash, parts.secret):
        return None
    if row.proof_id is not None and _is_due(row.seen_at, now):
        await uow.write_once(identity_store.touch_key(row.proof_id, now))
    shares = await identity_store.load_shares(uow, row.member_id, row.above)
    return _remember(text_hash, Identity(actor=_actor(row, snapshot, shares=shares)), now, snapshot)


async def load_actor(uow: UnitOfWork, member_id: UUID, *, snapshot: Snapshot) -> Actor | None:
    """Return a member as who acts, without any proof of identity: for explanations and work done in their name."""
    row = await identity_store.find_member(uow, member_id)
    if row is None:
        return None
    return _actor(row, snapshot, shares=await identity_store.load_shares(uow, member_id, row.above))


async def sessions_in_force(uow: UnitOfWork, session_ids: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Return the sessions that still hold: for streams that stay open long after they were authenticated."""
    return await identity_store.find_sessions_in_force(uow, session_ids, now)


def _actor(row: IdentityRow, snapshot: Snapshot, *, shares: Mapping[str, SharedRecords]) -> Actor:
    roles = row.roles if row.key_role is None else (row.key_role,)
    return Actor(
        id=row.member_id,
        kind="member" if row.key_role is None else "api_key",
        name=row.name if row.key_name is None else row.key_name,
        roles=roles,
        department_id=row.department_id,
        department_ids=row.near,
        department_tree_ids=row.below,
        owns_elsewhere=row.owns_elsewhere,
        abilities=abilities_of(roles, snapshot.roles),
        language=_language(row.language),
        shares=shares,
        share_department_ids=row.above,
    )


def _without_rights(row: IdentityRow) -> Actor:
    return Actor(id=row.member_id, kind="member", name=row.name, language=_language(row.language))


def _language(text: str | None) -> Literal["zh", "en"] | None:
    return None if text is None else "en" if text == "en" else "zh"


def _is_due(seen_at: datetime | None, now: datetime) -> bool:
    return seen_at is None or abs(now - seen_at) >= SEEN_EVERY


def _recall(key: bytes, now: datetime, snapshot: Snapshot) -> Identity | None:
    found = _remembered.get(key)
    if found is None or found.snapshot is not snapshot or abs(now - found.at) > REMEMBERED_FOR:
        return None
    return found.identity


def _remember(key: bytes, identity: Identity, now: datetime, snapshot: Snapshot) -> Identity:
    before = _remembered.get(key)
    if before is not None and before.identity == identity:
        identity = before.identity
    _remembered[key] = _Remembered(identity, now, snapshot)
    _remembered.move_to_end(key)
    while len(_remembered) > MOST_REMEMBERED:
        _remembered.popitem(last=False)
    return identity
