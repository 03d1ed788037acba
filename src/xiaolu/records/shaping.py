"""From a row of an entity's table to the ``Record`` that its reader may see. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from xiaolu.access.model import Decision
from xiaolu.kit.i18n import Language
from xiaolu.metadata.fields.protocol import Names
from xiaolu.records.blueprint import Blueprint, Part, rights_of
from xiaolu.records.model import Can, Record

_SYSTEM_SPOKEN = (("created_by", "member"), ("updated_by", "member"), ("owner", "member"), ("department", "department"))


@dataclass(frozen=True, slots=True)
class Shaper:
    """How rows of one entity look to one reader; made once per request."""

    blueprint: Blueprint
    decision: Decision
    language: Language

    def shape(self, row: Mapping[str, Any], names: Names, can: Can) -> Record:
        """Return the record: ``row`` holds canonical values by column, lists of many-to-many fields by field key."""
        stage = row["stage"]
        rights = rights_of(self.blueprint, self.decision, stage)
        visible = rights.visible
        values: dict[str, Any] = {}
        display: dict[str, str] = {}
        veils = self.decision.veils
        for part in rights.parts:
            key = part.key
            if key not in row:
                continue
            value = row[key]
            if value is None or (veils and self._is_veiled(key, row, names)):
                values[key] = None
                continue
            values[key] = value if part.write is None else part.write(value, part.model.definition)
            if part.is_spoken:
                display[key] = part.model.type.display(value, part.model.definition, names, self.language)
        self._add_system(row, visible, names, display)
        return Record(
            id=row["id"],
            version=row["version"],
            entity=self.blueprint.key,
            title=self.title(row, names) if self.blueprint.title_key in visible else "",
            values=values,
            display=display,
            created_at=row["created_at"],
            created_by=row["created_by"],
            updated_at=row["updated_at"],
            updated_by=row["updated_by"],
            owner=row["owner"] if "owner" in visible else None,
            department=row["department"] if "department" in visible else None,
            stage=stage if "stage" in visible else None,
            stage_since=row["stage_since"] if "stage" in visible else None,
            frozen_until=row["frozen_until"],
            process_version=self.blueprint.model.versions.kept_number(row["process_version"])
            if "stage" in visible
            else None,
            deleted_at=row["deleted_at"],
            can=can,
        )

    def _is_veiled(self, key: str, row: Mapping[str, Any], names: Names) -> bool:
        """Tell whether a lookup's source is hidden; the title of a record that may be read was loaded, no other one."""
        veil = self.decision.veils.get(key)
        return veil is not None and (veil.is_partial or names.title(veil.target, row.get(veil.relation)) is None)

    def title(self, row: Mapping[str, Any], names: Names) -> str:
        """Return what the record is called."""
        part = self.blueprint.parts[self.blueprint.title_key]
        value = row.get(part.key)
        return (
            value
            if isinstance(value, str)
            else part.model.type.display(value, part.model.definition, names, self.language)
        )

    def _add_system(
        self, row: Mapping[str, Any], visible: frozenset[str], names: Names, display: dict[str, str]
    ) -> None:
        for key, target in _SYSTEM_SPOKEN:
            value = row[key]
            if value is not None and key in visible:
                display[key] = names.title(target, value) or ""
        versions, stage = self.blueprint.model.versions, row["stage"]
        if versions.current is not None and stage is not None and "stage" in visible:
            found = versions.stage(stage, row["process_version"])
            display["stage"] = found.label.text(self.language) if found else stage


def wanted_titles(parts: Iterable[Part], rows: Iterable[Mapping[str, Any]]) -> dict[str, set[UUID]]:
    """Collect the ids whose titles the rows' display needs, by target."""
    wanted: dict[str, set[UUID]] = {}
    pointing = [each for each in parts if each.target is not None and each.place != "rows"]
    for row in rows:
        for key, target in _SYSTEM_SPOKEN:
            value = row.get(key)
            if value is not None:
                wanted.setdefault(target, set()).add(value)
        for part in pointing:
            value = row.get(part.key)
            if value is not None and part.target is not None:
                wanted.setdefault(part.target, set()).update(value if isinstance(value, list) else (value,))
    return wanted
