"""The person (or key, or the platform itself) behind a request, and what a policy says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from uuid import UUID

from xiaolu.kit.sql import Sql
from xiaolu.metadata.model.access import FieldAccess


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
class Actor:
    """Who acts. ``kind`` system is the platform itself (worker, installation) and passes every policy."""

    id: UUID | None
    kind: Literal["member", "api_key", "system"]
    name: str
    roles: tuple[str, ...] = ()
    department_id: UUID | None = None
    department_ids: tuple[UUID, ...] = ()
    """Departments the member belongs to."""
    department_tree_ids: tuple[UUID, ...] = ()
    """Those and every one below them, and below the departments the member manages."""
    abilities: frozenset[str] = frozenset()
    language: Literal["zh", "en"] = "zh"


SYSTEM = Actor(id=None, kind="system", name="system", abilities=frozenset({"build", "members", "audit", "health", "api_keys"}))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision fell: the role and grant that allowed it, or what is missing."""

    code: str
    role: str | None = None
    detail: str | None = None


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
    """Access by field key, for every field of the entity."""
    stages: Mapping[str, Mapping[str, FieldAccess]]
    """Stricter access by stage and field."""
    reasons: tuple[Reason, ...] = ()
