"""Provinces, cities and districts."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import problem
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.protocol import FieldOptions, Names, Parsed, Reader, Refusal, refuse
from xiaolu.metadata.fields.regions import LEVELS, divided_regions, find_regions, full_name, regions, suggest_regions
from xiaolu.metadata.fields.texts import cell_text
from xiaolu.metadata.model.entity import Field


class RegionOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a region: down to which level one must choose."""

    level: Literal["province", "city", "district"] = "province"


class Region(Kind[RegionOptions]):
    """A province, city or district; the value is its code, which sorts and filters by province and city."""

    key: ClassVar[str] = "region"
    label: ClassVar[Label] = Label("地区", "Region")
    options: ClassVar[type[FieldOptions]] = RegionOptions
    operators: ClassVar[tuple[str, ...]] = ("eq", "ne", "in", "not_in", "under", "empty", "not_empty")
    cast_to: ClassVar[Mapping[str, str]] = {"text": "{value}"}

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of a code or a written name."""
        wanted = LEVELS.index(self.settings(field).level) if is_limited else 0
        known, divided = regions(), divided_regions()

        def read(raw: Any, names: Names) -> Any:
            if raw is None:
                return None
            if not isinstance(raw, str):
                return refuse("field.expected_region")
            region = known.get(raw)
            if region is None:
                if not raw.strip():
                    return None
                code = find_code(raw)
                if isinstance(code, Refusal):
                    return code
                region = known[code]
            if LEVELS.index(region.level) < wanted and region.code in divided:
                return refuse("region.too_coarse", value=region.name, level=f"@region.level.{LEVELS[wanted]}")
            return region.code

        return read

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell with a code or a written name."""
        return self.parse(cell_text(text), field, names)

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the names from the province down."""
        return "" if value is None else full_name(value) or value


def find_code(text: str) -> str | Refusal:
    """Return the one code that a written name means, or a refusal with the names that are near."""
    found = find_regions(text.strip())
    if len(found) == 1:
        return found[0]
    value = text.strip()[:60]
    if found:
        return refuse("region.ambiguous", value=value, near=[full_name(each) or each for each in found[:5]])
    near = suggest_regions(value)
    return Refusal(
        problem("region.unknown_near", value=value, near=near) if near else problem("region.unknown", value=value)
    )
