"""From a candidate to the arguments of a writing statement."""

from typing import Any
from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.kit.pinyin import search_tokens, sort_key
from xiaolu.metadata.columns import sort_column
from xiaolu.records.blueprint import Blueprint, Part
from xiaolu.records.candidate import WRITABLE_SYSTEM, Candidate
from xiaolu.records.numbering import form_of
from xiaolu.records.store.change import ChangeShape
from xiaolu.records.store.pieces import event_values, to_column, to_json


def insert_values(ctx: Context, candidate: Candidate) -> dict[str, Any]:
    """Return the arguments of the statement that creates the candidate."""
    blueprint, record = candidate.blueprint, candidate.values
    values = event_values(ctx, blueprint.key)
    for key in ("id", "created_at", "created_by", "updated_at", "updated_by", *WRITABLE_SYSTEM):
        values[key] = record[key]
    if blueprint.model.definition.parent:
        values["parent_id"], values["position"] = record["parent_id"], record["position"]
    after: dict[str, Any] = {}
    for part in blueprint.stored:
        value = record.get(part.key)
        if value is None:
            values[f"f:{part.key}"] = None
        else:
            values[f"f:{part.key}"] = to_column(part, value)
            after[part.key] = part.dump(value)
        if part.has_sort_key:
            values[f"sort:{part.key}"] = None if value is None else sort_key(value)
    for part in blueprint.links:
        if record.get(part.key):
            after[part.key] = part.dump(record[part.key])
    for key in ("owner", "department", "stage"):
        if record[key] is not None:
            after[key] = record[key]
    if blueprint.numbers:
        _add_numbers(ctx, blueprint, values)
    values["tokens"] = search_tokens(candidate.texts())
    values["after"] = to_json(after)
    return values


def _add_numbers(ctx: Context, blueprint: Blueprint, values: dict[str, Any]) -> None:
    local_now = ctx.now.astimezone(ZoneInfo(ctx.time_zone))
    for part in blueprint.numbers:
        if part.numbering is None:
            continue
        form = form_of(part.numbering, local_now)
        for name in ("numbering", "period", "start", "prefix", "width", "suffix"):
            values[f"{name}:{part.key}"] = getattr(form, name)


def change_values(ctx: Context, candidate: Candidate, kind: str) -> tuple[ChangeShape, dict[str, Any]]:
    """Return the shape and the arguments of the statement that writes the candidate's changes."""
    blueprint = candidate.blueprint
    parts, links, system = candidate.changed_parts(), candidate.changed_links(), candidate.changed_system()
    values = event_values(ctx, blueprint.key)
    values.update({"id": candidate.id, "version": candidate.version, "ignores_freeze": False})
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for part in parts:
        value = candidate.values.get(part.key)
        values[f"f:{part.key}"] = to_column(part, value)
        if part.has_sort_key:
            values[f"sort:{part.key}"] = sort_key(value)
    for part in (*parts, *links):
        before[part.key] = part.dump(candidate.before.get(part.key))
        after[part.key] = part.dump(candidate.values.get(part.key))
    for key in system:
        values[f"s:{key}"] = after[key] = candidate.values.get(key)
        before[key] = candidate.before.get(key)
    with_search = any(part.key in blueprint.searched for part in parts)
    if with_search:
        values["tokens"] = search_tokens(candidate.texts())
    values["before"], values["after"] = to_json(before), to_json(after)
    return ChangeShape(kind=kind, parts=parts, system=system, with_search=with_search), values


def text_columns(part: Part) -> list[str]:
    """Return the columns that a field's value takes: its own, and the companion that it sorts by."""
    return [part.key, sort_column(part.key)] if part.has_sort_key else [part.key]
