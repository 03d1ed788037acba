"""SQL of saved views."""

from datetime import datetime
from uuid import UUID

from xiaolu.kit.sql import Sql, compose, param, raw

_COLUMNS = "SELECT id, entity, owner_id, is_shared, view FROM saved_view "


def select_views(member: UUID, entity: str | None) -> Sql:
    """Return the statement for a member's own views and the shared ones, oldest first."""
    of_entity = raw("") if entity is None else compose(" AND entity = {entity}", entity=param(entity, "text"))
    return compose(
        _COLUMNS + "WHERE (owner_id = {member} OR is_shared){of_entity} ORDER BY id",
        member=param(member, "uuid"),
        of_entity=of_entity,
    )


def select_own(member: UUID) -> Sql:
    """Return the statement for the ids of a member's own views."""
    return compose("SELECT id FROM saved_view WHERE owner_id = {member}", member=param(member, "uuid"))


def select_view(identifier: UUID) -> Sql:
    """Return the statement for one view."""
    return compose(_COLUMNS + "WHERE id = {id}", id=param(identifier, "uuid"))


def insert_view(identifier: UUID, entity: str, owner: UUID, *, is_shared: bool, now: datetime, view: str) -> Sql:
    """Return the statement that keeps a new view."""
    return compose(
        "INSERT INTO saved_view (id, entity, owner_id, is_shared, view, created_at, updated_at) "
        "VALUES ({id}, {entity}, {owner}, {shared}, {view}, {now}, {now})",
        id=param(identifier, "uuid"),
        entity=param(entity, "text"),
        owner=param(owner, "uuid"),
        shared=param(is_shared, "boolean"),
        view=param(view, "jsonb"),
        now=param(now, "timestamptz"),
    )


def update_view(identifier: UUID, *, is_shared: bool, now: datetime, view: str) -> Sql:
    """Return the statement that changes a view."""
    return compose(
        "UPDATE saved_view SET is_shared = {shared}, view = {view}, updated_at = {now} WHERE id = {id}",
        id=param(identifier, "uuid"),
        shared=param(is_shared, "boolean"),
        view=param(view, "jsonb"),
        now=param(now, "timestamptz"),
    )


def delete_view(identifier: UUID) -> Sql:
    """Return the statement that removes a view."""
    return compose("DELETE FROM saved_view WHERE id = {id}", id=param(identifier, "uuid"))
