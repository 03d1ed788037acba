"""Shapes of the draft."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from msgspec import Meta, Struct

from xiaolu.kit.i18n import Language
from xiaolu.studio.draft import checking
from xiaolu.studio.draft.approving import Standing
from xiaolu.studio.draft.difference import Change, differences, spoken, told
from xiaolu.studio.draft.model import Edit, Op, Request, Scheduled
from xiaolu.studio.draft.releasing import Changes
from xiaolu.studio.draft.service import Opened, is_changed
from xiaolu.studio.schemas.building import (
    DisagreementOut,
    Note,
    ProblemOut,
    RunningChangeOut,
    StepOut,
    TouchOut,
    disagreement_out,
    problem_out,
    running_out,
    step_out,
    touch_out,
)

RoleName: TypeAlias = Callable[[str], str]
"""Gives a role's name in the reader's language."""
Segment = Annotated[str, Meta(max_length=200)]


class OpIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step: ``put`` a value at a path, ``drop`` what is there, or ``place`` it before a neighbour."""

    op: Literal["put", "drop", "place"]
    path: Annotated[list[Segment], Meta(min_length=1, max_length=20)]
    value: Any = None
    before: Segment | None = None


class EditBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An edit that was made on a revision of the draft."""

    revision: Annotated[int, Meta(ge=0)]
    label: Annotated[str, Meta(max_length=400)]
    ops: Annotated[list[OpIn], Meta(min_length=1, max_length=2_000)]


class RebaseBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Decisions where the draft and what was published since disagree."""

    resolutions: dict[str, Literal["mine", "theirs"]] = {}


class PublishDraftBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Publishing the draft."""

    note: Note = ""


class ScheduleBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Publishing the draft at a time."""

    at: datetime
    note: Note = ""


class AskBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asking owners to approve."""

    note: Note = ""


class DecideBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an owner decided; returning needs a reason."""

    approved: bool
    reason: Note = ""


class EditorOut(Struct, frozen=True, kw_only=True):
    """Somebody who edited the draft, and when last."""

    id: UUID | None
    name: str
    at: datetime


class DraftOut(Struct, frozen=True, kw_only=True):
    """The draft; ``published`` is what it started from."""

    id: int
    base_version: int
    version: int
    revision: int
    definitions: dict[str, Any]
    published: dict[str, Any]
    changed: bool
    behind: bool
    conflicts: list[DisagreementOut]
    editors: list[EditorOut]
    problems: list[ProblemOut]


class TakenOut(Struct, frozen=True, kw_only=True):
    """What came of an edit; ``definitions`` only where others edited in between."""

    revision: int
    definitions: dict[str, Any] | None
    problems: list[ProblemOut]


class EditOut(Struct, frozen=True, kw_only=True):
    """What somebody did."""

    revision: int
    kind: str
    author: str
    author_id: UUID | None
    at: datetime
    label: str
    ops: list[dict[str, Any]]


class EditsOut(Struct, frozen=True, kw_only=True):
    """What was done after a revision."""

    id: int
    revision: int
    base_version: int
    edits: list[EditOut]
    problems: list[ProblemOut]


class RebasedOut(Struct, frozen=True, kw_only=True):
    """What came of bringing the draft onto what holds now."""

    base_version: int
    revision: int
    conflicts: list[DisagreementOut]


class ChangeOut(Struct, frozen=True, kw_only=True):
    """A place that differs; ``label`` says where in words."""

    kind: Literal["added", "removed", "changed", "moved"]
    path: list[str]
    label: list[str]
    before: Any
    after: Any
    by: str | None


class StandingOut(Struct, frozen=True, kw_only=True):
    """A change of a definition with owners."""

    place: str
    label: str
    owners: list[str]
    state: Literal["own", "needed", "waiting", "approved", "returned"]
    asked_by: str | None
    decided_by: str | None
    reason: str


class ScheduledOut(Struct, frozen=True, kw_only=True):
    """A publication that waits for its time, or how the last one ended."""

    id: int
    at: datetime
    note: str
    author: str
    state: str
    version: int | None
    problems: list[ProblemOut]


class RequestOut(Struct, frozen=True, kw_only=True):
    """A request for an owner's consent, with what would change."""

    id: int
    place: str
    label: str
    owners: list[str]
    note: str
    state: str
    asked_by: str
    asked_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    reason: str
    diff: list[ChangeOut]


class ChangesOut(Struct, frozen=True, kw_only=True):
    """What publishing the draft would do."""

    steps: list[StepOut]
    touches: list[TouchOut]
    problems: list[ProblemOut]
    diff: list[ChangeOut]
    approvals: list[StandingOut]
    schedule: ScheduledOut | None
    running: list[RunningChangeOut] = []


class RequestsOut(Struct, frozen=True, kw_only=True):
    """Requests that the member may decide, and decided ones that concern the member."""

    waiting: list[RequestOut]
    decided: list[RequestOut]


class AskedOut(Struct, frozen=True, kw_only=True):
    """How many definitions' owners were asked."""

    asked: int


class LabelsBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Labels that need keys."""

    labels: Annotated[list[Annotated[str, Meta(min_length=1, max_length=200)]], Meta(max_length=1000)]


class MadeKeysOut(Struct, frozen=True, kw_only=True):
    """Keys made of labels, in their order."""

    keys: list[str]


class MadeKeyOut(Struct, frozen=True, kw_only=True):
    """A key made of a label."""

    key: str


def ops_of(body: EditBody) -> list[Op]:
    """Return the steps of an edit."""
    return [Op(op=each.op, path=tuple(each.path), value=each.value, before=each.before) for each in body.ops]


def draft_out(opened: Opened, language: Language) -> DraftOut:
    """Return the draft."""
    draft = opened.draft
    return DraftOut(
        id=draft.id,
        base_version=draft.base_version,
        version=opened.version,
        revision=draft.revision,
        definitions=draft.document,
        published=opened.published,
        changed=is_changed(opened),
        behind=draft.base_version != opened.version,
        conflicts=[disagreement_out(each) for each in opened.conflicts],
        editors=[EditorOut(id=each.id, name=each.name, at=each.at) for each in opened.editors],
        problems=problems_out(draft.document, language),
    )


def problems_out(document: dict[str, Any], language: Language) -> list[ProblemOut]:
    """Return what stands in a document's way."""
    return [problem_out(each, language) for each in checking.problems_of(document)]


def changes_out(found: Changes, language: Language, role_name: RoleName) -> ChangesOut:
    """Return what publishing the draft would do."""
    return ChangesOut(
        steps=[step_out(each, language) for each in found.plan.steps],
        touches=[touch_out(each, language) for each in found.plan.touches],
        problems=[problem_out(each, language) for each in found.problems],
        diff=[change_out(each, language) for each in found.differences],
        approvals=[_standing_out(each, language, role_name) for each in found.standings],
        schedule=None if found.schedule is None else scheduled_out(found.schedule, language),
        running=[running_out(each, language) for each in found.plan.running],
    )


def scheduled_out(found: Scheduled, language: Language) -> ScheduledOut:
    """Return a scheduled publication."""
    return ScheduledOut(
        id=found.id,
        at=found.at,
        note=found.note,
        author=found.author_name,
        state=found.state,
        version=found.version,
        problems=[problem_out(each, language) for each in found.problems],
    )


def request_out(request: Request, language: Language, role_name: RoleName) -> RequestOut:
    """Return a request with what would change."""
    sides = [{request.collection: [each] if each else []} for each in (request.before, request.wanted)]
    return RequestOut(
        id=request.id,
        place=request.place,
        label=request.label.text(language),
        owners=[role_name(each) for each in request.owners],
        note=request.note,
        state=request.state,
        asked_by=request.asked_name,
        asked_at=request.asked_at,
        decided_by=request.decided_name,
        decided_at=request.decided_at,
        reason=request.reason,
        diff=[change_out(each, language) for each in differences(sides[0], sides[1])],
    )


def _standing_out(found: Standing, language: Language, role_name: RoleName) -> StandingOut:
    request = found.request
    return StandingOut(
        place=found.change.place,
        label=found.change.label.text(language),
        owners=[role_name(each) for each in found.change.owners],
        state=found.state,
        asked_by=None if request is None else request.asked_name,
        decided_by=None if request is None else request.decided_name,
        reason="" if request is None else request.reason,
    )


def change_out(change: Change, language: Language) -> ChangeOut:
    """Return a difference with its place in words."""
    return ChangeOut(
        kind=change.kind,
        path=list(change.path),
        label=spoken(change.names, language),
        before=told(change.before, change.words, language),
        after=told(change.after, change.words, language),
        by=change.by,
    )


def edit_out(edit: Edit) -> EditOut:
    """Return an edit."""
    return EditOut(
        revision=edit.revision,
        kind=edit.kind,
        author=edit.author_name,
        author_id=edit.author_id,
        at=edit.at,
        label=edit.label,
        ops=[_op_out(each) for each in edit.ops],
    )


def _op_out(op: Op) -> dict[str, Any]:
    found: dict[str, Any] = {"op": op.op, "path": list(op.path)}
    if op.op == "put":
        found["value"] = op.value
    if op.op == "place":
        found["before"] = op.before
    return found
