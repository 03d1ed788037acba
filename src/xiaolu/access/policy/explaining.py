"""Why somebody can or cannot do something with a record, reason by reason. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from xiaolu.access.model import Actor, Operation
from xiaolu.access.policy.compiling import Policy, policy_of
from xiaolu.access.policy.deciding import decide
from xiaolu.access.policy.field_reasons import FieldBecause, FieldQuestion, explain_fields
from xiaolu.access.policy.predicate import Binding, bind, reach_predicate, shared_predicate
from xiaolu.access.policy.projecting import field_access
from xiaolu.kit.i18n import Language, message
from xiaolu.kit.problems import Param
from xiaolu.kit.sql import Sql
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.snapshot import Snapshot

EXPLAINED = (Operation.READ, Operation.UPDATE, Operation.DELETE, Operation.MOVE)


@dataclass(frozen=True, slots=True)
class Because:
    """One reason, in words, and whether it speaks for or against."""

    operation: Operation
    speaks_for: bool
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What a record's permissions depend on; ``meets`` answers the conditions of ``questions``."""

    owner_name: str | None
    department_name: str | None
    stage: str | None
    is_deleted: bool
    meets: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What somebody may do with a record, and why."""

    can: Mapping[Operation, bool]
    reasons: tuple[Because, ...]
    fields: tuple[FieldBecause, ...] = ()
    """Fields of a readable record that are hidden or cannot be changed."""


def questions(snapshot: Snapshot, entity: str, to: Binding) -> dict[str, Sql]:
    """Return the conditions that an explanation needs answered for the record, by name."""
    asked: dict[str, Sql] = {}
    for operation in EXPLAINED:
        policy = _policy(to.actor, snapshot, entity, operation)
        asked[operation.value] = bind(policy, to)
        for index, reach in enumerate(policy.reaches):
            asked[f"{operation.value}_{index}"] = reach_predicate(reach, to)
    for access in ("read", "update"):
        asked[f"shared_{access}"] = shared_predicate(entity, access, to)
    return asked


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Words a reason about a record in one language."""

    snapshot: Snapshot
    facts: RecordFacts
    language: Language

    def because(self, operation: Operation, code: str, *, speaks_for: bool, **params: Param) -> Because:
        spoken: dict[str, Param] = {
            "operation": message(f"access.operation.{operation.value}", {}, self.language),
            "owner": self.facts.owner_name or "—",
            "department": self.facts.department_name or "—",
            **params,
        }
        return Because(operation, speaks_for, code, message(code, spoken, self.language))

    def role(self, key: str) -> str:
        known = self.snapshot.roles.get(key)
        return key if known is None else known.label.text(self.language)


def explain(
    snapshot: Snapshot, entity: str, facts: RecordFacts, *, to: Binding, language: Language = "zh"
) -> Explanation:
    """Return what ``to.actor`` may do with the record and why: grants, scopes, shares, deletion, hidden fields."""
    speaker = _Speaker(snapshot, facts, language)
    reasons: list[Because] = []
    if facts.is_deleted:
        reasons.append(speaker.because(Operation.READ, "access.why.deleted", speaks_for=False))
    for operation in EXPLAINED:
        reasons.extend(_of_operation(_policy(to.actor, snapshot, entity, operation), speaker))
    can = {each: facts.meets[each.value] and not facts.is_deleted for each in EXPLAINED}
    fields: tuple[FieldBecause, ...] = ()
    if can[Operation.READ]:
        reasons.extend(_hidden(speaker, entity, to))
        about = FieldQuestion(snapshot, entity, facts.stage, language, can_update=can[Operation.UPDATE])
        fields = tuple(explain_fields(about, to))
    return Explanation(can, tuple(reasons), fields)


def _of_operation(policy: Policy, speaker: _Speaker) -> list[Because]:
    operation, meets = policy.operation, speaker.facts.meets
    if not policy.allowed:
        return [speaker.because(operation, "access.why.no_grant", speaks_for=False)]
    found: list[Because] = []
    for index, reach in enumerate(policy.reaches):
        within = meets[f"{operation.value}_{index}"]
        code = f"access.why.{'within' if within else 'outside'}.{reach.scope.value}"
        found.append(speaker.because(operation, code, speaks_for=within, role=speaker.role(reach.role)))
    if policy.shared is not None and meets[f"shared_{policy.shared}"]:
        found.append(speaker.because(operation, "access.why.shared", speaks_for=True))
    granted = [each for each in found if each.speaks_for]
    if not granted:
        return found
    if not meets[operation.value]:
        return [speaker.because(operation, "access.why.unreadable", speaks_for=False)]
    return granted


def _hidden(speaker: _Speaker, entity: str, to: Binding) -> list[Because]:
    decision = decide(to.actor, speaker.snapshot, entity, Operation.READ, now=to.now, time_zone=to.time_zone)
    labels = [
        each.definition.label.text(speaker.language)
        for key, each in speaker.snapshot.entities[entity].fields.items()
        if not each.definition.hidden and field_access(decision, key, speaker.facts.stage) is FieldAccess.HIDDEN
    ]
    if not labels:
        return []
    return [speaker.because(Operation.READ, "access.why.hidden_fields", speaks_for=False, fields=labels)]


def _policy(actor: Actor, snapshot: Snapshot, entity: str, operation: Operation) -> Policy:
    return policy_of(snapshot, actor.roles, entity, operation, is_system=actor.is_system)
