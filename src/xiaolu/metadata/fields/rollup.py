"""Fields that sum up a collection: child rows, records that point here, many-to-many."""

from typing import ClassVar, Literal

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.computed import ComputedKind, ComputedOptions
from xiaolu.metadata.fields.protocol import FieldOptions


class RollupOptions(ComputedOptions, frozen=True, kw_only=True):
    """Settings of a rollup: the collection, what to do, with which of its fields, and for which of its rows.

    ``where`` is a formula over the fields of the collection's entity.
    """

    children: str
    aggregate: Literal["count", "sum", "avg", "min", "max"]
    field: str | None = None
    where: str | None = None


class Rollup(ComputedKind):
    """A figure over a collection, kept up to date."""

    key: ClassVar[str] = "rollup"
    label: ClassVar[Label] = Label("汇总", "Rollup")
    options: ClassVar[type[FieldOptions]] = RollupOptions

    def check_settings(self, settings: RollupOptions) -> list[Problem]:
        """Return what is wrong with the aggregate and the result."""
        found = super().check_settings(settings)
        if settings.aggregate != "count" and settings.field is None:
            found.append(problem("options.aggregate_needs_field", "field", aggregate=settings.aggregate))
        return found
