"""The background on a task's card: fields of its record, read afresh for whoever looks at the card."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.metadata.fields.protocol import FileInfo
from xiaolu.metadata.model.entity import OptionSet
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.tasks.model import Task
from xiaolu.tasks.store.cards import CardField, card_field, select_card_values, select_names


@dataclass(slots=True)
class CardNames:
    """The names that a page of cards needs."""

    snapshot: Snapshot
    zone: ZoneInfo
    titles: dict[tuple[str, Any], str] = field(default_factory=dict)

    def option_set(self, key: str) -> OptionSet | None:
        """Return the option set with this key."""
        return self.snapshot.option_set(key)

    def title(self, target: str, identifier: Any) -> str | None:
        """Return what something is called, if the reader may see it."""
        return self.titles.get((target, identifier))

    def find(self, target: str, text: str) -> Sequence[UUID]:
        """Return what was loaded under this name."""
        return [key for (kind, key), title in self.titles.items() if kind == target and title == text]

    def suggest(self, target: str, text: str) -> Sequence[str]:  # noqa: ARG002 - cards are not written to
        """Return nothing."""
        return ()

    def file(self, identifier: UUID) -> FileInfo | None:  # noqa: ARG002 - cards show no files
        """Return nothing."""
        return None


async def read_backgrounds(ctx: Context, tasks: Sequence[Task]) -> dict[UUID, str]:
    """Return "label: value" lines by task, under the permissions and in the language of the context's actor."""
    by_entity: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.entity in ctx.snapshot.entities and task.record_id is not None and task.background:
            by_entity[task.entity or ""].append(task)
    found: dict[UUID, str] = {}
    for entity, group in by_entity.items():
        found |= await _read_entity(ctx, entity, group)
    return found


async def _read_entity(ctx: Context, entity: str, tasks: Sequence[Task]) -> dict[UUID, str]:
    model = ctx.snapshot.entities[entity]
    paths = dict.fromkeys(path for task in tasks for path in task.background)
    fields = {path: card for path in paths if (card := card_field(ctx, model, path)) is not None}
    values = await select_card_values(
        ctx, model, list(fields.values()), {task.record_id for task in tasks if task.record_id}
    )
    names = await _load_names(ctx, list(fields.values()), list(values.values()))
    return {
        task.id: _lines(
            ctx, [fields[path] for path in task.background if path in fields], values[task.record_id], names
        )
        for task in tasks
        if task.record_id in values
    }


def _lines(ctx: Context, fields: Sequence[CardField], values: Mapping[str, Any], names: CardNames) -> str:
    lines = []
    for each in fields:
        last = each.trail[-1]
        text = last.type.display(values[each.path], last.definition, names, ctx.language).strip()
        if text:
            label = " · ".join(step.definition.label.text(ctx.language) for step in each.trail)
            lines.append(f"{label}{'：' if ctx.language == 'zh' else ': '}{text}")
    return "\n".join(lines)


async def _load_names(ctx: Context, fields: Sequence[CardField], rows: Sequence[Mapping[str, Any]]) -> CardNames:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for each in fields:
        target = each.trail[-1].type.target(each.trail[-1].definition)
        if target is not None:
            for row in rows:
                value = row[each.path]
                wanted[target].update(value if isinstance(value, list) else [value] if isinstance(value, UUID) else ())
    names = CardNames(ctx.snapshot, ZoneInfo(ctx.time_zone))
    for target, ids in wanted.items():
        for key, title in (await select_names(ctx, target, ids)).items():
            names.titles[target, key] = title
    return names
