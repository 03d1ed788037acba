"""Process versions while definitions are published: which stay in use, whether they still fit, what is written down."""

from datetime import datetime

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import describe
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.running import KeptVersion, Running, RunningChange, open_stages
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.model import Plan
from xiaolu.metadata.planner.running import kept_of, with_version
from xiaolu.metadata.publishing.model import Current
from xiaolu.metadata.publishing.store import running as store
from xiaolu.metadata.validation import check_definitions


async def versions_in_use(uow: UnitOfWork, current: Current, wanted: Definitions) -> Running:
    """Return the numbers that hold and those kept versions that records still run on."""
    running = current.running
    tables = {each.key for each in current.definitions.entities}
    becomes = {each.entity: each for each in wanted.processes}
    in_use: list[KeptVersion] = []
    for version in running.kept:
        if version.entity not in tables or version.entity not in becomes:
            continue
        alive = open_stages(version.process, becomes[version.entity])
        counted = await store.count_version(uow, version, running)
        if any(counted.get(stage) for stage in alive):
            in_use.append(version)
    return Running(running.numbers, tuple(in_use))


def misfits(plan: Plan, current: Definitions, wanted: Definitions) -> list[Problem]:
    """Return why records could not finish on former versions: these name what would be gone or changed."""
    kept = [(each, None) for each in plan.kept.kept]
    ending = [(kept_of(each, current), each) for each in plan.running if each.keeps and each.running]
    found: list[Problem] = []
    for version, change in (*kept, *ending):
        wrong = _misfit(version, wanted)
        if wrong is None:
            continue
        label = version.process.label
        found.append(
            problem(
                "publish.running_misfit" if change else "publish.kept_misfit",
                "running", version.process.key,
                label=label.zh, label_en=label.text("en"), number=version.number,
                reason=describe(wrong, "zh"), reason_en=describe(wrong, "en"),
            )
        )  # fmt: skip
    return found


async def write_versions(
    uow: UnitOfWork, plan: Plan, current: Current, wanted: Definitions, *, version: int, now: datetime, by: str
) -> None:
    """Write down which process versions end, are kept and begin with the published version ``version``."""
    in_use = {(each.entity, each.number) for each in plan.kept.kept}
    await store.retire_versions(
        uow, [each for each in current.running.kept if (each.entity, each.number) not in in_use]
    )
    for change in plan.running:
        ended = kept_of(change, current.definitions)
        is_kept = change.keeps and (bool(change.running) or _misfit(ended, wanted) is None)
        await store.end_version(uow, ended, is_kept=is_kept, definitions=version, now=now, by=by)
        begun = KeptVersion(change.before.entity, change.number + 1, change.after)
        await store.begin_version(uow, begun, definitions=version, now=now, by=by)
    await store.forget_processes(uow, {each.entity for each in wanted.processes})


def choices_of(plan: Plan) -> tuple[RunningChange, ...]:
    """Return the processes for which somebody should choose: records run in them."""
    return tuple(each for each in plan.running if each.running)


def _misfit(version: KeptVersion, wanted: Definitions) -> Problem | None:
    place = ("processes", version.process.key)
    found = check_definitions(with_version(wanted, version))
    return next((each for each in found if tuple(each.path[:2]) == place), None)
