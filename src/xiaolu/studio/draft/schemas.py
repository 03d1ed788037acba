"""Shapes of the draft."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaolu.kit.i18n import Language
from xiaolu.studio.draft import checking
from xiaolu.studio.draft.difference import Change, spoken
from xiaolu.studio.draft.model import Edit, Op
from xiaolu.studio.draft.service import Changes, Opened, is_changed
from xiaolu.studio.schemas.building import (
    DisagreementOut,
    Note,
    ProblemOut,
    StepOut,
    TouchOut,
    disagreement_out,
    problem_out,
    step_out,
    touch_out,
)

Segment = Annotated[str, Meta(max_length=200)]


class OpIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step: ``put`` a value at a path, ``drop`` what is there, or ``place`` it before a neighbour."""

    op: Literal["put", "drop", "place"]
    path: Annotated[list[Segment], Meta(min_length=1, max_length=20)]
    value: Any = None
    before: Segment | None = None


class EditBody(Struct, frozen=True, kw_only=True):
    """An edit that was made on a revision of the draft."""

    revision: Annotated[int, Meta(ge=0)]
    label: Annotated[str, Meta(max_length=400)]
    ops: Annotated[list[OpIn], Meta(min_length=1, max_length=2_000)]


class RebaseBody(Struct, frozen=True, kw_only=True):
    """Decisions where the draft and what was published since disagree."""

    resolutions: dict[str, Literal["mine", "theirs"]] = {}


class PublishDraftBody(Struct, frozen=True, kw_only=True):
    """Publishing the draft."""

    note: Note = ""


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


class ChangesOut(Struct, frozen=True, kw_only=True):
    """What publishing the draft would do."""

    steps: list[StepOut]
    touches: list[TouchOut]
    problems: list[ProblemOut]
    diff: list[ChangeOut]


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


def changes_out(found: Changes, language: Language) -> ChangesOut:
    """Return what publishing the draft would do."""
    return ChangesOut(
        steps=[step_out(each, language) for each in found.plan.steps],
        touches=[touch_out(each, language) for each in found.plan.touches],
        problems=[problem_out(each, language) for each in found.problems],
        diff=[change_out(each, language) for each in found.differences],
    )


def change_out(change: Change, language: Language) -> ChangeOut:
    """Return a difference with its place in words."""
    return ChangeOut(
        kind=change.kind,
        path=list(change.path),
        label=spoken(change.names, language),
        before=change.before,
        after=change.after,
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
