"""Anchors: every thousandth row of an ordered list, so that a grid reaches any offset without counting up to it.

They are kept in the process for a short while. A grid that is scrolled reads many windows of one list, and between two
of them rows may come and go anyway; anchors are made anew when the number of records changed, or after a minute.
"""

from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from xiaolu.access.context import Context
from xiaolu.kit.sql import compose, param
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.records.queries.store.rows import Target, sort_columns, sort_values
from xiaolu.records.queries.store.sorting import Order

STEP = 1_000
"""Rows between two anchors; a window skips fewer than this."""
_KEPT = 64
_LONGEST = timedelta(minutes=1)
_SHORTEST = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Anchors:
    """Positions of the rows number ``STEP``, ``2 * STEP`` … of one list."""

    made_at: datetime
    count: int | None
    numbers: list[int]
    positions: list[tuple[Any, ...]]

    def before(self, offset: int) -> tuple[tuple[Any, ...] | None, int]:
        """Return the last anchored position up to ``offset`` and how many rows are to be skipped from there."""
        at = bisect_right(self.numbers, offset)
        return (self.positions[at - 1], offset - self.numbers[at - 1]) if at else (None, offset)


_kept: WeakKeyDictionary[Snapshot, OrderedDict[Any, Anchors]] = WeakKeyDictionary()


async def anchors_of(ctx: Context, target: Target, order: Order, *, count: int | None) -> Anchors:
    """Return the anchors of a list, made anew where they are stale; ``count`` is the number of its rows, if known."""
    known = _kept.setdefault(ctx.snapshot, OrderedDict())
    statement = compose(
        "SELECT * FROM (SELECT {columns}, row_number() OVER (ORDER BY {order}) AS number FROM {relation} WHERE {where}) x "
        "WHERE number % {step} = 0 ORDER BY number",
        columns=sort_columns(order),
        order=order.clause(),
        relation=target.relation,
        where=target.where,
        step=param(STEP, "bigint"),
    )
    text, values = statement.render()
    key = (text, repr(values))
    found = known.get(key)
    if found is not None and _is_fresh(found, ctx.now, count):
        known.move_to_end(key)
        return found
    rows = await ctx.uow.fetch(statement)
    made = Anchors(ctx.now, count, [row["number"] for row in rows], [sort_values(order, row) for row in rows])
    known[key] = made
    while len(known) > _KEPT:
        known.popitem(last=False)
    return made


def _is_fresh(anchors: Anchors, now: datetime, count: int | None) -> bool:
    age = now - anchors.made_at
    if age < _SHORTEST:
        return True
    return age < _LONGEST and (count is None or anchors.count is None or count == anchors.count)
