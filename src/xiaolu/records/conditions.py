"""Formulas of an entity, compiled for the write path, and told apart by where they can be computed. Pure.

A formula is *local* when it reads nothing but the record itself: it is computed in Python before the record is written. Any
other one is computed by PostgreSQL, in the transaction of the write and after it, over the rows as they then are.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from xiaolu.formula import Compiled, PythonEnv, compile_formula, to_python
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.entity import Field, FieldRule
from xiaolu.metadata.snapshot import EntityModel, Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A formula ready to run."""

    compiled: Compiled
    run: Callable[[Any, PythonEnv], Any]
    is_local: bool

    @property
    def text(self) -> str:
        """Return the formula as it was written."""
        return self.compiled.text


@dataclass(frozen=True, slots=True, eq=False)
class CheckedRule:
    """A condition that a record must meet, with the customer's own message."""

    condition: Condition
    message: Label


@dataclass(frozen=True, slots=True, eq=False)
class FieldConditions:
    """What formulas say of one field."""

    default: Condition | None = None
    visible_if: Condition | None = None
    required_if: Condition | None = None
    options_if: Mapping[str, Condition] = field(default_factory=dict)
    set_when: Condition | None = None
    set_to: Condition | None = None
    rules: tuple[CheckedRule, ...] = ()
    tips: tuple[tuple[Condition, Label], ...] = ()
    """What to tell the person while a condition holds."""


@dataclass(frozen=True, slots=True, eq=False)
class EntityConditions:
    """What formulas say of an entity; fields without any formula are left out of ``fields``."""

    fields: Mapping[str, FieldConditions]
    rules: tuple[CheckedRule, ...]

    @property
    def remote(self) -> tuple[Condition, ...]:
        """Return the conditions of checks that must be computed by the database."""
        return tuple(each for each in self._checks() if not each.is_local)

    @property
    def early(self) -> tuple["Early", ...]:
        """Return the formulas that give values to a record before it is written and must be computed by the database."""
        found: list[Early] = []
        for each in self.fields.values():
            if each.default is not None and not each.default.is_local:
                found.append(Early(each.default, is_automatic=False))
            found += [Early(one, is_automatic=True) for one in (each.set_when, each.set_to) if one and not one.is_local]
        return tuple(found)

    def _checks(self) -> Iterable[Condition]:
        for each in self.fields.values():
            yield from (one for one in (each.visible_if, each.required_if) if one is not None)
            yield from each.options_if.values()
            yield from (rule.condition for rule in each.rules)
        yield from (rule.condition for rule in self.rules)


@dataclass(frozen=True, slots=True, eq=False)
class Early:
    """A formula whose result becomes part of the record."""

    condition: Condition
    is_automatic: bool
    """Runs at each write, not at creation alone."""


def is_local(compiled: Compiled, remote_fields: frozenset[str]) -> bool:
    """Tell whether a formula reads only the record's own fields, none of which the database computes."""
    return all(not each.path and each.field not in remote_fields for each in compiled.dependencies)


def ready(compiled: Compiled, remote_fields: frozenset[str]) -> Condition:
    """Make a compiled formula ready to run."""
    return Condition(compiled, to_python(compiled), is_local(compiled, remote_fields))


def compile_conditions(snapshot: Snapshot, model: EntityModel, remote_fields: frozenset[str]) -> EntityConditions:
    """Compile every formula that an entity's fields and rules carry; what does not compile was refused on publishing."""

    def condition(
        text: str | None, expected: ValueType | None = ValueType.BOOL, *, changed: bool = False
    ) -> Condition | None:
        if text is None:
            return None
        compiled = compile_formula(
            text, entity=model.key, catalogue=snapshot.catalogue, expected=expected, changed_allowed=changed
        )
        if not isinstance(compiled, Compiled):
            return None
        return ready(compiled, remote_fields)

    def rules(items: Iterable[FieldRule]) -> tuple[CheckedRule, ...]:
        found = ((condition(each.check, changed=True), each.message) for each in items)
        return tuple(CheckedRule(each, message) for each, message in found if each is not None)

    def of_field(definition: Field) -> FieldConditions:
        options = {key: condition(text) for key, text in definition.options_if.items()}
        return FieldConditions(
            default=condition(definition.default, None),
            visible_if=condition(definition.visible_if),
            required_if=condition(definition.required_if),
            options_if={key: each for key, each in options.items() if each is not None},
            set_when=condition(definition.set_when, changed=True),
            set_to=condition(definition.set_to, None, changed=True),
            rules=rules(definition.rules),
            tips=tuple(
                (each, said) for text, said in definition.tip_if.items() if (each := condition(text)) is not None
            ),
        )

    return EntityConditions(
        fields={each.key: of_field(each) for each in model.definition.fields if _has_formula(each)},
        rules=rules(model.definition.rules),
    )


def _has_formula(definition: Field) -> bool:
    return bool(
        definition.default
        or definition.visible_if
        or definition.required_if
        or definition.options_if
        or definition.set_when
        or definition.tip_if
        or definition.rules
    )
