"""How a command reaches its workspace: the database that is named, or the embedded one."""

import asyncio
import contextlib
import functools
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any, TypeVar

import click
import uvloop

from xiaolu.files.storage import FileStorage
from xiaolu.kit.answers import Answers
from xiaolu.kit.errors import AppError
from xiaolu.kit.i18n import describe, message
from xiaolu.kit.postgres import EmbeddedServer, PostgresFailed, start_embedded
from xiaolu.kit.sealing import load_keys
from xiaolu.kit.settings import Settings
from xiaolu.runtime.workspace import Workspace, open_workspace
from xiaolu.worker.loop import end_tasks

T = TypeVar("T")

TIDY_SECONDS = 10
"""How long a command that was told to end may tidy up before it is told again."""


@contextlib.contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Give the database's address; an embedded server that this command starts is stopped at the end."""
    if settings.database_url:
        yield settings.database_url
        return
    try:
        server: EmbeddedServer = start_embedded(settings.data_dir)
    except (PostgresFailed, OSError) as error:
        raise click.ClickException(str(error)) from error
    try:
        yield server.url
    finally:
        server.stop()


@contextlib.asynccontextmanager
async def workspace_of(settings: Settings, url: str, *, migrate: bool = True) -> AsyncIterator[Workspace]:
    """Open the default workspace."""
    async with open_workspace(url, settings.workspace, pool_size=settings.pool_size, migrate=migrate) as workspace:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        workspace.answers = Answers(settings.kept_rows)
        workspace.keys = load_keys(settings.secret_key, settings.data_dir)
        yield workspace


def storage_of(settings: Settings) -> FileStorage:
    """Return the store of uploaded files."""
    return FileStorage(settings.data_dir / "files")


@contextlib.contextmanager
def orderly_end() -> Iterator[None]:
    """Let SIGTERM end a long-running command as Ctrl-C does: open work is finished and the database stopped."""

    def interrupt(_number: int, _frame: object) -> None:
        signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGTERM, interrupt)
    # scripts start what runs in the background with SIGINT ignored, and the event loop then does not listen to it
    interrupted = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGINT, interrupted)
        signal.signal(signal.SIGTERM, before)


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on a fast event loop; a refusal becomes a clear message and exit status 1."""
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_until_ended(work))
    except AppError as error:
        raise click.ClickException(explain(error)) from error


async def _until_ended(work: Coroutine[Any, Any, T]) -> T:
    """Do the work; told to end, tell it again until it has: the loop itself says so only once."""
    task = asyncio.create_task(work)
    try:
        await asyncio.wait({task})
    except asyncio.CancelledError:
        await end_tasks([task], every=TIDY_SECONDS)
        if task.cancelled():
            raise
    return task.result()


def explain(error: AppError) -> str:
    """Return a refusal with all its problems in plain words."""
    lines = [message(error.code, error.params, "zh") + " / " + message(error.code, error.params, "en")]
    lines += [f"  {'.'.join(map(str, each.path))}: {describe(each, 'zh')}" for each in error.problems]
    return "\n".join(lines)


def with_workspace(
    function: Callable[..., Coroutine[Any, Any, T]],
) -> Callable[..., T]:
    """Give a command its workspace: ``async def command(workspace, settings, …)`` becomes a click callback."""

    @click.pass_obj
    @functools.wraps(function)
    def command(settings: Settings, /, **arguments: Any) -> T:
        async def work(url: str) -> T:
            async with workspace_of(settings, url) as workspace:
                return await function(workspace, settings, **arguments)

        with database(settings) as url:
            return run_async(work(url))

    return command
