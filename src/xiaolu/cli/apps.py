"""Commands for apps: packages of definitions in YAML."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import click

from xiaolu.cli.opening import with_workspace
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import describe
from xiaolu.kit.settings import Settings
from xiaolu.metadata.model.running import RunningChoice
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages.folder import read_package
from xiaolu.metadata.packages.service import Preview, export_app, install_package, preview_package
from xiaolu.metadata.planner.describing import describe_step
from xiaolu.metadata.publishing.advancing import advance_jobs
from xiaolu.metadata.publishing.model import Published, RecordChoices
from xiaolu.metadata.yamlform import decode_definitions, encode_definitions
from xiaolu.runtime.workspace import Workspace

RUNNING = click.option(
    "--running",
    multiple=True,
    metavar="PROCESS=finish|move",
    help="Whether records that run in a changed process finish on the version they started on (default) or move.",
)
MOVE = click.option(
    "--move", multiple=True, metavar="PROCESS.STAGE=STAGE", help="Where records of a stage go that is gone."
)
Side = Literal["mine", "theirs"]
SOURCE = click.argument("source", type=click.Path(exists=True, path_type=Path))


@click.group()
def app() -> None:
    """Install, compare, publish and export apps."""


@app.command("diff")
@SOURCE
@with_workspace
async def diff(workspace: Workspace, settings: Settings, /, *, source: Path) -> None:
    """Show what installing SOURCE (a folder or file of YAML) would change; changes nothing."""
    del settings
    preview = await _preview(workspace, _read(source))
    _show(preview)


@app.command("install")
@SOURCE
@click.option("--theirs", multiple=True, help="Take the package's side at this place, where both changed it.")
@click.option("--mine", multiple=True, help="Keep the workspace's side at this place.")
@RUNNING
@MOVE
@with_workspace
async def install(
    workspace: Workspace,
    settings: Settings,
    /,
    *,
    source: Path,
    theirs: tuple[str, ...],
    mine: tuple[str, ...],
    running: tuple[str, ...],
    move: tuple[str, ...],
) -> None:
    """Install or upgrade the app in SOURCE; what you changed in the workspace is kept."""
    del settings
    resolutions: dict[str, Side] = {**dict.fromkeys(theirs, "theirs"), **dict.fromkeys(mine, "mine")}
    await _install(workspace, _read(source), resolutions, _choices(running, move))


async def _install(
    workspace: Workspace, package: Definitions, resolutions: Mapping[str, Side], records: RecordChoices
) -> None:
    async with workspace.unit() as uow:
        published = await install_package(uow, package, now=workspace.now, resolutions=resolutions, records=records)
    await _report(workspace, published)


@app.command("publish")
@SOURCE
@RUNNING
@MOVE
@with_workspace
async def publish(
    workspace: Workspace, settings: Settings, /, *, source: Path, running: tuple[str, ...], move: tuple[str, ...]
) -> None:
    """Make SOURCE what holds: like install, but where the workspace differs, SOURCE wins."""
    del settings
    package = _read(source)
    preview = await _preview(workspace, package)
    resolutions: dict[str, Side] = {each.place: "theirs" for each in preview.disagreements}
    await _install(workspace, package, resolutions, _choices(running, move))


@app.command("export")
@click.argument("key")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File; the screen where none is given."
)
@with_workspace
async def export(workspace: Workspace, settings: Settings, /, *, key: str, output: Path | None) -> None:
    """Write the app KEY as YAML."""
    del settings
    async with workspace.unit() as uow:
        text = encode_definitions(await export_app(uow, key))
    if output is None:
        click.echo(text)
    else:
        await asyncio.to_thread(output.write_text, text, "utf-8")


def _choices(running: tuple[str, ...], moves: tuple[str, ...]) -> RecordChoices:
    """Read ``process=finish``, ``process=move`` and ``process.gone=stage``."""
    chosen: dict[str, RunningChoice] = {}
    for each in running:
        process, _, choice = each.partition("=")
        if choice not in ("finish", "move"):
            raise click.BadParameter(f"{each}: write PROCESS=finish or PROCESS=move", param_hint="--running")
        chosen[process] = RunningChoice(choice="move" if choice == "move" else "finish")
    found: dict[str, dict[str, str]] = {}
    for each in moves:
        place, _, target = each.partition("=")
        process, _, stage = place.partition(".")
        if not (process and stage and target):
            raise click.BadParameter(f"{each}: write PROCESS.STAGE=STAGE", param_hint="--move")
        found.setdefault(process, {})[stage] = target
    return RecordChoices(chosen, found)


def _read(source: Path) -> Definitions:
    if source.is_dir():
        return read_package(source)
    found = decode_definitions(source.read_text("utf-8"))
    if isinstance(found, Definitions):
        return found
    raise Invalid("package.unreadable", found, folder=source.name)


async def _preview(workspace: Workspace, package: Definitions) -> Preview:
    async with workspace.unit() as uow:
        return await preview_package(uow, package, now=workspace.now)


def _show(preview: Preview) -> None:
    for step in preview.plan.steps:
        rows = f" ({step.rows})" if step.rows else ""
        click.echo(f"  {step.risk.value:5} {describe_step(step, 'zh')}{rows}")
    for each in preview.disagreements:
        click.echo(f"  both changed  {each.place}: yours {each.yours!r}, package {each.shipped_now!r}")
    for problem in preview.problems:
        click.echo(f"  PROBLEM {'.'.join(map(str, problem.path))}: {describe(problem, 'zh')}")
    if not (preview.plan.steps or preview.disagreements or preview.problems):
        click.echo("Nothing would change.")


async def _report(workspace: Workspace, published: Published) -> None:
    """Say what happened; large tables are prepared here and now when no worker runs."""
    while True:
        async with workspace.unit() as uow:
            if not await advance_jobs(uow, workspace.now):
                break
    click.echo(f"{published.state}: version {published.version}, {len(published.plan.steps)} steps")
