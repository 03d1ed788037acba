"""What every definition shares."""

import msgspec

from xiaolu.kit.i18n import Label

KEY_PATTERN = r"^[a-z][a-z0-9_]{0,39}$"
"""Keys are lower-case identifiers of at most 40 characters; tables and columns are named from them and never renamed."""


class Definition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all definitions."""


class Named(Definition, frozen=True, kw_only=True):
    """A definition with a stable key and a label that may change at will."""

    key: str
    label: Label
    description: Label | None = None


class Owned(Named, frozen=True, kw_only=True):
    """A definition that may have owners: a change by somebody else takes effect only once one of them approved it."""

    owners: tuple[str, ...] = ()
    """Roles; none named: everybody who builds may change the definition."""
