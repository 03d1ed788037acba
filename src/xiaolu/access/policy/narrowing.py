"""What two people may both do: for somebody who looks at the system as another member does. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from xiaolu.access.model import Decision, Veil
from xiaolu.access.policy.fields import stricter
from xiaolu.access.policy.projecting import field_access
from xiaolu.kit.sql import all_of


def narrowed(decision: Decision, by: Decision) -> Decision:
    """Return what both decisions allow: the records that both reach, the fields as the stricter of the two shows them."""
    keys = tuple(decision.fields)
    fields = {key: stricter(field_access(decision, key), field_access(by, key)) for key in keys}
    stages = {}
    for stage in dict.fromkeys((*decision.stages, *by.stages)):
        narrow = {key: stricter(field_access(decision, key, stage), field_access(by, key, stage)) for key in keys}
        different = {key: access for key, access in narrow.items() if access is not fields[key]}
        if different:
            stages[stage] = different
    return replace(
        decision,
        allowed=decision.allowed and by.allowed,
        predicate=all_of((decision.predicate, by.predicate)),
        fields=fields,
        stages=stages,
        veils=_both(decision.veils, by.veils),
    )


def _both(mine: Mapping[str, Veil], theirs: Mapping[str, Veil]) -> dict[str, Veil]:
    found = {**theirs, **mine}
    for key in mine.keys() & theirs.keys():
        condition = all_of((mine[key].condition, theirs[key].condition))
        found[key] = replace(mine[key], condition=condition, is_partial=mine[key].is_partial or theirs[key].is_partial)
    return found
