"""From a candidate to the arguments of a writing statement."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.kit.pinyin import search_tokens, sort_key
from xiaolu.metadata.numbering import form_of
from xiaolu.records.blueprint import Blueprint
from xiaolu.records.candidate import WRITABLE_SYSTEM, Candidate
from xiaolu.records.store.change import ChangeShape
from xiaolu.records.store.pieces import event_values, to_column, to_json


def insert_values(ctx: Context, candidate: Candidate) -> dict[str, Any]:
    """Return the arguments of the statement that creates the candidate."""
    blueprint, record = candidate.blueprint, candidate.values
    values = event_values(ctx, blueprint.key)
    for key in ("id", "created_at", "created_by", "updated_at", "updated_by", "process_version", *WRITABLE_SYSTEM):
        values[key] = record[key]
    if blueprint.model.definition.parent:
        values["parent_id"], values["position"] = record["parent_id"], record["position"]
    after: dict[str, Any] = {}
    for part in blueprint.stored:
        key = part.key
        value = record[key]
        if value is not None:
            after[key] = dumped = value if part.write is None else part.write(value, part.model.definition)
            if part.column_type == "jsonb":
                value = to_json(dumped)
        values[part.slot] = value
        if part.has_sort_key:
            values[part.sort_slot] = sort_key(value)
    for part in blueprint.links:
        if record.get(part.key):
            after[part.key] = part.dump(record[part.key])
    for key in ("owner", "department", "stage"):
        if record[key] is not None:
            after[key] = record[key]
    affixes = _add_numbers(ctx, blueprint, values) if blueprint.numbers else []
    values["tokens"] = " ".join(search_tokens([*candidate.texts(), *affixes]))
    values["after"] = to_json(after)
    return values


def _add_numbers(ctx: Context, blueprint: Blueprint, values: dict[str, Any]) -> list[str]:
    """Add what the statement makes the numbers of; return what must be searchable of them as Chinese is."""
    found: list[str] = []
    today = ctx.now.astimezone(ZoneInfo(ctx.time_zone)).date()
    for part in blueprint.numbers:
        if part.numbering is None:
            continue
        form, key = form_of(part.numbering, today), part.key
        values[f"numbering:{key}"], values[f"period:{key}"], values[f"start:{key}"] = (
            form.numbering,
            form.period,
            form.start,
        )
        values[f"prefix:{key}"], values[f"width:{key}"], values[f"suffix:{key}"] = form.prefix, form.width, form.suffix
        if key in blueprint.searched:
            found.extend(each for each in (form.prefix, form.suffix) if not each.isascii())
    return found


def change_values(ctx: Context, candidate: Candidate, kind: str) -> tuple[ChangeShape, dict[str, Any]]:
    """Return the shape and the arguments of the statement that writes the candidate's changes."""
    shape, (values,) = change_rows(ctx, [candidate], kind)
    return shape, values


def change_rows(ctx: Context, candidates: Sequence[Candidate], kind: str) -> tuple[ChangeShape, list[dict[str, Any]]]:
    """Return one shape that covers the changes of all candidates, and the arguments of each."""
    blueprint = candidates[0].blueprint
    parts = {part.key for each in candidates for part in each.changed_parts()}
    system = {name for each in candidates for name in each.changed_system()}
    shape = ChangeShape(
        kind=kind,
        parts=tuple(each for each in blueprint.stored if each.key in parts),
        system=tuple(sorted(system)),
        with_search=any(key in parts for key in blueprint.searched),
    )
    circumstances = event_values(ctx, blueprint.key)
    return shape, [{**circumstances, **_change_row(each, shape)} for each in candidates]


def _change_row(candidate: Candidate, shape: ChangeShape) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": candidate.id,
        "version": candidate.version,
        "ignores_freeze": candidate.ignores_freeze,
    }
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for part in shape.parts:
        value, was = candidate.values.get(part.key), candidate.before.get(part.key)
        values[part.slot] = to_column(part, value)
        if part.has_sort_key:
            values[part.sort_slot] = sort_key(value)
        if value != was:
            before[part.key], after[part.key] = part.dump(was), part.dump(value)
    for part in candidate.changed_links():
        before[part.key] = part.dump(candidate.before.get(part.key))
        after[part.key] = part.dump(candidate.values.get(part.key))
    for key, rows in candidate.row_changes.items():
        after[key] = rows.summary()
    for key in shape.system:
        value, was = candidate.values.get(key), candidate.before.get(key)
        values[f"s:{key}"] = value
        if value != was:
            before[key], after[key] = was, value
    if shape.with_search:
        values["tokens"] = " ".join(search_tokens(candidate.texts()))
    values["before"], values["after"] = to_json(before), to_json({**after, **candidate.remarks})
    return values
