"""Commands for apps: packages of definitions in YAML."""

import asyncio
from pathlib import Path

import click

from xiaolu.cli.opening import with_workspace
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import describe
from xiaolu.kit.settings import Settings
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages.folder import read_package
from xiaolu.metadata.packages.service import Preview, export_app, install_package, preview_package
from xiaolu.metadata.planner.describing import describe_step
from xiaolu.metadata.publishing.advancing import advance_jobs
from xiaolu.metadata.publishing.model import Published
from xiaolu.metadata.yamlform import decode_definitions, encode_definitions
from xiaolu.runtime.workspace import Workspace

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
@with_workspace
async def install(
    workspace: Workspace, settings: Settings, /, *, source: Path, theirs: tuple[str, ...], mine: tuple[str, ...]
) -> None:
    """Install or upgrade the app in SOURCE; what you changed in the workspace is kept."""
    del settings
    resolutions = {**dict.fromkeys(theirs, "theirs"), **dict.fromkeys(mine, "mine")}
    async with workspace.unit() as uow:
        published = await install_package(uow, _read(source), now=workspace.now, resolutions=resolutions)  # type: ignore[arg-type]
    await _report(workspace, published)


@app.command("publish")
@SOURCE
@with_workspace
async def publish(workspace: Workspace, settings: Settings, /, *, source: Path) -> None:
    """Make SOURCE what holds: like install, but where the workspace differs, SOURCE wins."""
    del settings
    package = _read(source)
    preview = await _preview(workspace, package)
    resolutions = {each.place: "theirs" for each in preview.disagreements}
    async with workspace.unit() as uow:
        published = await install_package(uow, package, now=workspace.now, resolutions=resolutions)  # type: ignore[arg-type]
    await _report(workspace, published)


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
