"""Bodies and answers of the routes of apps from spreadsheets."""

from datetime import datetime
from uuid import UUID

import msgspec

from xiaolu.kit.i18n import Language, message
from xiaolu.records.imports.model import ImportJob
from xiaolu.studio.spreadsheet.model import AppPlan, Build


class FilesBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which uploaded files are looked at, and what the app shall be called."""

    files: list[UUID]
    name: str = ""


class PlanBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The app as it was agreed on."""

    plan: AppPlan
    note: str = ""


class StepOut(msgspec.Struct, frozen=True, kw_only=True):
    """One import of a build."""

    label: str
    entity: str
    relations: bool
    job: UUID | None
    state: str
    total: int
    done: int
    created: int
    updated: int
    bad: int
    failure: str | None
    """Why the import could not begin."""


class BuildOut(msgspec.Struct, frozen=True, kw_only=True):
    """An app that was made from spreadsheets, and how far its imports have come."""

    id: UUID
    app: str
    label: str
    phase: str
    version: int
    created_at: datetime
    view: str
    """The first of its views."""
    steps: list[StepOut]


def build_out(build: Build, found: list[ImportJob | None], language: Language) -> BuildOut:
    """Return a build as the client sees it."""
    steps = [
        StepOut(
            label=step.label,
            entity=step.entity,
            relations=step.relations,
            job=step.job,
            state=job.state.value if job else ("failed" if step.failure else "waiting"),
            total=job.total if job else 0,
            done=job.counts.position if job else 0,
            created=job.counts.created if job else 0,
            updated=job.counts.updated if job else 0,
            bad=job.counts.bad if job else 0,
            failure=message(step.failure, {}, language) if step.failure else None,
        )
        for step, job in zip(build.steps, found, strict=True)
    ]
    main = max(build.plan.sheets, key=lambda each: (each.board is not None, each.rows))
    return BuildOut(
        id=build.id, app=build.plan.key, label=build.plan.label, phase=build.phase.value, version=build.version,
        created_at=build.created_at, view=f"{main.key}_all", steps=steps,
    )  # fmt: skip
