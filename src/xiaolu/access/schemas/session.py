"""Shapes of signing in and of one's own account."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from xiaolu.access.schemas.shared import DensityKey, LanguageKey, Ref, Secret, Text, ThemeKey


class RoleRef(Struct, frozen=True):
    """A role and what it is called."""

    key: str
    label: str


class SignInBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Login, password and, where a second factor is in force, a code of it."""

    login: Text
    password: Secret
    code: Secret | None = None


class MeOut(Struct, frozen=True, kw_only=True):
    """The signed-in member."""

    id: UUID
    name: str
    login: str
    email: str | None
    phone: str | None
    department: Ref | None
    roles: list[RoleRef]
    abilities: list[str]
    language: LanguageKey | None
    """None: what the browser asks for."""
    theme: str
    density: str
    must_change_password: bool
    totp: bool


class WorkspaceOut(Struct, frozen=True):
    """The workspace as everybody knows it."""

    name: str
    time_zone: str


class SessionOut(Struct, frozen=True, kw_only=True):
    """Who is signed in, where, and which definitions are in force. ``csrf`` goes into the header ``X-CSRF-Token``."""

    member: MeOut
    workspace: WorkspaceOut
    definitions_version: int
    since: str
    """Where the log of events stands: the live stream that is opened with it misses nothing that was not seen by now."""
    csrf: str | None = None
    viewer: Ref | None = None
    """Who looks at the system as this member; nothing can be changed then."""


class DeviceOut(Struct, frozen=True, kw_only=True):
    """One session in force."""

    id: UUID
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str | None
    agent: str | None
    current: bool


class DevicesOut(Struct, frozen=True):
    """A member's sessions."""

    sessions: list[DeviceOut]


class PasswordBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The member's own password."""

    password: Secret


class ChangePasswordBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The password so far, and the new one."""

    current: Secret
    password: Secret


class TotpOut(Struct, frozen=True):
    """The secret for an authenticator app, plain and as the address for a QR code."""

    secret: str
    uri: str


class CodeBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A one-time code."""

    code: Secret


class RecoveryOut(Struct, frozen=True):
    """Codes for the day the phone is lost; shown this once."""

    recovery_codes: list[str]


class ChangeMeBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What members may change of themselves."""

    language: LanguageKey | UnsetType | None = UNSET
    theme: ThemeKey | UnsetType = UNSET
    density: DensityKey | UnsetType = UNSET
    email: Text | UnsetType | None = UNSET
    phone: Text | UnsetType | None = UNSET
