"""All field types, by key."""

from collections.abc import Mapping

from xiaolu.metadata.fields.audio import Audio
from xiaolu.metadata.fields.auto_number import AutoNumber
from xiaolu.metadata.fields.barcode import Barcode
from xiaolu.metadata.fields.checklist import Checklist
from xiaolu.metadata.fields.file import File
from xiaolu.metadata.fields.formula_field import FormulaField
from xiaolu.metadata.fields.image import Image
from xiaolu.metadata.fields.location import Location
from xiaolu.metadata.fields.lookup import Lookup
from xiaolu.metadata.fields.many_to_many import ManyToMany
from xiaolu.metadata.fields.protocol import FieldType
from xiaolu.metadata.fields.rating import Rating
from xiaolu.metadata.fields.record_id import RecordId
from xiaolu.metadata.fields.results import RESULT_TYPES
from xiaolu.metadata.fields.rich_text import RichText
from xiaolu.metadata.fields.rollup import Rollup
from xiaolu.metadata.fields.signature import Signature
from xiaolu.metadata.fields.sub_table import SubTable
from xiaolu.metadata.fields.video import Video
from xiaolu.metadata.model.entity import Field

_OTHERS: tuple[FieldType, ...] = (
    RichText(), Checklist(), ManyToMany(), SubTable(), File(), Image(), Audio(), Video(), Signature(),
    Location(), Barcode(), Rating(), AutoNumber(), FormulaField(), Lookup(), Rollup(),
)  # fmt: skip

FIELD_TYPES: Mapping[str, FieldType] = {**RESULT_TYPES, **{each.key: each for each in _OTHERS}}
"""The types that a definition may use."""

_SYSTEM_TYPES: Mapping[str, FieldType] = {RecordId.key: RecordId()}


def field_type(key: str) -> FieldType:
    """Return the type with this key; KeyError where there is none."""
    found = FIELD_TYPES.get(key) or _SYSTEM_TYPES.get(key)
    if found is None:
        raise KeyError(f"no field type {key!r}")
    return found


def has_sort_key(field: Field) -> bool:
    """Tell whether the field's column has the companion ``<key>__sort``, by which lists order it as people expect."""
    return field_type(field.type).sort_of(field) == "pinyin"
