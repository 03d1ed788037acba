"""Installs, upgrades, exports and uninstalls apps; each change is an ordinary publication."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import msgspec

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Conflict, Invalid, NotFound
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.canonical import canonical
from xiaolu.metadata.model.workspace import App, Definitions, by_key
from xiaolu.metadata.packages.collecting import export_app as collect_app
from xiaolu.metadata.packages.collecting import without_app
from xiaolu.metadata.packages.merging import merge_package
from xiaolu.metadata.packages.model import ABSENT, Disagreement, Merged, Resolutions
from xiaolu.metadata.planner.model import Plan
from xiaolu.metadata.publishing.model import PLATFORM, Author, Current, Publication, Published, RecordChoices
from xiaolu.metadata.publishing.service import plan_publication, publish
from xiaolu.metadata.publishing.store import versions

NOTHING_CHOSEN = RecordChoices()


@dataclass(frozen=True, slots=True)
class Preview:
    """What installing a package would do."""

    plan: Plan
    disagreements: tuple[Disagreement, ...]
    problems: tuple[Problem, ...]


async def install_package(
    uow: UnitOfWork,
    package: Definitions,
    *,
    now: datetime,
    author: Author = PLATFORM,
    resolutions: Resolutions | None = None,
    note: str = "",
    records: RecordChoices = NOTHING_CHOSEN,
) -> Published:
    """Install an app or upgrade it, keeping what you changed.

    Raises:
        Invalid: the package is no package, or the outcome is not sound.
        Conflict: an app that it depends on is missing, or you and the package disagree and nobody decided.
    """
    current = await versions.read_current(uow)
    package = versions.as_stored(canonical(package))
    app = _only_app(package)
    _refuse_without(current, app)
    merged = await _merge(uow, current, package, resolutions or {})
    if merged.unknown:
        raise Invalid(
            "package.conflicts", [problem("package.unknown_resolution", place=each) for each in merged.unknown]
        )
    if merged.disagreements:
        raise Conflict("package.conflicts", describe(merged.disagreements), count=len(merged.disagreements))
    digest = sha256(versions.encode(package).encode()).hexdigest()
    publication = _publication(current, merged, app, digest, author=author, note=note)
    publication = replace(publication, running=records.running, moves=records.moves)
    published = await publish(uow, publication, now=now)
    await versions.add_package(uow, digest, package, now)
    return published


async def preview_package(
    uow: UnitOfWork,
    package: Definitions,
    *,
    now: datetime,
    resolutions: Resolutions | None = None,
    records: RecordChoices = NOTHING_CHOSEN,
) -> Preview:
    """Return what installing a package would do. Changes nothing."""
    current = await versions.read_current(uow)
    package = versions.as_stored(canonical(package))
    app = _only_app(package)
    merged = await _merge(uow, current, package, resolutions or {})
    missing = _missing(current, app)
    publication = _publication(current, merged, app, "", author=PLATFORM, note="")
    publication = replace(publication, running=records.running, moves=records.moves)
    plan, problems = await plan_publication(uow, publication, now=now)
    return Preview(plan, merged.disagreements, (*missing, *problems))


async def export_app(uow: UnitOfWork, key: str) -> Definitions:
    """Return an app as it is now, as a package.

    Raises:
        NotFound: there is no such app.
    """
    current = await versions.read_current(uow)
    app = _app(current, key)
    shipped, others = await _packages(uow, current, key)
    return collect_app(current.definitions, app, shipped, others)


async def uninstall_app(uow: UnitOfWork, key: str, *, author: Author, now: datetime, note: str = "") -> Published:
    """Take an app out again; its tables are set aside like any others.

    Raises:
        NotFound: there is no such app.
        Conflict: another app depends on it.
        Invalid: definitions outside any app still use what would go.
    """
    current = await versions.read_current(uow)
    dependents = _dependents(current, key)
    if dependents:
        raise Conflict("package.needed", app=key, by=dependents)
    return await publish(uow, await _removal(uow, current, key, author=author, note=note), now=now)


async def preview_removal(uow: UnitOfWork, key: str, *, now: datetime) -> tuple[Definitions, Plan, list[Problem]]:
    """Return what taking an app out would leave, do, and what stands in its way. Changes nothing.

    Raises:
        NotFound: there is no such app.
    """
    current = await versions.read_current(uow)
    removal = await _removal(uow, current, key, author=PLATFORM, note="")
    plan, problems = await plan_publication(uow, removal, now=now)
    dependents = _dependents(current, key)
    if dependents:
        problems.insert(0, problem("package.needed", "apps", key, app=key, by=dependents))
    return removal.definitions, plan, problems


async def _removal(uow: UnitOfWork, current: Current, key: str, *, author: Author, note: str) -> Publication:
    app = _app(current, key)
    shipped, others = await _packages(uow, current, key)
    if shipped is None:
        shipped = _without_roles(collect_app(current.definitions, app, None, others))
    return Publication(
        definitions=without_app(current.definitions, key, shipped, others),
        base_version=current.version,
        author=author,
        note=note,
        packages={app: digest for app, digest in current.packages.items() if app != key},
    )


def _without_roles(package: Definitions) -> Definitions:
    """Return a package without its roles: an app that was made here holds none of its own."""
    return msgspec.structs.replace(package, roles=())


def _dependents(current: Current, key: str) -> list[str]:
    return [each.label.zh for each in current.definitions.apps if key in each.depends]


def describe(disagreements: tuple[Disagreement, ...]) -> list[Problem]:
    """Return disagreements as problems, one for each place, with all three sides as JSON."""
    return [
        problem(
            "package.conflict",
            *each.path,
            place=each.place,
            shipped_then=_shown(each.shipped_then),
            shipped_now=_shown(each.shipped_now),
            yours=_shown(each.yours),
        )
        for each in disagreements
    ]


def _shown(value: object) -> str | None:
    return None if value is ABSENT else msgspec.json.encode(value).decode()


def _only_app(package: Definitions) -> App:
    if len(package.apps) != 1:
        raise Invalid("package.not_one_app", count=len(package.apps))
    return package.apps[0]


def _app(current: Current, key: str) -> App:
    app = by_key(current.definitions.apps, key)
    if app is None:
        raise NotFound("package.unknown_app", app=key)
    return app


def _missing(current: Current, app: App) -> list[Problem]:
    known = {each.key for each in current.definitions.apps}
    return [
        problem("package.missing_dependency", "apps", 0, "depends", app=app.key, depends=each)
        for each in app.depends
        if each not in known
    ]


def _refuse_without(current: Current, app: App) -> None:
    missing = _missing(current, app)
    if missing:
        raise Conflict(missing[0].code, missing, **missing[0].params)
    installed = by_key(current.definitions.apps, app.key)
    if installed is not None and _number(app.version) < _number(installed.version):
        raise Conflict("package.older", version=app.version, installed=installed.version)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


async def _merge(uow: UnitOfWork, current: Current, package: Definitions, resolutions: Resolutions) -> Merged:
    digest = current.packages.get(package.apps[0].key)
    then = await versions.read_package(uow, digest) if digest else None
    return merge_package(then, package, current.definitions, resolutions)


def _publication(current: Current, merged: Merged, app: App, digest: str, *, author: Author, note: str) -> Publication:
    return Publication(
        definitions=merged.definitions,
        base_version=current.version,
        author=author,
        note=note or f"{app.label.zh} {app.version}",
        packages={**current.packages, app.key: digest},
    )


async def _packages(uow: UnitOfWork, current: Current, key: str) -> tuple[Definitions | None, list[Definitions]]:
    found: dict[str, Definitions] = {}
    for app, digest in current.packages.items():
        package = await versions.read_package(uow, digest)
        if package is not None:
            found[app] = package
    return found.get(key), [package for app, package in found.items() if app != key]
