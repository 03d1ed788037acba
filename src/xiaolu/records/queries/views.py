"""Saved views: lists that people keep for themselves or share, beside the views of the definitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import may
from xiaolu.kit.errors import Denied, Invalid, NotFound
from xiaolu.kit.i18n import Label
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.view import (
    CalendarSettings,
    ColourRule,
    Condition,
    GallerySettings,
    GroupLevel,
    MapSettings,
    Measure,
    Sort,
    TimelineSettings,
    View,
)
from xiaolu.records.queries.looks import look_problems
from xiaolu.records.queries.model import GroupBy, Selection
from xiaolu.records.queries.scope import open_scope
from xiaolu.records.queries.store import views as store
from xiaolu.records.queries.store.aggregates import read_figures, read_levels
from xiaolu.records.queries.store.sorting import read_order

MOST_COLUMNS = 100
MOST_VIEWS = 200
"""Views that one person may keep."""


class ViewDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What makes up a saved view, besides its entity and its owner."""

    label: str
    kind: str = "grid"
    columns: tuple[str, ...] = ()
    widths: dict[str, int] = {}
    frozen: int = 1
    filter: Condition | None = None
    sort: tuple[Sort, ...] = ()
    group: str | None = None
    groups: tuple[GroupLevel, ...] = ()
    measures: tuple[Measure, ...] = ()
    summary: dict[str, str] = {}
    card: tuple[str, ...] = ()
    colours: tuple[ColourRule, ...] = ()
    calendar: CalendarSettings | None = None
    gallery: GallerySettings | None = None
    map: MapSettings | None = None
    timeline: TimelineSettings | None = None


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view in the form of the definitions (its key is its id), and whose it is."""

    view: View
    owner_id: UUID
    is_shared: bool


async def list_views(ctx: Context, entity: str | None = None) -> list[SavedView]:
    """Return the person's own views and those shared with everybody, of entities that the person may read."""
    if ctx.actor.id is None:
        return []
    rows = await ctx.uow.fetch(store.select_views(ctx.actor.id, entity))
    found = [_saved(row) for row in rows]
    return [each for each in found if may(ctx.actor, ctx.snapshot, each.view.entity, Operation.READ)]


async def find_view(ctx: Context, key: str) -> View:
    """Return a view of the definitions or a saved one that the person may use.

    Raises:
        NotFound: there is none, or it is for other roles or somebody else's own.
    """
    named = ctx.snapshot.views.get(key)
    if named is not None:
        if ctx.actor.is_admin or not named.roles or set(named.roles) & set(ctx.actor.roles):
            return named
        raise NotFound("view.unknown", view=key)
    return (await _find(ctx, key)).view


async def create_view(ctx: Context, entity: str, draft: ViewDraft, *, is_shared: bool = False) -> SavedView:
    """Keep a view; it must make sense for the person who saves it.

    Raises:
        Invalid: a filter, column, sort key or label that makes no sense, with a problem for each.
    """
    if ctx.actor.id is None:
        raise Denied("view.needs_member")
    _check(ctx, entity, draft)
    if len(await ctx.uow.fetch(store.select_own(ctx.actor.id))) >= MOST_VIEWS:
        raise Invalid("view.too_many", most=MOST_VIEWS)
    saved = SavedView(_view(new_id(), entity, draft), ctx.actor.id, is_shared)
    await ctx.uow.write(
        store.insert_view(
            UUID(saved.view.key), entity, ctx.actor.id, is_shared=is_shared, now=ctx.now, view=_json(draft)
        )
    )
    return saved


async def update_view(ctx: Context, key: str, changes: dict[str, Any], *, is_shared: bool | None = None) -> SavedView:
    """Change some of a view's properties; only its owner may, or whoever may build.

    Raises:
        Invalid: the changed view makes no sense, with a problem for each defect.
    """
    current = await _find(ctx, key)
    _require_owner(ctx, current)
    before = {name: getattr(current.view, name) for name in ViewDraft.__struct_fields__ if name != "label"}
    draft = ViewDraft(**{**before, "label": current.view.label.zh, **changes})
    _check(ctx, current.view.entity, draft)
    shared = current.is_shared if is_shared is None else is_shared
    await ctx.uow.write(store.update_view(UUID(key), is_shared=shared, now=ctx.now, view=_json(draft)))
    return SavedView(_view(UUID(key), current.view.entity, draft), current.owner_id, shared)


async def delete_view(ctx: Context, key: str) -> None:
    """Remove a view; only its owner may, or whoever may build."""
    _require_owner(ctx, await _find(ctx, key))
    await ctx.uow.write(store.delete_view(UUID(key)))


async def _find(ctx: Context, key: str) -> SavedView:
    try:
        identifier = UUID(key)
    except ValueError:
        raise NotFound("view.unknown", view=key) from None
    row = await ctx.uow.fetch_one(store.select_view(identifier))
    found = None if row is None else _saved(row)
    if (
        found is None
        or not (found.is_shared or found.owner_id == ctx.actor.id)
        or not may(ctx.actor, ctx.snapshot, found.view.entity, Operation.READ)
    ):
        raise NotFound("view.unknown", view=key)
    return found


def _require_owner(ctx: Context, saved: SavedView) -> None:
    if saved.owner_id != ctx.actor.id and "build" not in ctx.actor.abilities:
        raise Denied("view.not_owner")


def _check(ctx: Context, entity: str, draft: ViewDraft) -> None:
    """Refuse a view that its author could not open."""
    scope = open_scope(ctx, entity, Selection(filter=draft.filter))
    problems: list[Problem] = []
    if not draft.label.strip() or len(draft.label) > 60:
        problems.append(problem("view.label", "label", longest=60))
    problems.extend(look_problems(ctx, scope, _view(new_id(), entity, draft)))
    if len(draft.columns) > MOST_COLUMNS:
        problems.append(problem("view.too_many_columns", "columns", most=MOST_COLUMNS))
    for name, keys in (("columns", draft.columns[:MOST_COLUMNS]), ("card", draft.card[:MOST_COLUMNS])):
        columns = [scope.source.column(each) for each in keys]
        problems.extend(each.under(name, at) for at, each in enumerate(columns) if isinstance(each, Problem))
    group = () if draft.group is None else (GroupBy(field=draft.group),)
    group = (*group, *(GroupBy(field=each.field, unit=each.unit) for each in draft.groups))
    checked: list[Sequence[Any]] = [read_levels(scope.source, group, ctx.time_zone)]
    if draft.measures:
        checked.append(read_figures(scope.source, draft.measures))
    order = read_order(scope.source, draft.sort, scope.names)
    checked.append(order if isinstance(order, list) else ())
    problems.extend(each for found in checked for each in found if isinstance(each, Problem))
    if problems:
        raise Invalid("view.invalid", problems)


def _view(identifier: UUID, entity: str, draft: ViewDraft) -> View:
    values = {name: getattr(draft, name) for name in ViewDraft.__struct_fields__ if name != "label"}
    return View(key=str(identifier), label=Label(draft.label), entity=entity, **values)


def _saved(row: Any) -> SavedView:
    draft = msgspec.json.decode(row["view"], type=ViewDraft)
    return SavedView(_view(row["id"], row["entity"], draft), row["owner_id"], row["is_shared"])


def _json(draft: ViewDraft) -> str:
    return msgspec.json.encode(draft).decode()
