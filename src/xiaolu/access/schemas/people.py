"""Shapes of members, departments and roles."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from xiaolu.access.schemas.shared import LanguageKey, Ref, Secret, Text, ref
from xiaolu.access.service.people import RoleSummary
from xiaolu.kit.db import Row
from xiaolu.metadata.model.access import Grant


class ResetPasswordBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A new password for somebody else, who must choose their own at the next sign-in unless said otherwise."""

    password: Secret
    must_change: bool = True


class MemberOut(Struct, frozen=True, kw_only=True):
    """A member, for those who manage members."""

    id: UUID
    version: int
    name: str
    login: str
    email: str | None
    phone: str | None
    language: LanguageKey | None
    department: Ref | None
    roles: list[str]
    disabled: bool
    totp: bool
    has_password: bool
    must_change_password: bool
    locked_until: datetime | None
    last_seen_at: datetime | None
    created_at: datetime


class MembersOut(Struct, frozen=True):
    """A page of members in the order of their names' sound."""

    members: list[MemberOut]
    next: str | None
    count: int


class NewMemberBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member about to be added."""

    name: Text
    login: Text
    email: Text | None = None
    phone: Text | None = None
    department: UUID | None = None
    roles: list[Text] = []
    password: Secret | None = None
    must_change_password: bool = True
    language: LanguageKey | None = None
    disabled: bool = False


class ChangeMemberBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall change of a member; with ``version`` only if nobody else was faster."""

    version: int | None = None
    name: Text | UnsetType = UNSET
    login: Text | UnsetType = UNSET
    email: Text | UnsetType | None = UNSET
    phone: Text | UnsetType | None = UNSET
    department: UUID | UnsetType | None = UNSET
    roles: list[Text] | UnsetType = UNSET
    language: LanguageKey | UnsetType | None = UNSET
    disabled: bool | UnsetType = UNSET


class DepartmentOut(Struct, frozen=True, kw_only=True):
    """A department, and how many active members belong to it."""

    id: UUID
    version: int
    name: str
    parent_id: UUID | None
    manager: Ref | None
    position: int
    members: int
    archived: bool


class DepartmentsOut(Struct, frozen=True):
    """The department tree, siblings in order."""

    departments: list[DepartmentOut]


class NewDepartmentBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A department about to be added."""

    name: Text
    parent_id: UUID | None = None
    manager: UUID | None = None
    position: int = 0


class ChangeDepartmentBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall change of a department; with ``version`` only if nobody else was faster."""

    version: int | None = None
    name: Text | UnsetType = UNSET
    parent_id: UUID | UnsetType | None = UNSET
    manager: UUID | UnsetType | None = UNSET
    position: int | UnsetType = UNSET
    archived: bool | UnsetType = UNSET


class PersonOut(Struct, frozen=True):
    """Somebody to choose in a picker."""

    id: UUID
    name: str
    department: str | None
    disabled: bool


class PeopleOut(Struct, frozen=True):
    """People in the order of their names' sound."""

    people: list[PersonOut]


class RoleOut(Struct, frozen=True, kw_only=True):
    """A role that can be given."""

    key: str
    label: str
    abilities: Sequence[str]
    grants: Sequence[Grant]
    members: int
    builtin: bool


class RolesOut(Struct, frozen=True):
    """The roles, the built-in one first."""

    roles: list[RoleOut]


def member_out(row: Row) -> MemberOut:
    """Shape a member."""
    return MemberOut(
        id=row["id"],
        version=row["version"],
        name=row["name"],
        login=row["login"],
        email=row["email"],
        phone=row["phone"],
        language=row["language"],
        department=ref(row, "department_id", "department"),
        roles=list(row["roles"]),
        disabled=row["disabled_at"] is not None,
        totp=row["has_totp"],
        has_password=row["has_password"],
        must_change_password=row["password_must_change"],
        locked_until=row["locked_until"],
        last_seen_at=row["seen_at"],
        created_at=row["created_at"],
    )


def department_out(row: Row) -> DepartmentOut:
    """Shape a department."""
    return DepartmentOut(
        id=row["id"],
        version=row["version"],
        name=row["name"],
        parent_id=row["parent_id"],
        manager=ref(row, "manager_id", "manager"),
        position=row["position"],
        members=row["members"],
        archived=row["archived_at"] is not None,
    )


def role_out(role: RoleSummary) -> RoleOut:
    """Shape a role."""
    return RoleOut(
        key=role.key,
        label=role.label,
        abilities=role.abilities,
        grants=role.grants,
        members=role.members,
        builtin=role.is_builtin,
    )
