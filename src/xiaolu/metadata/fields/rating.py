"""Stars."""

from collections.abc import Mapping
from typing import Any, ClassVar

from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.integer import WholeKind
from xiaolu.metadata.fields.numbers import cell_number
from xiaolu.metadata.fields.protocol import FieldOptions, Names, Parsed, Reader
from xiaolu.metadata.model.entity import Field


class RatingOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a rating: the best one."""

    maximum: int = 5


class Rating(WholeKind[RatingOptions]):
    """From 1 to the maximum."""

    key: ClassVar[str] = "rating"
    label: ClassVar[Label] = Label("评分", "Rating")
    options: ClassVar[type[FieldOptions]] = RatingOptions
    column: ClassVar[str] = "smallint"
    cast_to: ClassVar[Mapping[str, str]] = {
        "integer": "{value}::bigint", "decimal": "{value}::numeric", "text": "{value}::text",
    }  # fmt: skip

    def limits(self, settings: RatingOptions) -> tuple[int | None, int | None]:
        """Return 1 and the maximum."""
        return 1, settings.maximum

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of a rating; operands keep the limits too."""
        return super().reader(field, is_limited=True)

    def check_settings(self, settings: RatingOptions) -> list[Problem]:
        """Return what is wrong with the maximum."""
        if 2 <= settings.maximum <= 100:
            return []
        return [problem("options.out_of_range", "maximum", minimum=2, maximum=100)]

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write stars for short scales, ``7/10`` for long ones."""
        if value is None:
            return ""
        most = self.settings(field).maximum
        return "★" * value + "☆" * max(0, most - value) if most <= 5 else f"{value}/{most}"

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a number, stars, or ``7/10``."""
        if isinstance(text, str):
            stars = text.strip()
            if stars and not stars.strip("★☆⭐"):
                return self.parse(stars.count("★") + stars.count("⭐"), field, names)
            text = cell_number(stars.removesuffix(f"/{self.settings(field).maximum}"), affixes=("星", "分"))
        return self.parse(text, field, names)
