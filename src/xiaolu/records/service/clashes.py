"""Two people changed one record: say which fields the other one changed, to what, and who it was."""

from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Decision
from xiaolu.kit.errors import Conflict
from xiaolu.kit.problems import Param, Problem, problem
from xiaolu.metadata.fields.system import SYSTEM_FIELD_MODELS
from xiaolu.records.blueprint import Blueprint, rights_of
from xiaolu.records.past import past_text, past_titles
from xiaolu.records.store.events import read_since
from xiaolu.records.store.titles import load_titles


async def clash_of(
    ctx: Context, blueprint: Blueprint, reading: Decision, stored: dict[str, Any], *, seen: int, mine: set[str]
) -> Conflict:
    """Return the refusal of a change to a record that others changed since the person saw version ``seen``."""
    visible = rights_of(blueprint, reading, stored["stage"]).visible
    changes: dict[str, tuple[Any, UUID | None]] = {}
    for event in await read_since(ctx, stored["id"], seen):
        for key, value in event.after.items():
            if key in visible:
                changes[key] = (value, event.actor_id)
    titles = await load_titles(
        ctx,
        past_titles(
            blueprint, [{key: value for key, (value, _) in changes.items()}], [who for _, who in changes.values()]
        ),
    )
    problems: list[Problem] = []
    for key, (value, who) in changes.items():
        model = blueprint.model.fields.get(key) or blueprint.model.system.get(key) or SYSTEM_FIELD_MODELS.get(key)
        if model is None or model.type.is_computed or key in ("stage_since", "department"):
            continue
        label = model.definition.label
        params: dict[str, Param] = {
            "label": label.zh,
            "label_en": label.en or label.zh,
            "by": (titles.title("member", who) or "") if who else "",
            "value": past_text(model, value, titles, ctx.language),
            "is_mine_too": key in mine,
        }
        problems.append(problem("record.field_changed", "values", key, **params))
    return Conflict("record.changed", problems, current=stored["version"])
