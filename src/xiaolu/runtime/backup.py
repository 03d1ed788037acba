"""Back-up and restore of a whole workspace: one file with the database and every uploaded file.

The database part is made by ``pg_dump`` from one snapshot, then files are added: they are named by their content and
only ever added, so the archive is consistent without stopping anything.
"""

import asyncio
import io
import os
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import asyncpg
import msgspec

from xiaolu import __version__
from xiaolu.kit.archives import take_out
from xiaolu.kit.errors import Conflict, Invalid, Unavailable
from xiaolu.kit.problems import problem
from xiaolu.kit.sql import ident

MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files"


class Manifest(msgspec.Struct, frozen=True):
    """What a back-up holds."""

    format: int
    version: str
    schema: str
    made_at: datetime


async def write_backup(url: str, schema: str, files: Path, target: Path, *, programs: Path, now: datetime) -> Manifest:
    """Write the workspace to ``target`` (a tar archive), never leaving half a file under that name.

    Raises:
        Unavailable: ``pg_dump`` failed; ``params['reason']`` has its words.
    """
    manifest = Manifest(format=1, version=__version__, schema=schema, made_at=now)
    partial = target.with_name(target.name + ".partial")
    with tempfile.TemporaryDirectory(prefix="xiaolu-backup-", dir=target.parent) as folder:
        dump = Path(folder) / DUMP
        await _run(
            programs / "pg_dump",
            url,
            "--format=custom",
            "--no-owner",
            f"--schema={schema}",
            "--exclude-table-data=*.touched",  # numbers of transactions, which belong to this server
            f"--file={dump}",
        )
        await asyncio.to_thread(_pack, partial, manifest, dump, files)
    partial.chmod(0o600)
    partial.rename(target)
    return manifest


def _pack(target: Path, manifest: Manifest, dump: Path, files: Path) -> None:
    with tarfile.open(target, "w") as archive:
        content = msgspec.json.encode(manifest)
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
        archive.add(dump, DUMP)
        if files.is_dir():
            archive.add(files, FILES)


async def read_backup(url: str, schema: str, files: Path, source: Path, *, programs: Path) -> Manifest:
    """Bring a back-up into an empty workspace.

    Raises:
        Invalid: the file is no back-up of Xiaolu, or made by a newer format.
        Conflict: the workspace is not empty.
        Unavailable: ``pg_restore`` failed.
    """
    with tempfile.TemporaryDirectory(prefix="xiaolu-restore-") as folder:
        manifest = await asyncio.to_thread(_unpack, source, Path(folder))
        connection = await asyncpg.connect(url)
        try:
            await _require_empty(connection, schema)
            await _run(
                programs / "pg_restore",
                url,
                "--exit-on-error",
                "--no-owner",
                "--single-transaction",
                str(Path(folder) / DUMP),
            )
            if manifest.schema != schema:
                old, new = ident(manifest.schema).render()[0], ident(schema).render()[0]
                await connection.execute(f"ALTER SCHEMA {old} RENAME TO {new}")
            await _lead_traces_here(connection, schema)
            await _renumber_events(connection, schema)
        finally:
            await connection.close()
        await asyncio.to_thread(_place_files, Path(folder) / FILES, files)
    return manifest


def _unpack(source: Path, folder: Path) -> Manifest:
    try:
        with tarfile.open(source, "r:") as archive:
            take_out(archive, folder)
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (tarfile.TarError, OSError, msgspec.MsgspecError) as error:
        raise Invalid(
            "backup.unreadable", [problem("backup.unreadable", "file", reason=str(error))], reason=str(error)
        ) from error
    if manifest.format != 1:
        raise Invalid("backup.newer", format=manifest.format)
    return manifest


def _place_files(source: Path, target: Path) -> None:
    if not source.is_dir():
        return
    for file in source.rglob("*"):
        place = target / file.relative_to(source)
        if file.is_dir():
            place.mkdir(parents=True, exist_ok=True)
        elif not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            file.rename(place) if file.stat().st_dev == place.parent.stat().st_dev else place.write_bytes(
                file.read_bytes()
            )


async def _require_empty(connection: "asyncpg.Connection[Any]", schema: str) -> None:
    quoted = ident(schema).render()[0]
    if await connection.fetchval("SELECT to_regnamespace($1)", quoted) is None:
        return
    if await connection.fetchval(
        "SELECT to_regclass($1)", f"{quoted}.member"
    ) is not None and await connection.fetchval(
        f"SELECT EXISTS (SELECT FROM {quoted}.member) OR (SELECT definitions FROM {quoted}.state) > 0"
    ):
        raise Conflict("backup.not_empty", schema=schema)
    await connection.execute(f"DROP SCHEMA {quoted} CASCADE")


async def _lead_traces_here(connection: "asyncpg.Connection[Any]", schema: str) -> None:
    """Let the restored trigger function write to this schema, whatever it was called before."""
    quoted = ident(schema).render()[0]
    if await connection.fetchval("SELECT to_regprocedure($1)", f"{quoted}.note_touch()") is not None:
        await connection.execute(f"ALTER FUNCTION {quoted}.note_touch() SET search_path = {quoted}")


async def _renumber_events(connection: "asyncpg.Connection[Any]", schema: str) -> None:
    """Give restored events and cursors numbers of this server.

    Transaction numbers belong to a server. All restored events become transaction 0, numbered in their old order, and
    each consumer's cursor moves to the number of the last event that it had read.
    """
    async with connection.transaction():
        await connection.execute(f"SET LOCAL search_path = {ident(schema).render()[0]}")
        await connection.execute(
            "CREATE TEMP TABLE renumbered ON COMMIT DROP AS "
            "SELECT at, id, xid, row_number() OVER (ORDER BY xid, id) AS rank FROM event"
        )
        await connection.execute(
            "UPDATE event_cursor c SET xid = '0', id = coalesce((SELECT max(rank) FROM renumbered r WHERE (r.xid, r.id) <= (c.xid, c.id)), 0)"
        )
        top = await connection.fetchval("SELECT coalesce(max(rank), 0) FROM renumbered")
        await connection.execute(
            "UPDATE event e SET xid = '0', id = r.rank + $1 FROM renumbered r WHERE r.at = e.at AND r.id = e.id",
            await connection.fetchval("SELECT coalesce(max(id), 0) FROM event"),
        )
        await connection.execute("UPDATE event SET id = id - (SELECT max(id) FROM event) + $1", top)
        await connection.execute("SELECT setval(pg_get_serial_sequence('event', 'id'), $1)", top + 1)


async def _run(program: Path, url: str, *arguments: str) -> None:
    parts = urlsplit(url)
    password = unquote(parts.password or "")
    host = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    address = urlunsplit(parts._replace(netloc=user + host))
    environment = {**os.environ, "PGPASSWORD": password} if password else dict(os.environ)
    process = await asyncio.create_subprocess_exec(
        str(program),
        f"--dbname={address}",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
    )
    _, errors = await process.communicate()
    if process.returncode != 0:
        raise Unavailable("backup.failed", reason=errors.decode("utf-8", "replace").strip()[-500:])
