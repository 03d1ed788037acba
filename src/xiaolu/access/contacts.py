"""How members are reached: e-mail and phone, read and written as the field types do."""

from zoneinfo import ZoneInfo

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem
from xiaolu.metadata.fields.names import LoadedNames
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.entity import Field

_EMAIL = Field(key="email", type="email", label=Label("邮箱", "E-mail"))
_PHONE = Field(key="phone", type="phone", label=Label("电话", "Phone"))
_NAMES = LoadedNames(zone=ZoneInfo("UTC"))
"""Neither type looks a name up."""


def read_email(text: str | None) -> tuple[str | None, list[Problem]]:
    """Return an e-mail address in its one form, or what is wrong with it; blank is none."""
    return _read(text, _EMAIL)


def read_phone(text: str | None) -> tuple[str | None, list[Problem]]:
    """Return a phone number in its one form, or what is wrong with it; blank is none."""
    return _read(text, _PHONE)


def _read(text: str | None, field: Field) -> tuple[str | None, list[Problem]]:
    found = field_type(field.type).parse(text, field, _NAMES)
    return found.value, list(found.problems)
