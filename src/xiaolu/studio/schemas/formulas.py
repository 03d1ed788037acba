"""Shapes of the formula editor."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaolu.formula import FieldRef, FunctionHelp, ValueType
from xiaolu.kit.i18n import Label, Language, describe, message
from xiaolu.metadata.catalogue import PEOPLE
from xiaolu.metadata.fields.system import SYSTEM_FIELD_DEFINITIONS
from xiaolu.studio.formulas.model import Asked, Checked, SampleText
from xiaolu.studio.schemas.building import ProblemOut, problem_out
from xiaolu.studio.wanted import Wanted

Expected = Literal["any", "text", "number", "bool", "date", "datetime", "text_list", "record", "record_list"]


class FunctionOut(Struct, frozen=True, kw_only=True):
    """A function of the formula language."""

    name: str
    family: str
    family_label: str
    signature: str
    description: str
    example: str
    result: ValueType | None


class ChoiceOut(Struct, frozen=True, kw_only=True):
    """An option that a formula may name by its label."""

    key: str
    label: str


class NameOut(Struct, frozen=True, kw_only=True):
    """A field as formulas name it: ``names`` are all that it answers to, its label first."""

    key: str
    names: list[str]
    label: str
    type: ValueType
    target: str | None
    many: bool
    choices: list[ChoiceOut]


class EntityNamesOut(Struct, frozen=True, kw_only=True):
    """The fields of an entity that formulas may name."""

    key: str
    label: str
    fields: list[NameOut]


class NamesOut(Struct, frozen=True, kw_only=True):
    """Everything that formulas may name."""

    entities: list[EntityNamesOut]


class FormulaBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A formula to look at."""

    entity: Annotated[str, Meta(max_length=40)]
    text: Annotated[str, Meta(max_length=20_000)]
    expects: Expected = "any"
    field: Annotated[str, Meta(max_length=40, description="Field that takes the result")] | None = None
    changed_allowed: bool = False
    samples: bool = True


class SampleOut(Struct, frozen=True, kw_only=True):
    """What the formula gives on one record; ``text`` is null where that is empty."""

    record: UUID
    title: str
    text: str | None


class FormulaOut(Struct, frozen=True, kw_only=True):
    """What a formula means; ``position`` and ``length`` of a problem are in its params, in characters of the text."""

    type: ValueType | None
    type_label: str | None
    problems: list[ProblemOut]
    samples: list[SampleOut]
    note: str | None


def function_out(found: FunctionHelp, language: Language) -> FunctionOut:
    """Return a function in a language."""
    return FunctionOut(
        name=found.name,
        family=found.family.value,
        family_label=found.family_label.text(language),
        signature=found.signature.text(language),
        description=found.description.text(language),
        example=found.example,
        result=found.result,
    )


def names_out(wanted: Wanted, language: Language) -> NamesOut:
    """Return every entity with the fields that formulas may name."""
    labels = _labels(wanted)
    return NamesOut(
        entities=[
            EntityNamesOut(
                key=entity.key,
                label=labels.get((entity.key, None), Label(entity.label)).text(language),
                fields=[_name_out(each, labels.get((entity.key, each.key)), language) for each in entity.fields],
            )
            for entity in wanted.catalogue.values()
        ]
    )


def _labels(wanted: Wanted) -> dict[tuple[str, str | None], Label]:
    found: dict[tuple[str, str | None], Label] = {}
    for entity in wanted.definitions.entities:
        found[entity.key, None] = entity.label
        found.update({(entity.key, each.key): each.label for each in SYSTEM_FIELD_DEFINITIONS})
        found.update({(entity.key, each.key): each.label for each in entity.fields})
    for each in PEOPLE:
        found.update({(each.key, field.key): Label(field.label, *field.aliases[:1]) for field in each.fields})
    return found


def _name_out(ref: FieldRef, label: Label | None, language: Language) -> NameOut:
    spoken = label or Label(ref.label, next((each for each in reversed(ref.aliases) if "__" not in each), ""))
    return NameOut(
        key=ref.key,
        names=[ref.label, *ref.aliases],
        label=spoken.text(language),
        type=ref.type,
        target=ref.target,
        many=ref.is_children,
        choices=[ChoiceOut(key=key, label=text) for key, text in ref.choices],
    )


def asked_of(body: FormulaBody) -> Asked:
    """Return the formula that somebody asks about."""
    return Asked(
        entity=body.entity,
        text=body.text,
        expects=None if body.expects == "any" else ValueType(body.expects),
        field=body.field,
        is_change_allowed=body.changed_allowed,
        is_sampled=body.samples,
    )


def formula_out(found: Checked, language: Language) -> FormulaOut:
    """Return what a formula means, in a language."""
    kind = found.type
    return FormulaOut(
        type=kind,
        type_label=None if kind is None else message(f"formula.type.{kind}", {}, language),
        problems=[problem_out(each, language) for each in found.problems],
        samples=[_sample_out(each) for each in found.samples.rows],
        note=None if found.samples.note is None else describe(found.samples.note, language),
    )


def _sample_out(each: SampleText) -> SampleOut:
    return SampleOut(record=each.record, title=each.title or "", text=each.text)
