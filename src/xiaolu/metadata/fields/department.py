"""Departments of the workspace."""

from typing import ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.references import REFERENCE_OPERATORS
from xiaolu.metadata.fields.user import PeopleKind


class Department(PeopleKind):
    """A department."""

    key: ClassVar[str] = "department"
    label: ClassVar[Label] = Label("部门", "Department")
    operators: ClassVar[tuple[str, ...]] = (*REFERENCE_OPERATORS, "under")
    table: ClassVar[str] = "department"
