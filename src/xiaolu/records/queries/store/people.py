"""Members and departments as the end of a path: their names are no secret inside a workspace."""

from collections.abc import Mapping

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.model import FieldModel, field_model
from xiaolu.metadata.model.entity import Field

PEOPLE = ("member", "department")

_NAME = field_model(Field(key="name", type="text", label=Label("姓名", "Name")))
_TITLE = field_model(Field(key="name", type="text", label=Label("名称", "Name")))
_DEPARTMENT = field_model(Field(key="department", type="department", label=Label("部门", "Department")))

PEOPLE_FIELDS: Mapping[tuple[str, str], tuple[FieldModel, str, str | None]] = {
    ("member", "name"): (_NAME, "name", "name_sort"),
    ("member", "department"): (_DEPARTMENT, "department_id", None),
    ("department", "name"): (_TITLE, "name", None),
    ("department", "parent"): (_DEPARTMENT, "parent_id", None),
}
"""(Target, field) → the field, its column, and the column that Chinese sorts by."""
