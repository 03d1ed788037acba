"""Use cases of those who look at the model; all demand the ability ``build`` and change nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.kit.errors import NotFound
from xiaolu.kit.i18n import Label, message
from xiaolu.kit.problems import Problem
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.entity import Numbering
from xiaolu.metadata.model.workspace import Definitions, by_key
from xiaolu.metadata.numbering import form_of
from xiaolu.metadata.planner.model import Usage
from xiaolu.metadata.planner.named_usages import NamedKind, fields_of_set, named_usages
from xiaolu.metadata.planner.usages import usages
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.metadata.validation.lists import check_numbering
from xiaolu.studio.modelling import store
from xiaolu.studio.wanted import wanted_definitions

UsedKind: TypeAlias = Literal["field", "entity"] | NamedKind
MOST_RECORDS = 100_000
"""Records of an entity are counted no further."""
AHEAD = 3


@dataclass(frozen=True, slots=True)
class Used:
    """What is asked after: ``owner`` is the entity of a field, the set of an option, the process of a stage."""

    kind: UsedKind
    key: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class NextNumbers:
    """The numbers that would be given next, or why there are none."""

    numbers: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


async def find_usages(ctx: Context, used: Used) -> tuple[Usage, ...]:
    """Return where something is used in the open draft; of a role also how many members have it."""
    require_ability(ctx, "build")
    definitions = (await wanted_definitions(ctx)).definitions
    if not _is_known(definitions, used):
        raise NotFound("studio.unknown_place", entity=used.owner or used.key, field=used.key if used.owner else "")
    if used.kind == "field":
        return usages(definitions, used.owner, used.key)
    if used.kind == "entity":
        return usages(definitions, used.key)
    found = named_usages(definitions, used.kind, used.key, used.owner)
    if used.kind == "role":
        count = await store.count_holders(ctx.uow, used.key)
        if count:
            words = {each: message("studio.usage.holders", {"count": count}, each) for each in ("zh", "en")}
            found = (*found, Usage("member", used.key, Label(words["zh"], words["en"]), aspect="holds"))
    return found


def _is_known(definitions: Definitions, used: Used) -> bool:
    snapshot = Snapshot(0, definitions)
    match used.kind:
        case "field":
            model = snapshot.entities.get(used.owner)
            return model is not None and model.find(used.key) is not None
        case "entity":
            return used.key in snapshot.entities
        case "option":
            group = snapshot.option_sets.get(used.owner)
            return group is not None and any(each.key == used.key for each in group.options)
        case "stage":
            process = by_key(definitions.processes, used.owner)
            return process is not None and process.stage(used.key) is not None
    lists = {
        "option_set": definitions.option_sets,
        "numbering": definitions.numberings,
        "process": definitions.processes,
        "view": definitions.views,
        "role": definitions.roles,
        "number": definitions.numbers,
        "page": definitions.pages,
        "app": definitions.apps,
    }
    return any(each.key == used.key for each in lists[used.kind])


async def count_choices(ctx: Context, option_set: str) -> dict[str, int] | None:
    """Return how many records hold each option of a set, over all published fields; None where counting takes too long."""
    require_ability(ctx, "build")
    fields = []
    for entity, field in fields_of_set(ctx.snapshot.definitions, option_set):
        storage = field_type(field.type).storage(field)
        if storage is not None and storage.type in ("text", "text[]"):
            fields.append((entity.key, field.key, storage.type == "text[]"))
    return await store.count_choices(ctx.uow, fields)


async def count_entities(ctx: Context) -> dict[str, int]:
    """Return how many records each published entity has, counted up to ``MOST_RECORDS``."""
    require_ability(ctx, "build")
    return await store.count_records(ctx.uow, list(ctx.snapshot.entities), MOST_RECORDS)


async def preview_numbers(ctx: Context, numbering: Numbering) -> NextNumbers:
    """Return the next numbers that a numbering would give today, going on from where it has counted to."""
    require_ability(ctx, "build")
    problems = tuple(check_numbering(numbering))
    if problems:
        return NextNumbers((), problems)
    form = form_of(numbering, ctx.now.astimezone(ZoneInfo(ctx.time_zone)).date())
    counted = await store.counted(ctx.uow, numbering.key, form.period)
    first = numbering.start if counted is None else counted + 1
    return NextNumbers(tuple(form.text(first + each) for each in range(AHEAD)))


async def read_places(ctx: Context) -> dict[str, tuple[int, int]]:
    """Return where builders have put entities on the picture of the model."""
    require_ability(ctx, "build")
    return await store.read_places(ctx.uow)


async def place_entities(ctx: Context, places: Mapping[str, tuple[int, int]], *, keep: bool) -> None:
    """Put entities at places of the picture, for every builder; without ``keep`` all others find their own."""
    require_ability(ctx, "build")
    await store.write_places(ctx.uow, places, keep=keep)
