"""What happens to unfinished jobs when definitions change again: those that no longer make sense are cancelled."""

from datetime import datetime

from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.planner.locks import locks_of
from xiaolu.metadata.planner.model import (
    CastColumn,
    CreateIndex,
    DropColumn,
    DropIndex,
    FillField,
    Operation,
    Plan,
    SetColumnAside,
    SetTableAside,
)
from xiaolu.metadata.publishing.model import Job
from xiaolu.metadata.publishing.store import jobs


async def supersede_jobs(uow: UnitOfWork, plan: Plan, now: datetime) -> None:
    """Cancel unfinished jobs that a plan makes pointless, and interrupt those that stand in its way.

    An index that is being built holds its table for as long as that takes; it is interrupted and built again later.
    """
    operations = plan.operations
    locked = locks_of(operations, plan.sizes)
    for job in await jobs.open_jobs(uow):
        if _is_pointless(job, operations):
            await jobs.interrupt(uow, job.id)
            await jobs.end_job(uow, job.id, "cancelled", now)
        elif job.table in locked and isinstance(job.operation, CreateIndex):
            await jobs.interrupt(uow, job.id)


def _is_pointless(job: Job, operations: tuple[Operation, ...]) -> bool:
    return any(_overrules(each, job) for each in operations)


def _overrules(operation: Operation, job: Job) -> bool:
    match operation:
        case SetTableAside(table):
            return table.name == job.table
        case SetColumnAside(table, column) | DropColumn(table, column):
            return (table, column.name) == (job.table, job.field)
        case CastColumn(table=table, new=column):
            return job.kind == "fill" and (table, column.name) == (job.table, job.field)
        case DropIndex(index):
            return isinstance(job.operation, CreateIndex) and job.operation.index.name == index.name
        case FillField(table, _, field):
            return job.kind == "fill" and (table, field) == (job.table, job.field)
        case _:
            return False
