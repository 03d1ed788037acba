"""The fields that are worked out from others: their formulas, compiled, in the order in which they are worked out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from xiaolu.formula import Compiled, compile_formula, find_references, order_formulas
from xiaolu.formula.types import ValueType
from xiaolu.kit.sql import Sql, compose, param
from xiaolu.metadata.catalogue import EntityCatalogue
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.model.workspace import Definitions

FieldKey: TypeAlias = tuple[str, str]
"""(entity, field)."""

COMPUTED = frozenset({"formula", "lookup", "rollup"})
"""Types whose values can be worked out again at any time."""
_AGGREGATES = {"sum": "SUM", "avg": "AVERAGE", "min": "MIN", "max": "MAX", "count": "COUNT"}


@dataclass(frozen=True)
class Computed:
    """Every computed field of a workspace that compiles; those that do not are refused when definitions are checked."""

    formulas: Mapping[FieldKey, Compiled]
    order: tuple[FieldKey, ...]
    """Each field after those that it reads."""


class HasComputed(Protocol):
    """A snapshot, as far as this module knows."""

    @property
    def computed(self) -> Computed:
        """Return the computed fields."""
        ...


def computed_of(snapshot: HasComputed) -> Computed:
    """Return the computed fields of a snapshot, worked out once."""
    return snapshot.computed


def compile_computed(definitions: Definitions, catalogue: EntityCatalogue) -> Computed:
    """Compile every computed field and put them in order."""
    formulas: dict[FieldKey, Compiled] = {}
    for entity in definitions.entities:
        for field in entity.fields:
            text = formula_text(field, entity.key, catalogue)
            compiled = compile_formula(text, entity=entity.key, catalogue=catalogue) if text else None
            if isinstance(compiled, Compiled):
                formulas[entity.key, field.key] = compiled
    ordered = order_formulas(formulas, catalogue)
    return Computed(formulas, tuple(each for each in ordered if isinstance(each, tuple)))


def formula_text(field: Field, entity: str, catalogue: EntityCatalogue) -> str | None:
    """Return the formula that a field of ``entity`` stands for; None for fields that are not computed from others."""
    options = field.options
    if field.type == "formula":
        return str(options.get("formula", ""))
    if field.type == "lookup":
        return f"{{{options.get('relation')}.{options.get('field')}}}"
    if field.type == "rollup":
        return _rollup_text(options, entity, catalogue)
    return None


def _rollup_text(options: Mapping[str, object], entity: str, catalogue: EntityCatalogue) -> str:
    children, measured, where = str(options.get("children")), options.get("field"), options.get("where")
    name = _AGGREGATES.get(str(options.get("aggregate")), "COUNT")
    if name == "COUNT":
        return (
            f"COUNTIF({_from_parent(str(where), children, entity, catalogue)})" if where else f"COUNT({{{children}}})"
        )
    value = f"{{{children}.{measured}}}"
    if not where:
        return f"{name}({value})"
    return f"{name}(IF({_from_parent(str(where), children, entity, catalogue)}, {value}))"


def _from_parent(condition: str, children: str, entity: str, catalogue: EntityCatalogue) -> str:
    """Rewrite a condition over the collection's records so that it speaks from the record that has the collection."""
    found = catalogue.entity(entity)
    target = next((each.target for each in found.fields if children in (each.key, each.label)), None) if found else None
    if target is None:
        return condition
    text = condition
    references = find_references(condition, entity=target, catalogue=catalogue)
    for reference in sorted(references, key=lambda each: -each.position):
        at = reference.position
        if condition[:at].rstrip().endswith("{"):  # the first step of a path; what follows a dot stays as it is
            text = f"{text[:at]}{children}.{text[at:]}"
    return text


def stored_result(value: Sql, found: ValueType, column: str, time_zone: str) -> Sql:
    """Return the SQL that turns a formula's result of type ``found`` into what a column of type ``column`` holds.

    A moment in a date column is its day in the workspace's time zone, a date in a column of moments its midnight there; a
    single text or record in a column of lists is a list of one.
    """
    zone = param(time_zone, "text")
    if found == ValueType.DATETIME and column == "date":
        return compose("(({value}) AT TIME ZONE {zone})::date", value=value, zone=zone)
    if found == ValueType.DATE and column == "timestamptz":
        return compose("(({value})::timestamp AT TIME ZONE {zone})", value=value, zone=zone)
    if column.endswith("[]") and found in (ValueType.TEXT, ValueType.RECORD):
        return compose("nullif(array_remove(ARRAY[({value})], NULL), ARRAY[]::" + column + ")", value=value)
    return compose("({value})::" + column, value=value)
