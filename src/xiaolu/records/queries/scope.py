"""The beginning of every query: permission, the filter and search compiled, or everything that is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import require
from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.sql import FALSE, Sql
from xiaolu.metadata.fields.protocol import Names
from xiaolu.metadata.model.view import Condition
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.records.blueprint import blueprint_of
from xiaolu.records.queries.model import Selection
from xiaolu.records.queries.operands import Reading
from xiaolu.records.queries.store.columns import Source
from xiaolu.records.queries.store.filters import compile_filter
from xiaolu.records.queries.store.rows import Target, target_of
from xiaolu.records.queries.store.search import search_condition
from xiaolu.records.titles import Titles


@dataclass(frozen=True, slots=True)
class Scope:
    """What one query reads: the source for further paths, the compiled target, and names for readers of values."""

    source: Source
    target: Target
    names: Names

    @property
    def model(self) -> EntityModel:
        """Return the entity."""
        return self.source.model

    def ordered(self) -> Target:
        """Return the target with the joins of everything that was resolved since, such as an order."""
        return Target(self.source.relation(), self.target.where)


MOST_MARKS = 20


def compile_marks(scope: Scope, marks: Sequence[Condition]) -> list[Sql] | list[Problem]:
    """Compile conditions that each row is tested for, or tell everything that is wrong with them."""
    if len(marks) > MOST_MARKS:
        return [problem("query.too_many_marks", "marks", most=MOST_MARKS)]
    ctx = scope.source.ctx
    reading = Reading(ctx.actor, ctx.now, ZoneInfo(ctx.time_zone), scope.names)
    found = [compile_filter(scope.source, each, reading) for each in marks]
    problems = [
        each.under("marks", at) for at, compiled in enumerate(found) if isinstance(compiled, list) for each in compiled
    ]
    return problems or [each for each in found if not isinstance(each, list)]


def open_scope(ctx: Context, entity: str, selection: Selection, *, operation: Operation = Operation.READ) -> Scope:
    """Check the permission and compile the selection.

    Raises:
        Denied, NotFound: the person may not do this, or not know of the entity.
        Invalid: the filter has problems; each has the path below ``filter``.
    """
    decision = require(ctx, entity, operation)
    source = Source(ctx, blueprint_of(ctx.snapshot, entity).model, decision)
    names = Titles(ctx.snapshot, ZoneInfo(ctx.time_zone))
    reading = Reading(ctx.actor, ctx.now, names.zone, names)
    condition = compile_filter(source, selection.filter, reading)
    if isinstance(condition, list):
        raise Invalid("query.invalid", condition)
    conditions: list[Sql] = [condition]
    if selection.search and selection.search.strip():
        conditions.append(search_condition(source, selection.search) or FALSE)
    return Scope(source, target_of(source, conditions, is_deleted=selection.is_deleted), names)
