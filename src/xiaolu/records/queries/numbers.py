"""The numbers of the definitions: figures on a home page that lead down to their rows."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import may
from xiaolu.kit.errors import Invalid
from xiaolu.metadata.model.view import Condition
from xiaolu.metadata.model.workspace import Number
from xiaolu.records.queries.aggregating import aggregate_records
from xiaolu.records.queries.model import AggregateQuery, Selection


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A number with its figure now; ``value`` of a share is a fraction with four decimals, None where there is nothing to share."""

    number: Number
    value: Any
    filter: Condition | None
    """The filter of the rows behind the figure."""


async def read_numbers(ctx: Context) -> list[NumberValue]:
    """Return the numbers of the person's roles; those that rest on something the person may not see are left out."""
    found: list[NumberValue] = []
    for number in ctx.snapshot.definitions.numbers:
        if not _is_for(ctx, number) or not may(ctx.actor, ctx.snapshot, number.entity, Operation.READ):
            continue
        try:
            found.append(await _read(ctx, number))
        except Invalid:
            continue
    return found


def _is_for(ctx: Context, number: Number) -> bool:
    return (
        not number.roles or ctx.actor.is_admin or ctx.actor.is_system or bool(set(number.roles) & set(ctx.actor.roles))
    )


async def _read(ctx: Context, number: Number) -> NumberValue:
    if number.of is None:
        return NumberValue(number, await _figure(ctx, number, number.filter), number.filter)
    both = Condition(all_=tuple(each for each in (number.of, number.filter) if each is not None))
    part = await _figure(ctx, number, both)
    whole = await _figure(ctx, number, number.of)
    return NumberValue(number, _share(part, whole), both)


async def _figure(ctx: Context, number: Number, condition: Condition | None) -> Any:
    query = AggregateQuery(selection=Selection(filter=condition), measures=(number.measure,))
    return (await aggregate_records(ctx, number.entity, query)).groups[0].values[0]


def _share(part: Any, whole: Any) -> str | None:
    if not whole or Decimal(whole) == 0:
        return None
    share = Decimal(part or 0) / Decimal(whole)
    return format(share.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP), "f")
