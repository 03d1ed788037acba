"""Processes: stages that can be reached, transitions between what exists, evidence and effects that can be carried out."""

from collections.abc import Mapping
from typing import Any

from xiaolu.kit.problems import problem
from xiaolu.metadata.decoding import decode
from xiaolu.metadata.model.evidence import EvidenceRules
from xiaolu.metadata.model.process import Effect, EvidenceSlot, Process, Stage, Transition
from xiaolu.metadata.validation.effects import check_effect
from xiaolu.metadata.validation.people import check_step
from xiaolu.metadata.validation.scope import BUILT_IN_ROLES, Found, Scope, unknown

EVIDENCE_KINDS = ("file", "image", "text", "link", "event")
STAGE_KINDS = ("open", "won", "lost")
CALENDARS = ("calendar", "working")
START_EFFECTS = ("task", "notify")
_VALIDATORS = {
    "file": {"content_types", "min_bytes", "max_bytes", "max_age_hours", "not_future", "exif_time"},
    "image": {
        "content_types", "min_bytes", "max_bytes", "max_age_hours", "not_future", "exif_time", "exif_place",
    },
    "text": {"min_length", "phrases"},
    "link": {"entity"},
    "event": {"event"},
}  # fmt: skip


def check_processes(scope: Scope) -> Found:
    """Check each process."""
    entities: set[str] = set()
    for process in scope.definitions.processes:
        here = ("processes", process.key)
        if process.entity not in scope.entities:
            yield unknown("reference.entity", process.entity, scope.entities, *here, "entity")
            continue
        if process.entity in entities:
            yield problem("process.second", *here, "entity", entity=process.entity)
        entities.add(process.entity)
        yield from _check_set(scope, process.reasons, *here, "reasons")
        yield from _check_paths(scope, process.entity, process.background, *here, "background")
        stages = {each.key: each for each in process.stages}
        if process.initial not in stages:
            yield unknown("reference.stage", process.initial, stages, *here, "initial")
        for stage in process.stages:
            yield from _check_stage(scope, process, stage)
        yield from _check_start(scope, process)
        for transition in process.transitions:
            yield from _check_transition(scope, process, transition, stages)
        yield from _check_reach(process, stages)


def _check_stage(scope: Scope, process: Process, stage: Stage) -> Found:
    here = ("processes", process.key, "stages", stage.key)
    fields = scope.fields(process.entity)
    for name in ("required", "readonly", "open_when_frozen"):
        for position, key in enumerate(getattr(stage, name)):
            if key not in fields:
                yield unknown("reference.field", key, fields, *here, name, position)
    yield from _check_allowed(stage.kind, STAGE_KINDS, *here, "kind")
    if stage.limit is not None:
        at = (*here, "limit")
        yield from _check_allowed(stage.limit.calendar, CALENDARS, *at, "calendar")
        for name in ("hours", "step_hours"):
            if not 0 < getattr(stage.limit, name) <= 100_000:
                yield problem("options.out_of_range", *at, name, minimum=0, maximum=100_000)
        for position, step in enumerate(stage.limit.escalate):
            yield from check_step(scope, process.entity, step, *at, "escalate", position, may_be_field=False)
    for slot in stage.evidence:
        yield from _check_slot(scope, process.entity, slot, *here, "evidence", slot.key)


def _check_slot(scope: Scope, entity: str, slot: EvidenceSlot, *path: str | int) -> Found:
    yield from _check_allowed(slot.kind, EVIDENCE_KINDS, *path, "kind")
    if not 1 <= slot.minimum <= 100:
        yield problem("options.out_of_range", *path, "minimum", minimum=1, maximum=100)
    rules, problems = decode(slot.validators, EvidenceRules, ("validators",))
    yield from (each.under(*path) for each in problems)
    if rules is None:
        return
    for name in slot.validators:
        if slot.kind in _VALIDATORS and name not in _VALIDATORS[slot.kind]:
            allowed = sorted(_VALIDATORS[slot.kind])
            yield problem("evidence.validator_not_for_kind", *path, "validators", name, kind=slot.kind, allowed=allowed)
    if rules.entity is not None and rules.entity not in scope.entities:
        yield unknown("reference.entity", rules.entity, scope.entities, *path, "validators", "entity")
    if slot.kind == "event" and rules.event is None:
        yield problem("definition.missing_key", *path, "validators", "event", key="event")
    if rules.exif_place is not None and rules.exif_place.field is not None:
        place = scope.place(entity, rules.exif_place.field)
        at = (*path, "validators", "exif_place", "field")
        if place is None or place.field is None:
            yield scope.unknown_path(entity, rules.exif_place.field, *at)
        elif place.field.type != "location":
            yield problem("evidence.not_a_location", *at, key=rules.exif_place.field)


def _check_transition(scope: Scope, process: Process, transition: Transition, stages: Mapping[str, Stage]) -> Found:
    here = ("processes", process.key, "transitions", transition.key)
    if not transition.source:
        yield problem("process.no_source", *here, "source")
    for position, key in enumerate(transition.source):
        if key not in stages:
            yield unknown("reference.stage", key, stages, *here, "source", position)
    if transition.target not in stages:
        yield unknown("reference.stage", transition.target, stages, *here, "target")
    for position, role in enumerate(transition.roles):
        if role not in scope.roles and role not in BUILT_IN_ROLES:
            yield unknown("reference.role", role, scope.roles, *here, "roles", position)
    yield from _check_set(scope, transition.reasons, *here, "reasons")
    yield from _check_effects(scope, process.entity, transition.effects, *here, "effects")


def _check_start(scope: Scope, process: Process) -> Found:
    """A new record makes work and tells people; it is neither frozen nor filled in by its process."""
    at = ("processes", process.key, "on_create")
    yield from _check_effects(scope, process.entity, process.on_create, *at)
    for position, effect in enumerate(process.on_create):
        yield from _check_allowed(effect.do, START_EFFECTS, *at, position, "do")
        if effect.into is not None:
            yield problem("effect.not_at_start", *at, position, "into")


def _check_effects(scope: Scope, entity: str, effects: tuple[Effect, ...], *at: str | int) -> Found:
    for position, effect in enumerate(effects):
        yield from check_effect(scope, entity, effect, *at, position)
        yield from _check_paths(scope, entity, effect.background, *at, position, "background")


def _check_reach(process: Process, stages: Mapping[str, Stage]) -> Found:
    """Report the stages that no record can ever come to."""
    reached, waiting = {process.initial}, [process.initial]
    while waiting:
        source = waiting.pop()
        for transition in process.transitions:
            if source in transition.source and transition.target not in reached:
                reached.add(transition.target)
                waiting.append(transition.target)
    if process.initial in stages:
        for key in stages:
            if key not in reached:
                yield problem("process.unreachable", "processes", process.key, "stages", key, stage=key)


def _check_set(scope: Scope, key: str | None, *path: str | int) -> Found:
    if key is not None and key not in scope.option_sets:
        yield unknown("reference.option_set", key, scope.option_sets, *path)


def _check_paths(scope: Scope, entity: str, paths: tuple[str, ...], *at: str | int) -> Found:
    for position, path in enumerate(paths):
        if scope.place(entity, path) is None:
            yield scope.unknown_path(entity, path, *at, position)


def _check_allowed(value: Any, allowed: tuple[str, ...], *path: str | int) -> Found:
    if value not in allowed:
        yield problem("definition.not_allowed", *path, value=str(value), allowed=list(allowed))
