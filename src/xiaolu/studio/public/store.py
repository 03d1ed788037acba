"""SQL of public forms."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import Sql, all_of, compose, param, raw
from xiaolu.studio.public.model import Submission, Tally

_COLUMNS = raw("id, form, at, state, reason, entity, record_id, owner_id, content, origin")


def _submission(row: Row) -> Submission:
    values: dict[str, Any] = {key: row[key] for key in Submission.__struct_fields__ if key not in ("content", "origin")}
    return Submission(
        content=None if row["content"] is None else msgspec.json.decode(row["content"]),
        origin=msgspec.json.decode(row["origin"]),
        **values,
    )


async def read_secret(uow: UnitOfWork) -> bytes:
    """Return the workspace's key for riddles, made when it is first needed."""
    secret = await uow.fetch_value(raw("SELECT secret FROM public_secret"))
    if secret is None:
        await uow.write(
            compose(
                "INSERT INTO public_secret (secret) VALUES ({secret}) ON CONFLICT DO NOTHING",
                secret=param(secrets.token_bytes(32), "bytea"),
            )
        )
        secret = await uow.fetch_value(raw("SELECT secret FROM public_secret"))
    return bytes(secret)


async def read_links(uow: UnitOfWork) -> dict[str, str]:
    """Return the token of each form that has one."""
    return {row["form"]: row["token"] for row in await uow.fetch(raw("SELECT form, token FROM public_link"))}


async def write_link(uow: UnitOfWork, form: str, now: datetime) -> str:
    """Give a form a token, or a new one, and return it."""
    rows = await uow.write(
        compose(
            "INSERT INTO public_link (form, token, created_at) VALUES ({form}, {token}, {now}) "
            "ON CONFLICT (form) DO UPDATE SET token = excluded.token, created_at = excluded.created_at RETURNING token",
            form=param(form, "text"),
            token=param(secrets.token_urlsafe(12), "text"),
            now=param(now, "timestamptz"),
        )
    )
    token: str = rows[0]["token"]
    return token


async def find_form(uow: UnitOfWork, token: str) -> str | None:
    """Return the key of the form with this token."""
    found: str | None = await uow.fetch_value(
        compose("SELECT form FROM public_link WHERE token = {token}", token=param(token, "text"))
    )
    return found


async def use_riddle(uow: UnitOfWork, salt: str, *, now: datetime, expires: datetime) -> bool:
    """Note that a riddle was used; False where it was before. Riddles that ran out are forgotten."""
    await uow.write(compose("DELETE FROM public_riddle WHERE expires_at < {now}", now=param(now, "timestamptz")))
    rows = await uow.write(
        compose(
            "INSERT INTO public_riddle (salt, expires_at) VALUES ({salt}, {expires}) ON CONFLICT DO NOTHING RETURNING salt",
            salt=param(salt, "text"),
            expires=param(expires, "timestamptz"),
        )
    )
    return bool(rows)


async def insert_submission(uow: UnitOfWork, made: Submission, address: bytes | None) -> None:
    """Write down what came in."""
    await uow.write(
        compose(
            "INSERT INTO public_submission (id, form, at, state, reason, entity, record_id, owner_id, content, origin, address) "
            "VALUES ({id}, {form}, {at}, {state}, {reason}, {entity}, {record}, {owner}, {content}, {origin}, {address})",
            id=param(made.id, "uuid"),
            form=param(made.form, "text"),
            at=param(made.at, "timestamptz"),
            state=param(made.state, "text"),
            reason=param(made.reason, "text"),
            entity=param(made.entity, "text"),
            record=param(made.record_id, "uuid"),
            owner=param(made.owner_id, "uuid"),
            content=param(None if made.content is None else msgspec.json.encode(made.content).decode(), "jsonb"),
            origin=param(msgspec.json.encode(made.origin).decode(), "jsonb"),
            address=param(address, "bytea"),
        )
    )


async def update_submission(uow: UnitOfWork, made: Submission) -> None:
    """Write what was decided on something that waited."""
    await uow.write(
        compose(
            "UPDATE public_submission SET state = {state}, record_id = {record}, owner_id = {owner}, content = NULL WHERE id = {id}",
            id=param(made.id, "uuid"),
            state=param(made.state, "text"),
            record=param(made.record_id, "uuid"),
            owner=param(made.owner_id, "uuid"),
        )
    )


async def find_submission(uow: UnitOfWork, identifier: UUID) -> Submission | None:
    """Return something that came in, and keep others off it."""
    row = await uow.fetch_one(
        compose(
            "SELECT {columns} FROM public_submission WHERE id = {id} FOR UPDATE",
            columns=_COLUMNS,
            id=param(identifier, "uuid"),
        )
    )
    return None if row is None else _submission(row)


async def select_submissions(
    uow: UnitOfWork, *, form: str, state: str | None, before: UUID | None, limit: int
) -> list[Submission]:
    """Return what came in through a form, the newest first."""
    conditions: list[Sql] = [compose("form = {form}", form=param(form, "text"))]
    if state is not None:
        conditions.append(compose("state = {state}", state=param(state, "text")))
    if before is not None:
        conditions.append(compose("id < {before}", before=param(before, "uuid")))
    rows = await uow.fetch(
        compose(
            "SELECT {columns} FROM public_submission WHERE {conditions} ORDER BY id DESC LIMIT {limit}",
            columns=_COLUMNS,
            conditions=all_of(conditions),
            limit=param(limit, "bigint"),
        )
    )
    return [_submission(each) for each in rows]


async def select_tallies(uow: UnitOfWork) -> Sequence[Tally]:
    """Return how much came in through each form."""
    rows = await uow.fetch(
        raw(
            "SELECT form, count(*) FILTER (WHERE state = 'accepted') AS accepted, count(*) FILTER (WHERE state = 'held') AS held, "
            "count(*) FILTER (WHERE state IN ('refused', 'dropped')) AS refused, "
            "max(at) FILTER (WHERE state = 'accepted') AS last FROM public_submission GROUP BY form"
        )
    )
    return [msgspec.convert(dict(row.items()), Tally) for row in rows]


async def count_recent(uow: UnitOfWork, form: str, since: datetime, address: bytes | None = None) -> int:
    """Return how much came in through a form since an instant, from one address where one is given."""
    conditions = [
        compose("form = {form} AND at > {since}", form=param(form, "text"), since=param(since, "timestamptz"))
    ]
    if address is not None:
        conditions.append(compose("address = {address}", address=param(address, "bytea")))
    found: int = await uow.fetch_value(
        compose("SELECT count(*) FROM public_submission WHERE {conditions}", conditions=all_of(conditions))
    )
    return found


async def has_mark(uow: UnitOfWork, form: str, mark: str, since: datetime) -> bool:
    """Tell whether the same message came in since an instant."""
    found: bool = await uow.fetch_value(
        compose(
            "SELECT EXISTS (SELECT FROM public_submission WHERE form = {form} AND at > {since} AND origin ->> 'mark' = {mark} "
            "AND state IN ('accepted', 'held'))",
            form=param(form, "text"),
            since=param(since, "timestamptz"),
            mark=param(mark, "text"),
        )
    )
    return found


async def select_candidates(uow: UnitOfWork, *, role: str | None, department: str | None) -> list[UUID]:
    """Return active members with a role, or of a department (its manager alone where it has one), in a lasting order."""
    if role is not None:
        rows = await uow.fetch(
            compose(
                "SELECT m.id FROM member m JOIN member_role r ON r.member_id = m.id WHERE r.role = {role} "
                "AND m.disabled_at IS NULL ORDER BY m.created_at, m.id",
                role=param(role, "text"),
            )
        )
        return [row["id"] for row in rows]
    rows = await uow.fetch(
        compose(
            "SELECT m.id, m.id = d.manager_id AS manages FROM department d JOIN member m ON m.id = d.manager_id OR m.department_id = d.id "
            "WHERE d.name = {name} AND d.archived_at IS NULL AND m.disabled_at IS NULL ORDER BY m.created_at, m.id",
            name=param(department, "text"),
        )
    )
    managers = [row["id"] for row in rows if row["manages"]]
    return managers[:1] or [row["id"] for row in rows]


async def find_member(uow: UnitOfWork, login: str) -> UUID | None:
    """Return an active member by login."""
    found: UUID | None = await uow.fetch_value(
        compose(
            "SELECT id FROM member WHERE login = {login} AND disabled_at IS NULL", login=param(login.lower(), "text")
        )
    )
    return found


async def take_turn(uow: UnitOfWork, form: str, members: Sequence[UUID]) -> UUID:
    """Return whose turn it is and note it; the row is locked so that two at once do not meet the same member."""
    last: UUID | None = await uow.fetch_value(
        compose("SELECT member_id FROM public_turn WHERE form = {form} FOR UPDATE", form=param(form, "text"))
    )
    chosen = members[(members.index(last) + 1) % len(members)] if last in members else members[0]
    await uow.write(
        compose(
            "INSERT INTO public_turn (form, member_id) VALUES ({form}, {member}) "
            "ON CONFLICT (form) DO UPDATE SET member_id = excluded.member_id",
            form=param(form, "text"),
            member=param(chosen, "uuid"),
        )
    )
    return chosen
