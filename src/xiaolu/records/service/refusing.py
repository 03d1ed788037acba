"""Why a writing statement wrote nothing, said so that a person can act on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.db import Row
from xiaolu.kit.errors import AppError, Conflict, Invalid
from xiaolu.kit.problems import Problem
from xiaolu.metadata.columns import unique_index_of
from xiaolu.records.blueprint import Blueprint, Part
from xiaolu.records.candidate import Candidate
from xiaolu.records.reading import refusal
from xiaolu.records.store.titles import load_titles


def require_current(row: Row) -> None:
    """Refuse where the definitions were published anew since the snapshot was taken; the edge repeats the request."""
    if not row["current"]:
        raise Conflict("definitions.changed")


async def check_problems(ctx: Context, candidate: Candidate, row: Row, parts: tuple[Part, ...]) -> list[Problem]:
    """Return what the statement's checks found: references that lead nowhere, values that another record has."""
    found: list[Problem] = []
    taken: dict[UUID, Part] = {}
    for part in parts:
        value = candidate.values.get(part.key)
        if value is None:
            continue
        if part.target is not None and part.read is not None and not _is_found(row[f"ref:{part.key}"], value):
            found.append(refusal("reference.unavailable", part))
        if part.model.definition.unique and row[f"same:{part.key}"] is not None:
            taken[row[f"same:{part.key}"]] = part
    if taken:
        titles = await load_titles(ctx, {candidate.blueprint.key: taken.keys()})
        for identifier, part in taken.items():
            found.append(taken_problem(part, identifier, titles.title(candidate.blueprint.key, identifier)))
    return found


def _is_found(probe: Any, value: Any) -> bool:
    if isinstance(value, list):
        return probe is not None and len(msgspec.json.decode(probe, type=dict[str, Any])) == len(set(value))
    return probe is not None


def taken_problem(part: Part, identifier: UUID | None, title: str | None) -> Problem:
    """Return the problem of a value that must be unique: with the record that has it, if the person may see that."""
    if title is None:
        return refusal("value.taken_by_hidden", part)
    return refusal("value.taken", part, title=title, record=str(identifier))


@contextmanager
def refusals(blueprint: Blueprint | None = None) -> Iterator[None]:
    """Let what the database refuses come out as a refusal that a person understands."""
    try:
        yield
    except asyncpg.PostgresError as error:
        refused = refusal_of(error, blueprint)
        if refused is None:
            raise
        raise refused from error


def refusal_of(error: asyncpg.PostgresError, blueprint: Blueprint | None = None) -> AppError | None:
    """Return what a database error means to the person, if it is one that can happen to a good request."""
    if isinstance(error, asyncpg.UniqueViolationError) and blueprint is not None:
        for part in blueprint.unique:
            if error.constraint_name == unique_index_of(blueprint.key, part.key):
                return Invalid("record.invalid", [refusal("value.taken_by_hidden", part)])
    if isinstance(error, asyncpg.ForeignKeyViolationError):
        return Conflict("record.reference_gone")
    if isinstance(error, asyncpg.DeadlockDetectedError | asyncpg.LockNotAvailableError | asyncpg.SerializationError):
        return Conflict("record.busy")
    if isinstance(error, asyncpg.NumericValueOutOfRangeError):
        return Invalid("record.result_too_large")
    return None


def refusal_for(problems: list[Problem]) -> AppError:
    """Return the error for a list of problems: a freeze alone is a state that passes, anything else a wrong input."""
    if len(problems) == 1 and problems[0].code == "record.frozen":
        return Conflict("record.frozen", problems, **problems[0].params)
    return Invalid("record.invalid", problems)
