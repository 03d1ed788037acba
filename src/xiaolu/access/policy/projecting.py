"""Which fields a decision shows, and how a query hides those that only some stages hide."""

from xiaolu.access.model import Decision, Veil
from xiaolu.kit.sql import Sql, compose, ident, param
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.model.workspace import table_of


def field_access(decision: Decision, field: str, stage: str | None = None) -> FieldAccess:
    """Return the access to a field of a record in ``stage``; an unknown field is hidden."""
    if stage is not None:
        narrowed = decision.stages.get(stage)
        if narrowed is not None and field in narrowed:
            return narrowed[field]
    return decision.fields.get(field, FieldAccess.HIDDEN)


def visible_fields(decision: Decision, stage: str | None = None) -> frozenset[str]:
    """Return the fields, system fields included, that may be seen of a record in ``stage``."""
    return frozenset(key for key in decision.fields if field_access(decision, key, stage) is not FieldAccess.HIDDEN)


def writable_fields(decision: Decision, stage: str | None = None) -> frozenset[str]:
    """Return the fields that may be written while a record is in ``stage``."""
    return frozenset(key for key in decision.fields if field_access(decision, key, stage) is FieldAccess.WRITE)


def hiding_stages(decision: Decision, field: str) -> tuple[str, ...]:
    """Return the stages in which a field that is otherwise visible is hidden."""
    return tuple(stage for stage, narrowed in decision.stages.items() if narrowed.get(field) is FieldAccess.HIDDEN)


def shown_through(veil: Veil, relation: Sql) -> Sql:
    """Return the condition under which a lookup's value shows, ``relation`` holding the id of its source."""
    return compose(
        "EXISTS (SELECT FROM {table} v WHERE v.id = {relation} AND {condition})",
        table=ident(table_of(veil.target)),
        relation=relation,
        condition=veil.condition,
    )


def masked(decision: Decision, field: str, column: Sql, alias: str = "r") -> Sql:
    """Return ``column`` as the decision lets it be seen: NULL where the record's stage hides the field.

    Lists, filters, sorts, groups and measures must all go through this, else a hidden value could be guessed. A field
    that is hidden in every stage must not be asked for at all; it gives NULL here.
    """
    if decision.fields.get(field, FieldAccess.HIDDEN) is FieldAccess.HIDDEN:
        return Sql(("NULL",))
    veil = decision.veils.get(field)
    if veil is not None:
        column = compose(
            "CASE WHEN {shown} THEN {column} END", shown=shown_through(veil, ident(alias, veil.relation)), column=column
        )
    stages = hiding_stages(decision, field)
    if not stages:
        return column
    return compose(
        "CASE WHEN {stage} = ANY({stages}) THEN NULL ELSE {column} END",
        stage=ident(alias, "stage"),
        stages=param(list(stages), "text[]"),
        column=column,
    )
