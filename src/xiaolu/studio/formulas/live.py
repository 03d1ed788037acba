"""A formula over a draft, brought down to what the tables hold today. Pure."""

import dataclasses
from collections.abc import Mapping

from xiaolu.formula import Compiled, compile_formula
from xiaolu.formula.dependencies import find_dependencies
from xiaolu.formula.typed import Aggregate, FieldValue, Step, Typed, replaced, walk
from xiaolu.formula.types import EntityRef, FieldRef
from xiaolu.metadata.catalogue import EntityCatalogue
from xiaolu.metadata.computed import formula_text
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.model.workspace import Definitions

DEEPEST = 8
"""Formula fields of the draft that are put into each other at most."""


class Ground:
    """The draft's definitions beside the ones whose tables exist."""

    def __init__(self, wanted: tuple[Definitions, EntityCatalogue], published: tuple[Definitions, EntityCatalogue]):
        self._wanted = _fields(wanted[0])
        self._published = _fields(published[0])
        self._catalogue = wanted[1]
        self._tables = published[1]

    def bring_down(self, compiled: Compiled) -> tuple[Compiled, list[tuple[str, str]]]:
        """Return the formula with changed formula fields of its own record put in, and the fields that no table holds yet.

        CHANGED and PREVIOUS are taken as if the record were saved unchanged.
        """
        node = self._with_formulas(replaced(compiled.node, _present), compiled.entity, 0)
        lowered = dataclasses.replace(
            compiled, node=node, dependencies=find_dependencies(node), reads=compiled.reads - {"previous"}
        )
        return lowered, self._missing(node)

    def _with_formulas(self, node: Typed, entity: str, depth: int) -> Typed:
        def change(each: Typed) -> Typed | None:
            if not isinstance(each, FieldValue) or each.steps or each.is_child or depth >= DEEPEST:
                return None
            text = self._changed_formula(each.entity, each.field)
            found = None if text is None else compile_formula(text, entity=entity, catalogue=self._catalogue)
            if not isinstance(found, Compiled) or found.type != each.type:
                return None
            return self._with_formulas(found.node, entity, depth + 1)

        return replaced(node, change)

    def _changed_formula(self, entity: str, key: str) -> str | None:
        """Return the formula of a field whose values are not what the draft would make them."""
        field = self._wanted.get((entity, key))
        if field is None or field == self._published.get((entity, key)):
            return None
        return formula_text(field, entity, self._catalogue)

    def _missing(self, node: Typed) -> list[tuple[str, str]]:
        missing: dict[tuple[str, str], None] = {}
        for each in walk(node):
            if isinstance(each, (FieldValue, Aggregate)):
                missing.update({(step.entity, step.field): None for step in each.steps if not self._has_step(step)})
            if isinstance(each, FieldValue) and not self._has_column(each):
                missing[each.entity, each.field] = None
        return list(missing)

    def _has_column(self, value: FieldValue) -> bool:
        ref = _ref(self._tables.entity(value.entity), value.field)
        return ref is not None and (ref.column, ref.type) == (value.column, value.type)

    def _has_step(self, step: Step) -> bool:
        ref = _ref(self._tables.entity(step.entity), step.field)
        if ref is None or ref.target != step.target:
            return False
        column = ref.link_column if ref.is_children else ref.column
        return (column, ref.link_table) == (step.column, step.link_table)


def _present(node: Typed) -> Typed | None:
    return dataclasses.replace(node, is_previous=False) if isinstance(node, FieldValue) and node.is_previous else None


def _fields(definitions: Definitions) -> Mapping[tuple[str, str], Field]:
    return {(entity.key, field.key): field for entity in definitions.entities for field in entity.fields}


def _ref(entity: EntityRef | None, key: str) -> FieldRef | None:
    return next((each for each in entity.fields if each.key == key), None) if entity else None
