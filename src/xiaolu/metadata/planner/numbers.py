"""Numbers for records that are older than their automatic number: in the order in which they were created."""

from collections import Counter
from collections.abc import Sequence

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import TRUE, Sql, compose, ident, param
from xiaolu.metadata.model.entity import Numbering
from xiaolu.metadata.model.workspace import Definitions, by_key, table_of
from xiaolu.metadata.numbering import NumberForm, form_of
from xiaolu.metadata.planner.model import AddColumn, BringColumnBack, CastColumn, CreateTable, FillNumbers, Operation


def numbers_to_fill(wanted: Definitions, operations: Sequence[Operation]) -> list[Operation]:
    """Return the automatic numbers whose columns come to records that exist."""
    empty = {each.table.name for each in operations if isinstance(each, CreateTable)}
    come = {(each.table, each.column.name) for each in operations if isinstance(each, (AddColumn, BringColumnBack))}
    come |= {(each.table, each.new.name) for each in operations if isinstance(each, CastColumn)}
    return [
        FillNumbers(table_of(entity.key), entity.key, field.key)
        for entity in wanted.entities
        for field in entity.fields
        if field.type == "auto_number"
        and table_of(entity.key) not in empty
        and (table_of(entity.key), field.key) in come
    ]


async def fill_numbers(
    uow: UnitOfWork, definitions: Definitions, operation: FillNumbers, time_zone: str, *, scope: Sql = TRUE
) -> None:
    """Number the rows in ``scope`` that have none, each as if it had been numbered on the day of its creation."""
    numbering = _numbering_of(definitions, operation)
    if numbering is None:
        return
    found = await uow.write(
        compose(
            "SELECT id, (created_at AT TIME ZONE {zone})::date AS day FROM {table} WHERE {column} IS NULL AND {scope}"
            " ORDER BY created_at, id FOR NO KEY UPDATE",
            zone=param(time_zone, "text"),
            table=ident(operation.table),
            column=ident(operation.field),
            scope=scope,
        )
    )
    if not found:
        return
    forms = [form_of(numbering, row["day"]) for row in found]
    counts = await _reserve(uow, numbering, forms)
    texts = []
    for form in forms:
        texts.append(form.text(counts[form.period]))
        counts[form.period] += 1
    await uow.write(
        compose(
            "UPDATE {table} AS r SET {column} = given.number FROM unnest({ids}, {texts}) AS given(id, number)"
            " WHERE r.id = given.id",
            table=ident(operation.table),
            column=ident(operation.field),
            ids=param([row["id"] for row in found], "uuid[]"),
            texts=param(texts, "text[]"),
        )
    )


def _numbering_of(definitions: Definitions, operation: FillNumbers) -> Numbering | None:
    """Return the numbering; None where the field was changed since the work was queued."""
    entity = by_key(definitions.entities, operation.entity)
    field = entity.field(operation.field) if entity is not None else None
    if field is None or field.type != "auto_number":
        return None
    return by_key(definitions.numberings, str(field.options.get("numbering")))


async def _reserve(uow: UnitOfWork, numbering: Numbering, forms: Sequence[NumberForm]) -> dict[str, int]:
    """Count each period up by the numbers that are taken from it, and return the first of them."""
    taken = Counter(each.period for each in forms)
    rows = await uow.write(
        compose(
            "INSERT INTO numbering_counter AS k (numbering, period, value)"
            " SELECT {numbering}, period, {start} + taken - 1 FROM unnest({periods}, {taken}) AS p(period, taken)"
            " ON CONFLICT (numbering, period) DO UPDATE SET value = k.value + EXCLUDED.value - {start} + 1"
            " RETURNING period, value",
            numbering=param(numbering.key, "text"),
            start=param(numbering.start, "bigint"),
            periods=param(list(taken), "text[]"),
            taken=param(list(taken.values()), "bigint[]"),
        )
    )
    return {row["period"]: row["value"] - taken[row["period"]] + 1 for row in rows}
