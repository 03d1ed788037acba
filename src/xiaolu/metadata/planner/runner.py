"""Carries a plan out: all that is quick in the open transaction, and the rest as jobs that it hands back.

New tables come first, while nobody else is concerned. Then every lock on existing tables is taken at once and what
remains is quick: a change of the catalogue, or of a small table's rows. The caller commits soon after.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.model.running import Running
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner import ddl, rows, store
from xiaolu.metadata.planner.computing import compute, source_tables, sql_environment
from xiaolu.metadata.planner.filling import fill_fields
from xiaolu.metadata.planner.layout import SYSTEM_TARGETS
from xiaolu.metadata.planner.locking import Patience, with_locks
from xiaolu.metadata.planner.locks import NO_CHANGES, NO_WRITERS, locks_of
from xiaolu.metadata.planner.model import (
    AddColumn,
    AddReference,
    Aside,
    BringColumnBack,
    BringTableBack,
    CastColumn,
    Column,
    CreateIndex,
    CreateTable,
    FillField,
    FillNumbers,
    FillText,
    JobDraft,
    MoveStages,
    Operation,
    Plan,
    SetColumnAside,
    SetTableAside,
)
from xiaolu.metadata.planner.numbers import fill_numbers
from xiaolu.metadata.planner.shadows import on_shadow, shadow_name, swap_statements
from xiaolu.metadata.planner.texts import fill_texts

SMALL_ROWS = 10_000
"""Rows up to which a table is changed inside the publishing transaction."""


@dataclass(frozen=True, slots=True)
class Run:
    """The circumstances under which a plan is carried out."""

    wanted: Definitions
    version: int
    """Version of the definitions that the plan leads to."""
    now: datetime
    time_zone: str
    author: UUID | None = None
    small_rows: int = SMALL_ROWS
    patience: Patience = field(default_factory=Patience)
    running: Running = field(default_factory=Running)
    """Process versions that records run on after the plan; ``run_plan`` takes them from it."""
    prepared: frozenset[str] = frozenset()
    """Indexes by name, and cast columns as ``table.column``, that jobs have prepared."""


def preparations(plan: Plan, small_rows: int = SMALL_ROWS) -> list[JobDraft]:
    """Return the jobs that must be done before the plan can be carried out: casts and unique indexes of large tables."""
    casts = {(each.table, each.new.name) for each in plan.operations if isinstance(each, CastColumn)}
    found = [
        JobDraft("cast", each.table, each, _entity(each.table), each.new.field)
        for each in plan.operations
        if isinstance(each, CastColumn) and _is_large(plan, each.table, small_rows)
    ]
    for operation in plan.operations:
        if not isinstance(operation, CreateIndex) or not _is_large(plan, operation.index.table, small_rows):
            continue
        index = operation.index
        if index.is_unique:
            is_cast = any((index.table, column) in casts for column in index.columns)
            draft = CreateIndex(on_shadow(index, casts) if is_cast else index)
            found.append(JobDraft("index", index.table, draft, _entity(index.table), index.columns[0]))
    return found


async def run_plan(uow: UnitOfWork, plan: Plan, run: Run) -> list[JobDraft]:
    """Carry the plan out in the open transaction and return the jobs that must follow.

    Raises:
        Unavailable: the tables could not be locked through many short attempts; nothing was changed.
    """
    await uow.begin()
    run = replace(run, running=plan.remaining)
    operations = plan.operations
    new = {each.table.name for each in operations if isinstance(each, (CreateTable, BringTableBack))}
    new -= {each.table.name for each in operations if isinstance(each, SetTableAside)}
    early = [each for each in operations if _is_early(each, new)]
    late = [each for each in operations if not _is_early(each, new)]
    for operation in early:
        await _structure(uow, operation, run)
    existing = {*plan.sizes, *SYSTEM_TARGETS} - new
    inline = [each for each in late if not _is_deferred(plan, each, run)]
    locks = locks_of([*operations, *inline], existing)
    _lock_sources(locks, inline, run, existing)
    await with_locks(uow, locks, lambda: _late(uow, plan, inline, run), run.patience)
    deferred = [each for each in late if _is_deferred(plan, each, run)]
    return [_draft(each, run) for each in deferred]


def _is_early(operation: Operation, new: set[str]) -> bool:
    return isinstance(operation, (CreateTable, BringTableBack)) and operation.table.name in new


def _is_deferred(plan: Plan, operation: Operation, run: Run) -> bool:
    match operation:
        case CreateIndex(index):
            return _is_large(plan, index.table, run.small_rows) and not index.is_unique
        case FillField(table) | FillNumbers(table) | FillText(table) | MoveStages(table) | AddReference(table):
            return _is_large(plan, table, run.small_rows)
        case _:
            return False


async def _late(uow: UnitOfWork, plan: Plan, operations: Sequence[Operation], run: Run) -> None:
    for operation in operations:
        await _structure(uow, operation, run)
    for operation in plan.operations:
        if isinstance(operation, CreateTable):
            for statement in ddl.table_references(operation.table):
                await uow.write(statement)
        elif isinstance(operation, AddReference) and operation not in operations:
            await uow.write(ddl.add_reference(operation.table, operation.column, is_valid=False))
    for operation in operations:
        await _data(uow, operation, run)


async def _structure(uow: UnitOfWork, operation: Operation, run: Run) -> None:
    if isinstance(operation, CastColumn):
        await _cast(uow, operation, run)
    elif isinstance(operation, CreateIndex) and operation.index.name in run.prepared:
        return
    elif isinstance(operation, CreateIndex) and shadow_name(operation.index.name) in run.prepared:
        await uow.write(ddl.rename_index(shadow_name(operation.index.name), operation.index.name))
    else:
        for statement in ddl.statements(operation):
            await uow.write(statement)
    await _remember(uow, operation, run)


async def _cast(uow: UnitOfWork, operation: CastColumn, run: Run) -> None:
    if f"{operation.table}.{operation.new.name}" in run.prepared:
        for statement in swap_statements(operation):
            await uow.write(statement)
        return
    for statement in ddl.set_column_aside(operation.table, operation.old, operation.aside):
        await uow.write(statement)
    for statement in ddl.statements(AddColumn(operation.table, operation.new)):
        await uow.write(statement)
    await uow.write(rows.fill_cast(operation, source=operation.aside, target=operation.new.name))


async def _data(uow: UnitOfWork, operation: Operation, run: Run) -> None:
    match operation:
        case AddReference(table, column):
            await uow.write(rows.clear_dangling(table, column))
            await uow.write(ddl.add_reference(table, column, is_valid=True))
        case FillField():
            environment = sql_environment(run.now, run.time_zone)
            await fill_fields(uow, run.wanted, operation, environment, running=run.running)
        case MoveStages():
            await uow.write(rows.move_stages(replace(operation, author=run.author), now=run.now))
        case FillNumbers():
            await fill_numbers(uow, run.wanted, operation, run.time_zone)
        case FillText(_, entity):
            await fill_texts(uow, run.wanted, entity)
        case _:
            return


async def _remember(uow: UnitOfWork, operation: Operation, run: Run) -> None:
    match operation:
        case SetTableAside(table, aside):
            await store.rename_aside_table(uow, table.name, aside)
            kept = Aside(aside, table.name, None, None, "", run.version, shape=table)
            await store.add_aside(uow, kept, run.now)
        case SetColumnAside(table, column, aside):
            await store.add_aside(uow, _column_aside(table, column, aside, run), run.now)
        case CastColumn(table=table, old=old, new=new, using=using, aside=aside):
            kept = replace(_column_aside(table, old, aside, run), using=using, became=new.type)
            await store.add_aside(uow, kept, run.now)
        case BringTableBack(table, aside):
            await store.forget_aside(uow, table.name, aside)
            await store.rename_aside_table(uow, aside, table.name)
        case BringColumnBack(table, _, aside):
            await store.forget_aside(uow, table, aside)
        case _:
            return


def _column_aside(table: str, column: Column, aside: str, run: Run) -> Aside:
    return Aside(aside, table, column.name, column.type, column.kind, run.version, references=column.references)


def _lock_sources(locks: dict[str, str], operations: Iterable[Operation], run: Run, existing: set[str]) -> None:
    """Keep writers away from what a formula reads while it is filled in: they may still work with the former one."""
    for operation in operations:
        if isinstance(operation, FillField):
            locks.setdefault(operation.table, NO_WRITERS)
            sources = source_tables(compute(run.wanted, run.running), (operation.entity, operation.field))
            for table in sources & existing:
                locks.setdefault(table, NO_CHANGES)


def _draft(operation: Operation, run: Run) -> JobDraft:
    match operation:
        case CreateIndex(index):
            return JobDraft("index", index.table, operation, _entity(index.table))
        case FillField(table, entity, key):
            return JobDraft("fill", table, operation, entity, key)
        case FillNumbers(table, entity, key):
            return JobDraft("numbers", table, operation, entity, key)
        case FillText(table, entity):
            return JobDraft("text", table, operation, entity)
        case MoveStages(table, entity):
            return JobDraft("stages", table, replace(operation, author=run.author), entity)
        case AddReference(table, column):
            return JobDraft("reference", table, operation, _entity(table), column.field)
        case _:
            raise TypeError(f"{type(operation).__name__} cannot be done later")


def _is_large(plan: Plan, table: str, small_rows: int) -> bool:
    return plan.sizes.get(table, 0) > small_rows


def _entity(table: str) -> str:
    return table.removeprefix("r_").removeprefix("l_").partition("$")[0]
