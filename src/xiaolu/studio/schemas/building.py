"""Shapes of planning and publishing."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaolu.kit.i18n import Language, describe
from xiaolu.kit.problems import Param, Problem
from xiaolu.metadata.model.running import RunningChange, RunningChoice
from xiaolu.metadata.packages.model import ABSENT, Disagreement
from xiaolu.metadata.planner.describing import describe_step, describe_touch
from xiaolu.metadata.planner.model import Step, Touch
from xiaolu.metadata.publishing.model import Progress, VersionInfo

Yaml = Annotated[str, Meta(max_length=8_000_000, description="Definitions as YAML")]
Note = Annotated[str, Meta(max_length=2_000)]
Moves = dict[str, dict[str, str]]


class Wanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Definitions that somebody wants: as JSON in ``definitions`` or as YAML in ``yaml``."""

    definitions: dict[str, Any] | None = None
    yaml: Yaml | None = None
    moves: Moves = {}
    """Process → deleted stage → the stage that its records go to."""
    running: dict[str, RunningChoice] = {}
    """Process → what the records that run in it do; by default they finish on the version they started on."""


class PublishBody(Wanted, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Definitions to publish."""

    base_version: Annotated[int, Meta(ge=0)]
    note: Note = ""


class RestoreBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A roll-back to an earlier version."""

    base_version: Annotated[int, Meta(ge=0)]
    note: Note = ""
    running: dict[str, RunningChoice] = {}


class PackageBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A package to install, and decisions where it and the workspace disagree."""

    yaml: Yaml
    resolutions: dict[str, Literal["mine", "theirs"]] = {}
    note: Note = ""
    moves: Moves = {}
    running: dict[str, RunningChoice] = {}


class StepOut(Struct, frozen=True, kw_only=True):
    """One change, in words."""

    kind: str
    entity: str | None
    field: str | None
    text: str
    risk: str
    rows: int | None


class TouchOut(Struct, frozen=True, kw_only=True):
    """A place that uses what is changed."""

    entity: str
    field: str | None
    kind: str
    key: str
    text: str


class ProblemOut(Struct, frozen=True, kw_only=True):
    """Something that stands in the way."""

    path: list[str | int]
    code: str
    message: str
    params: dict[str, Param]


class DisagreementOut(Struct, frozen=True, kw_only=True):
    """A place that both the workspace and the package changed; missing sides are null and named in ``absent``."""

    place: str
    path: list[str]
    shipped_then: Any
    shipped_now: Any
    yours: Any
    absent: list[str]


class StageNameOut(Struct, frozen=True, kw_only=True):
    """A stage by name."""

    key: str
    label: str


class RunningStageOut(Struct, frozen=True, kw_only=True):
    """A stage of the version that holds so far, and its records."""

    key: str
    label: str
    records: int
    gone: bool
    """True where the new version lacks the stage."""


class RunningChangeOut(Struct, frozen=True, kw_only=True):
    """A process whose change concerns the records that run in it."""

    process: str
    entity: str
    label: str
    number: int
    choice: Literal["finish", "move"]
    chosen: bool
    """Whether somebody chose; otherwise records finish where they started."""
    records: int
    stages: list[RunningStageOut]
    targets: list[StageNameOut]
    """Stages of the new version."""


class PlanOut(Struct, frozen=True, kw_only=True):
    """What publishing would do."""

    steps: list[StepOut]
    touches: list[TouchOut]
    problems: list[ProblemOut]
    conflicts: list[DisagreementOut] = []
    running: list[RunningChangeOut] = []


class PublishedOut(Struct, frozen=True, kw_only=True):
    """What came of publishing; while ``preparing`` the former version still holds."""

    version: int
    state: Literal["published", "preparing", "unchanged"]
    publication: int | None = None


class VersionOut(Struct, frozen=True, kw_only=True):
    """A published version."""

    version: int
    note: str
    author: str
    author_id: UUID | None
    at: datetime
    restored_from: int | None
    steps: list[StepOut]
    signatures: list["SignatureOut"]
    """Changed definitions with owners, and who stood for each."""
    apps: dict[str, str]
    """App → its version."""


class SignatureOut(Struct, frozen=True, kw_only=True):
    """A changed definition with owners, and who stood for the change."""

    place: str
    label: str
    owners: list[str]
    approver: str


class VersionsOut(Struct, frozen=True, kw_only=True):
    """Versions, the newest first; ``next`` is the ``before`` of the next page."""

    versions: list[VersionOut]
    next: int | None


class DefinitionsBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All definitions of a version."""

    version: int
    definitions: dict[str, Any]
    info: VersionOut | None = None


class AppOut(Struct, frozen=True, kw_only=True):
    """An app of the workspace."""

    key: str
    label: str
    version: str
    depends: list[str]
    is_package: bool
    """True where it was installed from a package, false where it was made here."""
    description: str
    icon: str
    entities: int
    views: int
    pages: int
    processes: int


class JobOut(Struct, frozen=True, kw_only=True):
    """Work on a large table that goes on in the background."""

    id: int
    kind: str
    entity: str
    field: str | None
    state: str
    rows_done: int
    problem: str | None


class PendingOut(Struct, frozen=True, kw_only=True):
    """A publication that large tables are being prepared for."""

    id: int
    author: str
    note: str
    started_at: datetime


class EndedOut(Struct, frozen=True, kw_only=True):
    """How the last prepared publication ended."""

    id: int
    state: str
    version: int | None
    problems: list[ProblemOut]


class WorkOut(Struct, frozen=True, kw_only=True):
    """What is under way."""

    pending: PendingOut | None
    last: EndedOut | None
    jobs: list[JobOut]


def step_out(step: Step, language: Language) -> StepOut:
    """Return a step in a language."""
    return StepOut(
        kind=step.kind,
        entity=step.entity,
        field=step.field,
        text=describe_step(step, language),
        risk=step.risk.value,
        rows=step.rows,
    )


def touch_out(touch: Touch, language: Language) -> TouchOut:
    """Return a touched place in a language."""
    return TouchOut(
        entity=touch.entity,
        field=touch.field,
        kind=touch.usage.kind,
        key=touch.usage.key,
        text=describe_touch(touch, language),
    )


def problem_out(found: Problem, language: Language) -> ProblemOut:
    """Return a problem in a language."""
    return ProblemOut(
        path=list(found.path), code=found.code, message=describe(found, language), params=dict(found.params)
    )


def disagreement_out(found: Disagreement) -> DisagreementOut:
    """Return a disagreement."""
    sides = {"shipped_then": found.shipped_then, "shipped_now": found.shipped_now, "yours": found.yours}
    shown = {name: None if value is ABSENT else value for name, value in sides.items()}
    return DisagreementOut(
        place=found.place,
        path=list(found.path),
        shipped_then=shown["shipped_then"],
        shipped_now=shown["shipped_now"],
        yours=shown["yours"],
        absent=[name for name, value in sides.items() if value is ABSENT],
    )


def version_out(info: VersionInfo, language: Language) -> VersionOut:
    """Return a version with its steps in a language."""
    return VersionOut(
        version=info.version,
        note=info.note,
        author=info.author_name,
        author_id=info.author_id,
        at=info.at,
        restored_from=info.restored_from,
        steps=[
            StepOut(
                kind=each["kind"],
                entity=each["entity"],
                field=each["field"],
                text=each[language],
                risk=each["risk"],
                rows=each["rows"],
            )
            for each in info.summary
        ],
        signatures=[
            SignatureOut(
                place=f"{each['collection']}/{each['key']}",
                label=each["label"].get(language) or each["label"]["zh"],
                owners=each["owners"],
                approver=each["approver"],
            )
            for each in info.signatures
        ],
        apps=dict(info.apps),
    )


def job_out(progress: Progress) -> JobOut:
    """Return how far a job is."""
    return JobOut(
        id=progress.id,
        kind=progress.kind,
        entity=progress.entity,
        field=progress.field,
        state=progress.state,
        rows_done=progress.rows_done,
        problem=progress.problem,
    )


def running_out(change: RunningChange, language: Language) -> RunningChangeOut:
    """Return a process whose change concerns its records."""
    kept = {each.key for each in change.after.stages}
    return RunningChangeOut(
        process=change.after.key,
        entity=change.after.entity,
        label=change.after.label.text(language),
        number=change.number,
        choice=change.choice.choice,
        chosen=change.is_chosen,
        records=change.running,
        stages=[
            RunningStageOut(
                key=each.key,
                label=each.label.text(language),
                records=change.stages.get(each.key, 0),
                gone=each.key not in kept,
            )
            for each in change.before.stages
        ],
        targets=[StageNameOut(key=each.key, label=each.label.text(language)) for each in change.after.stages],
    )
