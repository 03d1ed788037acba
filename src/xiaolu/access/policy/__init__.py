"""Policy: from the roles of an actor to a decision — which records, which fields, and why. Pure.

``compiling`` turns roles into a policy once per definitions version; ``predicate`` binds a policy to an actor as SQL;
``deciding`` is what the other packages call; ``explaining`` says why a person can or cannot do something.
"""

from xiaolu.access.policy.deciding import decide, may, related_predicate, require, require_ability
from xiaolu.access.policy.projecting import field_access, masked, visible_fields, writable_fields

__all__ = [
    "decide",
    "field_access",
    "masked",
    "may",
    "related_predicate",
    "require",
    "require_ability",
    "visible_fields",
    "writable_fields",
]
