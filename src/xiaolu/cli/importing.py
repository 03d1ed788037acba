"""The import of a spreadsheet from the command line: the same steps as the wizard in the browser."""

import shutil
from pathlib import Path
from typing import cast

import click

from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Cause
from xiaolu.access.model import SYSTEM, Actor
from xiaolu.access.service.members import find_by_login
from xiaolu.cli.opening import storage_of, with_workspace
from xiaolu.files.storage import FileStorage
from xiaolu.kit.settings import Settings
from xiaolu.records.imports.model import ImportJob, Mapping, Mode, State
from xiaolu.records.imports.refused_file import write_refused
from xiaolu.records.imports.running import run_due_imports
from xiaolu.records.imports.service import (
    create_import,
    likely_key,
    map_import,
    read_import,
    request_check,
    request_run,
    store_import_file,
)
from xiaolu.runtime.workspace import Workspace


@click.command("import")
@click.argument("entity")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "login", required=True, help="Sign-in name of the member in whose name the rows are written.")
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="What a column holds; guessed where not given. COLUMN= leaves it out. lines.product is a field of the sub-table "
    "lines, lines.$record the record that a row belongs to; Sheet!Column stands on another sheet.",
)
@click.option(
    "--key",
    help="Field that tells which record a row is about (for upsert and update, and where rows fill a sub-table).",
)
@click.option("--mode", type=click.Choice(["create", "upsert", "update"]), default="create", show_default=True)
@click.option("--keep-created", is_flag=True, help="Take creator and time of creation from the file.")
@click.option("--create-missing", is_flag=True, help="Make records that relations name and nobody has yet.")
@click.option("--check", "only_check", is_flag=True, help="Only say what would happen.")
@click.option(
    "--errors", type=click.Path(dir_okay=False, path_type=Path), help="Where to write refused rows with reasons (xlsx)."
)
@with_workspace
async def import_file(  # noqa: PLR0913 - one option each
    workspace: Workspace, settings: Settings, /, *, entity: str, file: Path, login: str, pairs: tuple[str, ...], key: str | None,
    mode: str, keep_created: bool, create_missing: bool, only_check: bool, errors: Path | None,
) -> None:  # fmt: skip
    """Import FILE (xlsx or csv, or a zip of one with the files that its cells name) into ENTITY."""
    storage = storage_of(settings)
    actor = await _member(workspace, login)
    with file.open("rb") as stream:
        async with workspace.context(actor) as ctx:
            stored = await store_import_file(ctx, storage, entity, file.name, stream)
            job = await create_import(ctx, storage, entity, stored.id)
    columns: dict[str, str | None] = {each.name: each.field for each in job.columns}
    columns.update({name: field or None for name, _, field in (pair.rpartition("=") for pair in pairs)})
    for name, field in columns.items():
        click.echo(f"  {name} → {field or _left_out(job, name)}")
    if key is None and any(field and "." in field for field in columns.values()):
        async with workspace.context(actor) as ctx:
            key = likely_key(ctx, entity, columns.values())
        click.echo(f"  rows with the same {key} make one record")
    mapping = Mapping(
        columns=columns, key=key, mode=cast("Mode", mode), keep_created=keep_created, create_missing=create_missing
    )
    async with workspace.context(actor) as ctx:
        await map_import(ctx, job.id, mapping)
        await request_check(ctx, job.id)
    job = await _work(workspace, storage, actor, job)
    click.echo(f"checked: {job.counts.good} good, {job.counts.bad} bad of {job.total}{_with_rows(job)}")
    for hint in job.suggestions:
        perhaps = f"; perhaps {', '.join(hint.near)}" if hint.near else ""
        click.echo(
            f"  {hint.column}: “{hint.value}” ({hint.rows} {'row' if hint.rows == 1 else 'rows'}) is not known{perhaps}"
        )
    if not only_check and job.state is State.CHECKED:
        async with workspace.context(actor) as ctx:
            await request_run(ctx, job.id)
        job = await _work(workspace, storage, actor, job)
        click.echo(
            f"done: {job.counts.created} created, {job.counts.updated} updated, {job.counts.bad} refused{_with_rows(job)}"
        )
    if errors is not None:
        async with workspace.context(actor) as ctx:
            made = await write_refused(ctx, storage, job)
        shutil.move(made.path, errors)
        click.echo(f"refused rows: {errors}")
    if job.failure:
        raise click.ClickException(job.failure)


def _left_out(job: ImportJob, name: str) -> str:
    column = next((each for each in job.columns if each.name == name), None)
    if column is None or column.wants_files is None:
        return "(left out)"
    return f"(left out: zip the spreadsheet together with the files that it names to fill {column.wants_files})"


def _with_rows(job: ImportJob) -> str:
    counts = job.counts
    records = counts.created + counts.updated + counts.unchanged
    return f" ({records} records with {counts.child_rows} rows of sub-tables)" if counts.child_rows else ""


async def _member(workspace: Workspace, login: str) -> Actor:
    async with workspace.context() as ctx:
        actor = await load_actor(ctx.uow, await find_by_login(ctx, login), snapshot=ctx.snapshot)
    if actor is None:
        raise click.ClickException(f"There is no member {login}.")
    return actor


async def _work(workspace: Workspace, storage: FileStorage, actor: Actor, job: ImportJob) -> ImportJob:
    """Do the batches here until the import stands still; a worker that runs beside us may do some of them."""
    waiting = {State.CHECKING, State.RUNNING}
    while True:
        async with workspace.context(SYSTEM, Cause(kind="import")) as ctx:
            await run_due_imports(ctx, storage)
        async with workspace.context(actor) as ctx:
            job = await read_import(ctx, job.id)
        click.echo(f"\r  {job.counts.position}/{job.total}", nl=False)
        if job.state not in waiting:
            click.echo()
            return job
