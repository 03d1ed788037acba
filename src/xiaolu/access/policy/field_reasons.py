"""Why somebody does not see a field of a record, or may not change it: which roles say so, always or in the stage. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from xiaolu.access.model import Operation
from xiaolu.access.policy.deciding import decide
from xiaolu.access.policy.predicate import Binding
from xiaolu.access.policy.projecting import field_access
from xiaolu.kit.i18n import Language, message
from xiaolu.metadata.model.access import FieldAccess, Grant
from xiaolu.metadata.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class FieldQuestion:
    """A record about whose fields is asked."""

    snapshot: Snapshot
    entity: str
    stage: str | None
    language: Language
    can_update: bool


@dataclass(frozen=True, slots=True)
class FieldBecause:
    """A field that is hidden or cannot be changed, and the reason in words."""

    field: str
    label: str
    access: FieldAccess
    text: str


def explain_fields(about: FieldQuestion, to: Binding) -> Iterator[FieldBecause]:
    """Yield the fields that a person does not see or, where they may change the record, may not write."""
    operation = Operation.UPDATE if about.can_update else Operation.READ
    reading, writing = (
        decide(to.actor, about.snapshot, about.entity, each, now=to.now, time_zone=to.time_zone)
        for each in (Operation.READ, operation)
    )
    for key, model in about.snapshot.entities[about.entity].fields.items():
        if model.definition.hidden:
            continue
        access = field_access(reading, key, about.stage)
        if access is not FieldAccess.HIDDEN and about.can_update and not model.type.is_computed:
            access = field_access(writing, key, about.stage)
        elif access is not FieldAccess.HIDDEN:
            continue
        if access is not FieldAccess.WRITE:
            label = model.definition.label.text(about.language)
            yield FieldBecause(key, label, access, _words(about, to, key, label, access))


def _words(about: FieldQuestion, to: Binding, key: str, label: str, access: FieldAccess) -> str:
    always, staged = [], []
    for role in to.actor.roles:
        definition = about.snapshot.roles.get(role)
        grant = None if definition is None else _grant(definition.grants, about.entity)
        if definition is None or grant is None:
            continue
        name = definition.label.text(about.language)
        if grant.fields.get(key, FieldAccess.WRITE) is not FieldAccess.WRITE:
            always.append(name)
        elif grant.stages.get(about.stage or "", {}).get(key, FieldAccess.WRITE) is not FieldAccess.WRITE:
            staged.append(name)
    how = "field_hidden" if access is FieldAccess.HIDDEN else "field_read"
    if staged:
        return message(
            f"access.why.{how}_stage",
            {"field": label, "roles": [*always, *staged], "stage": _stage(about)},
            about.language,
        )
    return message(f"access.why.{how}", {"field": label, "roles": always or ["—"]}, about.language)


def _grant(grants: tuple[Grant, ...], entity: str) -> Grant | None:
    by_entity = {each.entity: each for each in grants}
    return by_entity.get(entity, by_entity.get("*"))


def _stage(about: FieldQuestion) -> str:
    process = about.snapshot.entities[about.entity].process
    stage = process.stage(about.stage) if process is not None and about.stage else None
    return stage.label.text(about.language) if stage is not None else "—"
