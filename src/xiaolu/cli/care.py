"""Commands that look after the data."""

import os
import platform
import shutil
import sys
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import click

from xiaolu import __version__
from xiaolu.cli.opening import database, run_async, workspace_of
from xiaolu.kit.postgres.binaries import find_programs, find_run_as
from xiaolu.kit.settings import Settings
from xiaolu.runtime.backup import read_backup, write_backup
from xiaolu.runtime.health import note_backup, read_health


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.pass_obj
def backup(settings: Settings, /, *, target: Path | None) -> None:
    """Write the whole workspace (database and files) to TARGET; works while the platform runs."""
    chosen = (target or Path(f"xiaolu-{datetime.now().astimezone():%Y%m%d-%H%M%S}.tar")).absolute()

    async def work(url: str) -> None:
        async with workspace_of(settings, url) as workspace:
            await write_backup(
                url,
                settings.workspace,
                settings.data_dir / "files",
                chosen,
                programs=_programs(settings),
                now=workspace.now,
            )
            async with workspace.context() as ctx:
                await note_backup(ctx, chosen.name, chosen.stat().st_size)

    with database(settings) as url:
        run_async(work(url))
    click.echo(f"{chosen} ({chosen.stat().st_size / 1e6:.1f} MB)")


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def restore(settings: Settings, /, *, source: Path) -> None:
    """Bring the back-up SOURCE into an empty workspace."""

    async def work(url: str) -> None:
        manifest = await read_backup(
            url, settings.workspace, settings.data_dir / "files", source, programs=_programs(settings)
        )
        async with workspace_of(settings, url):
            click.echo(f"Restored the workspace of {manifest.made_at:%Y-%m-%d %H:%M} (made by {manifest.version}).")

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with database(settings) as url:
        run_async(work(url))


@click.command()
@click.pass_obj
def doctor(settings: Settings, /) -> None:
    """Say what is set, what works and what does not."""
    click.echo(f"xiaolu {__version__}, Python {platform.python_version()}, {platform.platform()}")
    for each in fields(settings):
        value = getattr(settings, each.name)
        shown = "(set)" if each.name == "database_url" and value else value
        click.echo(f"  XIAOLU_{each.name.upper():16} {shown}   {each.metadata['help']}")
    client = Path(sys.modules["xiaolu"].__path__[0]) / "webdist" / "index.html"
    click.echo(f"  web client       {'built' if client.exists() else 'NOT BUILT: run `make client`'}")
    existing = next(each for each in (settings.data_dir, *settings.data_dir.parents) if each.exists())
    free = shutil.disk_usage(existing).free
    click.echo(f"  data folder      {settings.data_dir}{'' if os.access(existing, os.W_OK) else '  NOT WRITABLE'}")

    async def work(url: str) -> bool:
        async with workspace_of(settings, url) as workspace, workspace.context() as ctx:
            findings = await read_health(ctx, free_bytes=free)
        for each in findings:
            click.echo(f"  {each.label('en'):22} {each.status:5} {each.value}")
            if each.status != "ok":
                click.echo(f"  {'':22} {each.text('en')}")
        return all(each.status != "error" for each in findings)

    with database(settings) as url:
        healthy = run_async(work(url))
    if not healthy:
        raise click.exceptions.Exit(1)


def _programs(settings: Settings) -> Path:
    return find_programs(find_run_as(), settings.data_dir / "postgres")
