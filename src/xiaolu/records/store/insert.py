"""Creation in one statement: guard, references, uniqueness, automatic numbers, the record and its event."""

from typing import Any

from xiaolu.access.context import Context
from xiaolu.access.model import Decision, Operation
from xiaolu.access.policy import decide
from xiaolu.kit.db import Row
from xiaolu.kit.sql import FALSE, TRUE, Sql, Template, abstract, compose, ident, join, raw, slot
from xiaolu.metadata.columns import sort_column
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.blueprint import Blueprint, Part
from xiaolu.records.store.pieces import Checks, bound_statement, checks_of, comma, event_insert, value_slot

FLAGS = (Operation.UPDATE, Operation.DELETE, Operation.MOVE)

SYSTEM = (
    ("id", "uuid"), ("created_at", "timestamptz"), ("created_by", "uuid"), ("updated_at", "timestamptz"), ("updated_by", "uuid"),
    ("owner", "uuid"), ("department", "uuid"), ("stage", "text"), ("stage_since", "timestamptz"), ("frozen_until", "timestamptz"),
    ("process_version", "integer"),
)  # fmt: skip
CHILD = (("parent_id", "uuid"), ("position", "integer"))
_BETWEEN = raw(r"E'([^[:alnum:]]|[\\u3400-\\u9fff])+'")
"""What parts the words of a number, as ``kit.pinyin.search_tokens`` parts them."""


async def insert_record(ctx: Context, blueprint: Blueprint, values: dict[str, Any]) -> Row:
    """Write one new record and its event; ``values`` fill the slots (see ``service.writing``).

    Returns one row: ``current`` (the definitions are those of the snapshot), ``ref:<field>`` (title of what the field points
    to, NULL if it may not), ``same:<field>`` (the record that has the value already), ``written``, the automatic
    numbers, and ``can_update``, ``can_delete``, ``can_move``.
    """

    def build(reader: dict[str, Any]) -> Template:
        checks = checks_of(ctx, blueprint, blueprint.references + _unique_values(blueprint), reader)
        flags = [flag(ctx, blueprint, operation, reader) for operation in FLAGS]
        return blueprint.statement(("insert", checks.columns, tuple(flags)), lambda: _build(blueprint, checks, flags))

    bound = bound_statement(ctx, blueprint, "insert", build)
    rows = await ctx.uow.run_text(bound.template.text, bound.template.bind({**values, **bound.values}))
    return rows[0]


def _unique_values(blueprint: Blueprint) -> tuple[Part, ...]:
    return tuple(each for each in blueprint.unique if each not in blueprint.references and each.read is not None)


def flag(ctx: Context, blueprint: Blueprint, operation: Operation, values: dict[str, Any]) -> Sql:
    """Return the condition under which the actor may do this with a record under ``r``; its ids go into ``values``."""
    decision: Decision = decide(ctx.actor, ctx.snapshot, blueprint.key, operation, now=ctx.now, time_zone=ctx.time_zone)
    return abstract(decision.predicate, f"{operation.value}:", values) if decision.allowed else FALSE


def _build(blueprint: Blueprint, checks: Checks, flags: list[Sql]) -> Template:
    system = SYSTEM + (CHILD if blueprint.model.definition.parent else ())
    columns = [ident(name) for name, _ in system]
    values = [slot(name, kind) for name, kind in system]
    for part in blueprint.stored:
        columns.append(ident(part.key))
        values.append(_number(part) if part.numbering else value_slot(part))
        if part.has_sort_key:
            columns.append(ident(sort_column(part.key)))
            values.append(slot(part.sort_slot, "text"))
    columns.append(ident("search"))
    values.append(_search(blueprint))
    needed = raw("w.*") if needs_row(flags) else _returned(blueprint)
    return Template(
        compose(
            "WITH c AS MATERIALIZED (SELECT {checks}){numbers}, "
            "w AS (INSERT INTO {table} AS w ({columns}) SELECT {values} FROM c{from_numbers} WHERE {holds} RETURNING {needed}), "
            "e AS ({event}) "
            "SELECT c.*, r.id IS NOT NULL AS written{returned_numbers}, {flags}, "
            '(SELECT d.name FROM department d WHERE d.id = {department}) AS "title:department" FROM c LEFT JOIN w r ON TRUE',
            checks=comma(list(checks.columns)),
            numbers=_counters(blueprint, checks),
            table=ident(table_of(blueprint.key)),
            columns=comma(columns),
            values=comma(values),
            from_numbers=raw("".join(f', "n:{each.key}"' for each in blueprint.numbers)),
            holds=checks.all_hold,
            needed=needed,
            event=_event(blueprint),
            returned_numbers=raw("".join(f', r."{each.key}"' for each in blueprint.numbers)),
            flags=comma(flags_as_columns(flags)),
            department=slot("department", "uuid"),
        )
    )


def needs_row(flags: list[Sql]) -> bool:
    """Tell whether any permission depends on the record's values."""
    return any(each not in (TRUE, FALSE) for each in flags)


def _returned(blueprint: Blueprint) -> Sql:
    return comma([ident("w", "id"), *(ident("w", each.key) for each in blueprint.numbers)])


def flags_as_columns(flags: list[Sql]) -> list[Sql]:
    """Name what the actor may do with each row: ``can_update``, ``can_delete``, ``can_move``."""
    return [
        compose("({flag}) AS {name}", flag=each, name=ident(f"can_{operation.value}"))
        for each, operation in zip(flags, FLAGS, strict=True)
    ]


def _counters(blueprint: Blueprint, checks: Checks) -> Sql:
    """Count each automatic number up, but only where the record will be written."""
    return join(
        "",
        [
            compose(
                ", {name} AS (INSERT INTO numbering_counter AS k (numbering, period, value) "
                "SELECT {numbering}, {period}, {start} FROM c WHERE {holds} "
                "ON CONFLICT (numbering, period) DO UPDATE SET value = k.value + 1 RETURNING value)",
                name=ident(f"n:{part.key}"),
                numbering=slot(f"numbering:{part.key}", "text"),
                period=slot(f"period:{part.key}", "text"),
                start=slot(f"start:{part.key}", "bigint"),
                holds=checks.all_hold,
            )
            for part in blueprint.numbers
        ],
    )


def _number(part: Part) -> Sql:
    """Write the number out: prefix, the count filled with zeros, suffix."""
    return compose(
        "({prefix} || {count} || {suffix})",
        prefix=slot(f"prefix:{part.key}", "text"),
        count=_count(part),
        suffix=slot(f"suffix:{part.key}", "text"),
    )


def _count(part: Part) -> Sql:
    return compose(
        "lpad({count}::text, greatest({width}, length({count}::text)), '0')",
        count=ident(f"n:{part.key}", "value"),
        width=slot(f"width:{part.key}", "integer"),
    )


def _search(blueprint: Blueprint) -> Sql:
    """Make the search vector: the words travel as one text, which the driver encodes much faster than a list."""
    words = compose("string_to_array({tokens}, ' ')", tokens=slot("tokens", "text"))
    for each in blueprint.numbers:
        if each.key in blueprint.searched:
            parts = compose("regexp_split_to_array(lower({number}), {between})", number=_number(each), between=_BETWEEN)
            words = compose(
                "{words} || array_remove({parts}, '') || {count}", words=words, parts=parts, count=_count(each)
            )
    return compose("array_to_tsvector({words})", words=words)


def _event(blueprint: Blueprint) -> Sql:
    after = slot("after", "jsonb")
    if blueprint.numbers:
        pairs = comma(
            [
                compose("{key}, {value}", key=raw(f"'{each.key}'"), value=ident("w", each.key))
                for each in blueprint.numbers
            ]
        )
        after = compose("{after} || jsonb_build_object({pairs})", after=after, pairs=pairs)
    return event_insert("w", kind="record.created", version=raw("1"), before=raw("NULL"), after=after)
