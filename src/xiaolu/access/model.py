"""The person (or key, or the platform itself) behind a request, and what a policy says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal
from uuid import UUID

from xiaolu.kit.sql import Sql
from xiaolu.metadata.model.access import FieldAccess

ADMIN_ROLE = "admin"
"""The built-in role that may do everything; it is no definition and can be neither changed nor removed."""

ABILITIES: tuple[str, ...] = ("build", "members", "audit", "health", "api_keys", "view_as")
"""Platform-wide rights that a role may carry."""

MANY_SHARES = 500
"""More shared records than this are looked up by the query itself instead of being carried by the actor."""


class Operation(StrEnum):
    """What can be done with an entity's records."""

    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    DELETE = "delete"
    MOVE = "move"
    IMPORT = "import"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class SharedRecords:
    """The records of one entity that were shared with an actor; ``None`` stands for too many to carry."""

    read: tuple[UUID, ...] | None = ()
    """Records that may be read, those that may be changed included."""
    update: tuple[UUID, ...] | None = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``kind`` system is the platform itself (worker, installation) and passes every policy."""

    id: UUID | None
    """The member; for an API key the member who made it."""
    kind: Literal["member", "api_key", "system"]
    name: str
    roles: tuple[str, ...] = ()
    department_id: UUID | None = None
    department_ids: tuple[UUID, ...] = ()
    """The departments that the member belongs to or manages."""
    department_tree_ids: tuple[UUID, ...] = ()
    """Those and every one below them."""
    owns_elsewhere: bool = True
    """False where the actor's own records surely lie in their departments, so that looking at departments suffices."""
    abilities: frozenset[str] = frozenset()
    language: Literal["zh", "en"] | None = None
    """What the member chose to read; with None what the browser asks for."""
    shares: Mapping[str, SharedRecords] = field(default_factory=dict, hash=False)
    """By entity."""
    share_department_ids: tuple[UUID, ...] = ()
    """Departments whose shares reach the actor: their own and every one above it, and those they manage."""
    viewer: "Actor | None" = None
    """Who looks at the system as this member does; nothing is seen that the viewer may not see, and nothing is changed."""

    @property
    def is_system(self) -> bool:
        """Tell whether the platform itself acts."""
        return self.kind == "system"

    @property
    def is_admin(self) -> bool:
        """Tell whether the actor holds the built-in role, or is the platform itself."""
        return self.kind == "system" or ADMIN_ROLE in self.roles


SYSTEM = Actor(id=None, kind="system", name="system", abilities=frozenset(ABILITIES))
ANONYMOUS = Actor(id=None, kind="member", name="")
"""Nobody: the actor of requests that come before sign-in. Every policy denies."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision fell: the role and grant that allowed it, or what is missing."""

    code: str
    role: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Veil:
    """What stands before a lookup: its value shows where the record that it comes from may be read."""

    relation: str
    """The field that leads there."""
    target: str
    condition: Sql
    """Over the target's table under the alias ``v``."""
    is_partial: bool
    """True where records that may be read still do not all show the field (their stage, or a further lookup, hides it)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an actor may do with an entity: default deny.

    ``predicate`` is SQL over the entity's table under the alias ``r`` and restricts which records are reached; stores
    require a decision, so that a query without a permission check cannot be written.
    """

    entity: str
    operation: Operation
    allowed: bool
    predicate: Sql
    fields: Mapping[str, FieldAccess]
    """Access by field key, for every field of the entity and every system field."""
    stages: Mapping[str, Mapping[str, FieldAccess]]
    """Stricter access by stage and field, where it differs from ``fields``."""
    reasons: tuple[Reason, ...] = ()
    veils: Mapping[str, Veil] = field(default_factory=dict)
    """Lookups by field key that show only in part; those that never show are hidden in ``fields``."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A proof of identity that held: who it is, and by which session or key."""

    actor: Actor
    session_id: UUID | None = None
    """None for API keys."""
    must_change_password: bool = False
    """True until a password that somebody else chose is replaced; the actor has no roles until then."""
