"""SQL of imports: jobs, refused rows, and look-ups by name and key."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.problems import Problem
from xiaolu.kit.sql import Sql, compose, param, raw
from xiaolu.records.imports.model import (
    Counts,
    FileShape,
    ImportColumn,
    ImportJob,
    Mapping,
    RefusedRow,
    State,
    Suggestion,
    UndoReport,
)

_COLUMNS = (
    "id, entity, file_id, file_name, shape, columns, mapping, state, total, position, good, bad, created, updated, unchanged, child_rows, "
    "suggestions, undo, failure, definitions, correlation, created_by, created_at, started_at, finished_at, archive_id"
)
_JSON = {
    "shape": FileShape,
    "columns": list[ImportColumn],
    "mapping": Mapping,
    "suggestions": list[Suggestion],
    "undo": UndoReport,
}
_COUNTS = Counts.__struct_fields__


def job_of(row: Row) -> ImportJob:
    """Return a result row as an import."""
    values: dict[str, Any] = {name: row[name] for name in ImportJob.__struct_fields__ if name not in ("counts", *_JSON)}
    for name, kind in _JSON.items():
        values[name] = None if row[name] is None else msgspec.json.decode(row[name], type=kind)
    values["state"] = State(values["state"])
    return ImportJob(counts=Counts(**{name: row[name] for name in _COUNTS}), **values)


def _json(value: Any) -> Sql:
    return param(None if value is None else msgspec.json.encode(value).decode(), "jsonb")


async def insert_job(uow: UnitOfWork, job: ImportJob) -> None:
    """Write a new import."""
    await uow.write(
        compose(
            "INSERT INTO import_job (id, entity, file_id, file_name, shape, columns, state, total, correlation, created_by, created_at, archive_id) "
            "VALUES ({id}, {entity}, {file}, {name}, {shape}, {columns}, {state}, {total}, {correlation}, {by}, {at}, {archive})",
            id=param(job.id, "uuid"),
            entity=param(job.entity, "text"),
            file=param(job.file_id, "uuid"),
            name=param(job.file_name, "text"),
            shape=_json(job.shape),
            columns=_json(job.columns),
            state=param(job.state.value, "text"),
            total=param(job.total, "bigint"),
            correlation=param(job.correlation, "uuid"),
            by=param(job.created_by, "uuid"),
            at=param(job.created_at, "timestamptz"),
            archive=param(job.archive_id, "uuid"),
        )
    )


async def update_job(uow: UnitOfWork, job: ImportJob) -> None:
    """Write an import's changed state and progress."""
    await uow.write(
        compose(
            "UPDATE import_job SET mapping = {mapping}, state = {state}, position = {position}, good = {good}, bad = {bad}, "
            "created = {created}, updated = {updated}, unchanged = {unchanged}, child_rows = {child_rows}, total = {total}, suggestions = {suggestions}, undo = {undo}, "
            "failure = {failure}, definitions = {definitions}, started_at = {started}, finished_at = {finished} WHERE id = {id}",
            id=param(job.id, "uuid"),
            mapping=_json(job.mapping),
            total=param(job.total, "bigint"),
            state=param(job.state.value, "text"),
            suggestions=_json(job.suggestions),
            undo=_json(job.undo),
            failure=param(job.failure, "text"),
            definitions=param(job.definitions, "bigint"),
            started=param(job.started_at, "timestamptz"),
            finished=param(job.finished_at, "timestamptz"),
            **{name: param(getattr(job.counts, name), "bigint") for name in _COUNTS},
        )
    )


async def find_job(uow: UnitOfWork, identifier: UUID, *, lock: bool = False) -> ImportJob | None:
    """Return an import; with ``lock`` nobody else changes it until the end of the transaction."""
    if lock:
        await uow.begin()
    row = await uow.fetch_one(
        compose(
            "SELECT " + _COLUMNS + " FROM import_job WHERE id = {id}{lock}",
            id=param(identifier, "uuid"),
            lock=raw(" FOR UPDATE" if lock else ""),
        )
    )
    return None if row is None else job_of(row)


async def claim_due(uow: UnitOfWork) -> ImportJob | None:
    """Lock the oldest import that waits for the worker; None where there is none or others work on them."""
    await uow.begin()
    row = await uow.fetch_one(
        raw(
            "SELECT " + _COLUMNS + " FROM import_job WHERE state IN ('checking', 'running', 'undoing') "
            "ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED"
        )
    )
    return None if row is None else job_of(row)


async def list_jobs(uow: UnitOfWork, author: UUID | None, limit: int) -> list[ImportJob]:
    """Return the newest imports, of one author or (None) of all."""
    of_author = raw("") if author is None else compose("WHERE created_by = {author} ", author=param(author, "uuid"))
    statement = compose(
        "SELECT " + _COLUMNS + " FROM import_job {of_author}ORDER BY created_at DESC, id DESC LIMIT {limit}",
        of_author=of_author,
        limit=param(limit, "bigint"),
    )
    return [job_of(row) for row in await uow.fetch(statement)]


async def insert_refusals(uow: UnitOfWork, job: UUID, refused: Sequence[RefusedRow]) -> None:
    """Note rows that were refused."""
    encode = msgspec.json.Encoder().encode
    await uow.write(
        compose(
            "INSERT INTO import_refusal (import_id, number, line, sheet, problems) "
            "SELECT {job}, * FROM unnest({numbers}, {lines}, {sheets}, {problems}) ON CONFLICT (import_id, number) DO NOTHING",
            job=param(job, "uuid"),
            numbers=param([each.number for each in refused], "bigint[]"),
            lines=param([each.line for each in refused], "bigint[]"),
            sheets=param([each.sheet for each in refused], "text[]"),
            problems=param([encode(each.problems).decode() for each in refused], "jsonb[]"),
        )
    )


async def clear_refusals(uow: UnitOfWork, job: UUID) -> None:
    """Forget the refused rows of an earlier phase."""
    await uow.write(compose("DELETE FROM import_refusal WHERE import_id = {job}", job=param(job, "uuid")))


async def list_refusals(uow: UnitOfWork, job: UUID, *, after: int, limit: int) -> list[RefusedRow]:
    """Return refused rows in the file's order, behind number ``after``."""
    statement = compose(
        "SELECT number, line, sheet, problems FROM import_refusal WHERE import_id = {job} AND number > {after} "
        "ORDER BY number LIMIT {limit}",
        job=param(job, "uuid"),
        after=param(after, "bigint"),
        limit=param(limit, "bigint"),
    )
    return [
        RefusedRow(
            number=row["number"],
            line=row["line"],
            problems=msgspec.json.decode(row["problems"], type=list[Problem]),
            sheet=row["sheet"],
        )
        for row in await uow.fetch(statement)
    ]
