"""Versions of the definitions, and the packages that apps were shipped as."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import compose, param, raw
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.model import Current, Publication, VersionInfo
from xiaolu.metadata.publishing.store.running import read_running

_INFO = "version, note, author_id, author_name, at, restored_from, summary::text AS summary, signatures::text AS signatures, apps::text AS apps"


async def read_current(uow: UnitOfWork) -> Current:
    """Return the definitions that hold; empty ones at version 0 where nothing was ever published."""
    row = await uow.fetch_one(
        raw(
            "SELECT s.definitions AS version, s.time_zone, v.definitions::text AS definitions, v.packages::text AS packages"
            " FROM state AS s LEFT JOIN definition_version AS v ON v.version = s.definitions"
        )
    )
    if row is None:
        raise LookupError("the workspace has no state")
    return Current(
        version=row["version"],
        definitions=_decode(row["definitions"]),
        packages=msgspec.json.decode(row["packages"] or "{}", type=dict[str, str]),
        time_zone=row["time_zone"],
        running=await read_running(uow),
    )


async def read_current_version(uow: UnitOfWork) -> int:
    """Return the version that holds."""
    version: int = await uow.fetch_value(raw("SELECT definitions FROM state"))
    return version


async def read_version(uow: UnitOfWork, version: int) -> tuple[VersionInfo, Definitions, Mapping[str, str]] | None:
    """Return a version, its definitions and the packages that it had."""
    row = await uow.fetch_one(
        compose(
            "SELECT {info}, definitions::text AS definitions, packages::text AS packages"
            " FROM definition_version WHERE version = {version}",
            info=raw(_INFO),
            version=param(version, "bigint"),
        )
    )
    if row is None:
        return None
    return _info(row), _decode(row["definitions"]), msgspec.json.decode(row["packages"], type=dict[str, str])


async def list_versions(uow: UnitOfWork, *, before: int | None, limit: int) -> list[VersionInfo]:
    """Return versions, the newest first."""
    found = await uow.fetch(
        compose(
            "SELECT {info} FROM definition_version WHERE {before} IS NULL OR version < {before}"
            " ORDER BY version DESC LIMIT {limit}",
            info=raw(_INFO),
            before=param(before, "bigint"),
            limit=param(limit, "bigint"),
        )
    )
    return [_info(row) for row in found]


async def add_version(
    uow: UnitOfWork,
    publication: Publication,
    version: int,
    *,
    packages: Mapping[str, str],
    summary: Sequence[Mapping[str, Any]],
    now: datetime,
) -> None:
    """Store a version and make it the one that holds."""
    uow.changes_state = True
    await uow.write(
        compose(
            """
            WITH changed AS (UPDATE state SET definitions = {version})
            INSERT INTO definition_version
                (version, definitions, packages, note, author_id, author_name, at, restored_from, summary,
                 signatures, apps)
            VALUES ({version}, {definitions}, {packages}, {note}, {author}, {name}, {now}, {restored}, {summary}, {signatures}, {apps})
            """,
            version=param(version, "bigint"),
            definitions=param(encode(publication.definitions), "json"),
            packages=param(msgspec.json.encode(packages).decode(), "jsonb"),
            note=param(publication.note),
            author=param(publication.author.id, "uuid"),
            name=param(publication.author.name),
            now=param(now),
            restored=param(publication.restored_from, "bigint"),
            summary=param(msgspec.json.encode(list(summary)).decode(), "json"),
            signatures=param(msgspec.json.encode(publication.signatures).decode(), "json"),
            apps=param(
                msgspec.json.encode({each.key: each.version for each in publication.definitions.apps}).decode(), "json"
            ),
        )
    )


async def add_package(uow: UnitOfWork, digest: str, package: Definitions, now: datetime) -> None:
    """Keep a package as it was shipped; the same one is kept once."""
    await uow.write(
        compose(
            "INSERT INTO definition_package (hash, app, version, content, stored_at)"
            " VALUES ({digest}, {app}, {version}, {content}, {now}) ON CONFLICT (hash) DO NOTHING",
            digest=param(digest),
            app=param(package.apps[0].key),
            version=param(package.apps[0].version),
            content=param(encode(package), "json"),
            now=param(now),
        )
    )


async def read_package(uow: UnitOfWork, digest: str) -> Definitions | None:
    """Return a package as it was shipped."""
    text = await uow.fetch_value(
        compose("SELECT content::text FROM definition_package WHERE hash = {digest}", digest=param(digest))
    )
    return _decode(text) if text else None


def encode(definitions: Definitions) -> str:
    """Return definitions as JSON, keys in their order."""
    return msgspec.json.encode(definitions).decode()


def as_stored(definitions: Definitions) -> Definitions:
    """Return definitions as they will be read again, so that they compare equal with those that hold."""
    return _decode(encode(definitions))


def _decode(text: str | None) -> Definitions:
    return msgspec.json.decode(text, type=Definitions) if text else Definitions()


def _info(row: Row) -> VersionInfo:
    return VersionInfo(
        version=row["version"],
        note=row["note"],
        author_id=row["author_id"],
        author_name=row["author_name"],
        at=row["at"],
        restored_from=row["restored_from"],
        summary=tuple(msgspec.json.decode(row["summary"], type=list[dict[str, Any]])),
        signatures=tuple(msgspec.json.decode(row["signatures"], type=list[dict[str, Any]])),
        apps=msgspec.json.decode(row["apps"], type=dict[str, str]),
    )
