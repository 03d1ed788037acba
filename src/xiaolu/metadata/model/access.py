"""Roles as definitions: what a role may do with which records and fields."""

from enum import StrEnum

import msgspec

from xiaolu.metadata.model.common import Definition, Owned


class Scope(StrEnum):
    """Which records a permission reaches."""

    NONE = "none"
    OWN = "own"
    DEPARTMENT = "department"
    DEPARTMENT_TREE = "department_tree"
    ALL = "all"
    FORMULA = "formula"


class FieldAccess(StrEnum):
    """What a role may do with a field."""

    HIDDEN = "hidden"
    READ = "read"
    WRITE = "write"


class Grant(Definition, frozen=True, kw_only=True):
    """A role's permissions on one entity (``*``: each entity without a grant of its own). What is not named is denied."""

    entity: str
    create: bool = False
    read: Scope = Scope.NONE
    update: Scope = Scope.NONE
    delete: Scope = Scope.NONE
    move: Scope = Scope.NONE
    import_: bool = msgspec.field(default=False, name="import")
    export: bool = False
    formula: str | None = None
    """Condition for scopes that say ``formula``."""
    fields: dict[str, FieldAccess] = msgspec.field(default_factory=dict)
    """Fields that differ from the default ``write``."""
    stages: dict[str, dict[str, FieldAccess]] = msgspec.field(default_factory=dict)
    """Stage key → field → access while the record is in that stage (the stricter of the two holds)."""


class Role(Owned, frozen=True, kw_only=True):
    """A set of permissions that members hold."""

    grants: tuple[Grant, ...] = ()
    abilities: tuple[str, ...] = ()
    """Platform-wide rights: build (definitions), members (people and roles), audit, health, api_keys, view_as."""
