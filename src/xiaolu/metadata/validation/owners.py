"""Owners of definitions are roles that exist."""

import msgspec

from xiaolu.metadata.model.common import Owned
from xiaolu.metadata.validation.scope import BUILT_IN_ROLES, Found, Scope, unknown


def check_owners(scope: Scope) -> Found:
    """Check the owners of everything that may have some."""
    for field in msgspec.structs.fields(scope.definitions):
        items = getattr(scope.definitions, field.name)
        if not isinstance(items, tuple):
            continue
        for item in items:
            if not isinstance(item, Owned):
                continue
            for position, role in enumerate(item.owners):
                if role not in scope.roles and role not in BUILT_IN_ROLES:
                    yield unknown("reference.role", role, scope.roles, field.name, item.key, "owners", position)
