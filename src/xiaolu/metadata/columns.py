"""How definitions lie in tables, beyond a field's own column: companion columns, index names, what search covers."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.entity import Entity, Field, Numbering
from xiaolu.metadata.model.workspace import Definitions, by_key, fitting_name
from xiaolu.metadata.numbering import count_in


def sort_column(field_key: str) -> str:
    """Return the name of a field's companion column, which holds how its text sounds (see ``has_sort_key``)."""
    return f"{field_key}__sort"


def unique_index_of(entity_key: str, field_key: str) -> str:
    """Return the name of the index that keeps a field's values unique: what a violation names as its constraint."""
    return fitting_name(f"u_{entity_key}${field_key}")


def search_fields(entity: Entity) -> tuple[Field, ...]:
    """Return the fields whose text a record is found by: its title, and those marked searchable."""
    return tuple(
        field
        for field in entity.fields
        if (field.searchable or field.key == entity.title)
        and field_type(field.type).is_text
        and field_type(field.type).storage(field) is not None
    )


class Values(Protocol):
    """The values of a record, by field key."""

    def get(self, key: str, default: Any = None, /) -> Any:
        """Return a value, or ``default`` where there is none."""
        ...


def searched_numberings(definitions: Definitions, entity: Entity) -> dict[str, Numbering]:
    """Return the numberings of an entity's ``search_fields`` that are automatic numbers, by field."""
    numbered = [each for each in search_fields(entity) if each.type == "auto_number"]
    found = {each.key: by_key(definitions.numberings, str(each.options.get("numbering"))) for each in numbered}
    return {key: numbering for key, numbering in found.items() if numbering is not None}


def counts_in(numberings: Mapping[str, Numbering], values: Values) -> list[str]:
    """Return the counts within a record's automatic numbers: people type the 00007 of KH00007 alone."""
    found: list[str] = []
    for key, numbering in numberings.items():
        number = values.get(key)
        count = count_in(numbering, number) if number else None
        if count is not None:
            found.append(count)
    return found


def search_texts(fields: Iterable[Field], values: Values, numberings: Mapping[str, Numbering]) -> list[str]:
    """Return the texts that a record is found by, from the canonical values of its ``search_fields``."""
    found = counts_in(numberings, values)
    for field in fields:
        value = values.get(field.key)
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found.extend(str(each) for each in value)
    return found
