"""Variants: general templates fitted to an industry, and how a gallery sorts templates."""

from typing import Any

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.common import Definition, Named
from xiaolu.metadata.model.entity import Field, Option, OptionSet
from xiaolu.metadata.model.process import EvidenceSlot, TimeLimit
from xiaolu.metadata.model.view import Condition


class AddedField(Field, frozen=True, kw_only=True):
    """A field that a variant has in addition."""

    after: str | None = None
    """The field that it comes behind; none named: it comes last."""


class StageFit(Definition, frozen=True, kw_only=True):
    """Settings of a stage in place of the general ones; what is not named stays."""

    label: Label | None = None
    description: Label | None = None
    colour: str | None = None
    required: tuple[str, ...] | None = None
    evidence: tuple[EvidenceSlot, ...] | None = None
    readonly: tuple[str, ...] | None = None
    limit: TimeLimit | None = None


class FieldFit(Definition, frozen=True, kw_only=True):
    """Settings of a field in place of the general ones; what is not named stays."""

    label: Label | None = None
    help: Label | None = None
    required: bool | None = None
    default: str | None = None
    required_if: str | None = None
    visible_if: str | None = None
    options: dict[str, Any] | None = None
    """Settings of its type, each in place of the general one: bounds, units, the formula of a computed field."""


class MoveFit(Definition, frozen=True, kw_only=True):
    """Settings of a move in place of the general ones; what is not named stays."""

    label: Label | None = None
    guard: str | None = None
    guard_message: Label | None = None


class FigureFit(Definition, frozen=True, kw_only=True):
    """Settings of a figure in place of the general ones; what is not named stays."""

    label: Label | None = None
    filter: Condition | None = None
    of: Condition | None = None
    unit: Label | None = None


class Words(Definition, frozen=True, kw_only=True):
    """Words of the general template → words of the trade, in all labels of each language."""

    zh: dict[str, str] = msgspec.field(default_factory=dict)
    en: dict[str, str] = msgspec.field(default_factory=dict)


class Variant(Definition, frozen=True, kw_only=True):
    """What an industry does differently from a general template."""

    label: Label
    description: Label
    icon: str | None = None
    words: Words = Words()
    labels: dict[str, Label] = msgspec.field(default_factory=dict)
    """Dotted place (``entities.visit.fields.goal``) → its label, where replacing words is not enough."""
    options: dict[str, tuple[Option, ...]] = msgspec.field(default_factory=dict)
    """Option set → its options, in place of the general ones."""
    option_sets: tuple[OptionSet, ...] = ()
    """Option sets that it has in addition."""
    fields: dict[str, tuple[AddedField, ...]] = msgspec.field(default_factory=dict)
    """Entity → fields that it has in addition."""
    dropped: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Entity → general fields that it has no use for; nothing but lists and cards may refer to them."""
    stages: dict[str, dict[str, StageFit]] = msgspec.field(default_factory=dict)
    """Process → stage → what is different."""
    settings: dict[str, dict[str, FieldFit]] = msgspec.field(default_factory=dict)
    """Entity → field → what is different."""
    moves: dict[str, dict[str, MoveFit]] = msgspec.field(default_factory=dict)
    """Process → move → what is different."""
    figures: dict[str, FigureFit] = msgspec.field(default_factory=dict)
    """Figure → what is different."""
    columns: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """View → fields that its columns (or the cards of a board) show in addition."""


class Industry(Definition, frozen=True, kw_only=True):
    """A file of variants: one industry, by general template."""

    industry: str
    label: Label
    variants: dict[str, Variant] = msgspec.field(default_factory=dict)
    """Key of the general template's app → how it differs."""


class Family(Named, frozen=True, kw_only=True):
    """A kind of work, with the general templates for it."""

    templates: tuple[str, ...]


class Shelf(Definition, frozen=True, kw_only=True):
    """How a gallery is sorted."""

    families: tuple[Family, ...] = ()
    industries: tuple[str, ...] = ()
    """The order of industries; those not named come last."""
