"""What an export writes: the list itself, and on further sheets the rows of its sub-tables with the mark of their record."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from xiaolu.access.model import Operation
from xiaolu.access.policy import decide
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.sql import Sql, raw
from xiaolu.records.exports.model import ExportQuery
from xiaolu.records.queries.scope import Scope
from xiaolu.records.queries.store.columns import Column, Source
from xiaolu.records.queries.store.rows import select_children, target_of

MOST_COLUMNS = 300
RECORD_NUMBER = Label("记录号", "Record no.")
"""Heads a column that counts the records, where nothing in them tells one from another."""
_SYSTEM_COLUMNS = ("stage", "owner", "department", "created_at", "created_by", "updated_at")


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-table with a sheet of its own."""

    column: Column
    """Of the list: whose rows they are."""
    source: Source
    columns: Sequence[Column]

    def select(self, parents: Sequence[UUID]) -> Sql:
        """Return the statement for the rows of some records."""
        target = target_of(self.source, [], is_deleted=False)
        return select_children(target, [each.cell() for each in self.columns], parents)


@dataclass(frozen=True, slots=True)
class Tables:
    """The list's columns, and its sub-tables."""

    columns: Sequence[Column]
    parts: Sequence[Part]
    mark: int | None
    """The column that tells one record from another; None where the records are counted."""

    @property
    def is_counted(self) -> bool:
        """Tell whether a column that counts the records stands in front."""
        return bool(self.parts) and self.mark is None


def tables_of(scope: Scope, query: ExportQuery) -> Tables:
    """Return what is written for a query.

    Raises:
        Invalid: a field that makes no sense, or too many.
    """
    wanted = _columns(scope, query)
    if query.format == "csv":
        return Tables(wanted, (), None)
    parts = [part for each in wanted if (part := _part(scope, each)) is not None]
    apart = {each.column.path for each in parts}
    columns = [each for each in wanted if each.path not in apart]
    return Tables(columns, parts, _mark(columns))


def heading(scope: Source, path: str, language: Language) -> str:
    """Return the labels along a path: ``客户 · 区域``."""
    segments = path.split(".")
    steps = [scope.column(".".join(segments[: at + 1])) for at in range(len(segments))]
    return " · ".join(each.field.definition.label.text(language) for each in steps if isinstance(each, Column))


def _columns(scope: Scope, query: ExportQuery) -> list[Column]:
    """Return the wanted columns; without any, all that the person sees, the entity's own first."""
    fields = query.fields
    if fields is None:
        keys = [*scope.model.fields, *(each for each in _SYSTEM_COLUMNS if each != "stage" or scope.model.process)]
        return _seen(scope.source, keys)
    if not fields or len(fields) > MOST_COLUMNS:
        raise Invalid("query.invalid", [problem("export.columns_count", "fields", most=MOST_COLUMNS)])
    wanted = [scope.source.column(each) for each in fields]
    problems = [each.under("fields", at) for at, each in enumerate(wanted) if isinstance(each, Problem)]
    if problems and not query.is_lenient:
        raise Invalid("query.invalid", problems)
    return [each for each in wanted if isinstance(each, Column)]


def _seen(source: Source, keys: Sequence[str]) -> list[Column]:
    found = [source.column(each) for each in keys]
    return [each for each in found if isinstance(each, Column)]


def _part(scope: Scope, column: Column) -> Part | None:
    """Return the sheet of a sub-table of the list's own records, where the person may carry its rows away."""
    child = scope.source.ctx.snapshot.entities.get(column.target or "")
    if column.children is None or child is None or "." in column.path:
        return None
    ctx = scope.source.ctx
    decision = decide(ctx.actor, ctx.snapshot, child.key, Operation.EXPORT, now=ctx.now, time_zone=ctx.time_zone)
    if not decision.allowed:
        return None
    source = Source(ctx, child, decision)
    columns = _seen(source, list(child.fields))
    return Part(column, source, columns) if columns else None


def _mark(columns: Sequence[Column]) -> int | None:
    own = [(at, each.field) for at, each in enumerate(columns) if "." not in each.path]
    unique = [at for at, field in own if field.definition.unique and field.definition.required]
    numbers = [at for at, field in own if field.type.key == "auto_number"]
    return next(iter((*unique, *numbers)), None)


def owners_of(parts: Sequence[Part]) -> list[Sql]:
    """Return what is selected beside the cells: for each sub-table the record, where the person sees its rows."""
    return [each.column.value for each in parts] or [raw("NULL")]
