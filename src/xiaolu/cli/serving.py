"""Commands that run the platform."""

import asyncio
import contextlib
import fcntl
import json
import logging
import os
import secrets
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import uvicorn

from xiaolu.access.service.bootstrap import bootstrap_admin
from xiaolu.access.service.second_factor import reseal_secrets
from xiaolu.cli.opening import database, orderly_end, run_async, storage_of, with_workspace, workspace_of
from xiaolu.demo.accounts import CUSTOMERS, LEADS, Size, show_accounts
from xiaolu.kit.settings import Settings
from xiaolu.runtime.suite import install_suite
from xiaolu.runtime.workspace import Workspace, is_installed, set_time_zone
from xiaolu.web.app import WebOptions, make_app
from xiaolu.web.onepiece import OnePieceProtocol
from xiaolu.worker.duties import make_duties
from xiaolu.worker.loop import end_tasks, run_worker


@click.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one.")
@click.option("--demo", is_flag=True, help="Fill an empty workspace with the sales suite and a demo company.")
@click.option(
    "--demo-leads",
    type=click.IntRange(20, 100_000),
    default=LEADS,
    show_default=True,
    help="Leads of the demo company.",
)
@click.option("--no-worker", is_flag=True, help="Leave the background work to separate `xiaolu worker` processes.")
@click.pass_obj
def serve(
    settings: Settings, /, *, host: str | None, port: int | None, demo: bool, demo_leads: int, no_worker: bool
) -> None:
    """Run the web server, the client and the worker in one process."""
    settings = replace(settings, host=host or settings.host, port=settings.port if port is None else port)
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with orderly_end(), _only_server(settings) as lock, _bound(settings) as listening, database(settings) as url:
        settings = replace(settings, port=listening.getsockname()[1])
        os.write(lock, f"http://{_shown(settings.host)}:{settings.port}, process {os.getpid()}".encode())
        size = Size(max(10, demo_leads * CUSTOMERS // LEADS), demo_leads) if demo else None
        run_async(_serve(settings, url, listening, demo=size, with_worker=not no_worker))


async def _serve(
    settings: Settings, url: str, listening: socket.socket, *, demo: Size | None, with_worker: bool
) -> None:
    storage = storage_of(settings)
    async with workspace_of(settings, url) as workspace:
        await _prepare(workspace, settings, demo=demo)
        async with workspace.context() as ctx:
            await reseal_secrets(ctx)
        options = WebOptions(
            settings.data_dir, settings.secure_cookies, settings.test_clock, settings.requests_per_second
        )
        server = uvicorn.Server(
            uvicorn.Config(
                make_app(workspace, storage, options),
                loop="none",
                http=OnePieceProtocol,
                log_level="warning",
                access_log=False,
                proxy_headers=settings.trusted_proxies is not None,
                forwarded_allow_ips=settings.trusted_proxies or "",
                timeout_graceful_shutdown=5,
            )
        )
        background = asyncio.create_task(run_worker(workspace, make_duties(storage))) if with_worker else None
        show_accounts(settings.data_dir)
        click.echo(f"Xiaolu 销路 → http://{_shown(settings.host)}:{settings.port}")
        try:
            await server.serve(sockets=[listening])
        finally:
            if background is not None:
                await end_tasks([background])


async def _prepare(workspace: Workspace, settings: Settings, *, demo: Size | None) -> None:
    if await is_installed(workspace):
        return
    await set_time_zone(workspace, settings.time_zone)
    if demo is not None:
        from xiaolu.demo.company import load_demo  # only the first start tells the story

        await install_suite(workspace)
        await load_demo(workspace, settings.data_dir, demo)
    else:
        await _first_admin(workspace)
        await install_suite(workspace)


async def _first_admin(workspace: Workspace) -> None:
    password = secrets.token_urlsafe(12)
    async with workspace.unit() as uow:
        await bootstrap_admin(
            uow, login="admin", name="管理员", password=password, now=workspace.now, must_change_password=True
        )
    click.echo(f"First sign-in: admin / {password}   (shown once; you will be asked to choose your own)")


@click.command()
@click.pass_obj
def worker(settings: Settings, /) -> None:
    """Run background work only, beside servers started with --no-worker."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    async def work(url: str) -> None:
        async with workspace_of(settings, url) as workspace:
            watching = asyncio.create_task(workspace.watch())
            try:
                await run_worker(workspace, make_duties(storage_of(settings)))
            finally:
                await end_tasks([watching])

    with orderly_end(), database(settings) as url:
        run_async(work(url))


@click.command()
@click.option("--login", default="admin", show_default=True, help="Sign-in name of the first administrator.")
@click.option("--name", default="管理员", show_default=True, help="Name of the first administrator.")
@click.option("--suite/--no-suite", default=True, show_default=True, help="Install the sales suite.")
@with_workspace
async def init(workspace: Workspace, settings: Settings, /, *, login: str, name: str, suite: bool) -> None:
    """Make the workspace and its first administrator."""
    if await is_installed(workspace):
        raise click.ClickException("This workspace is in use already; `xiaolu user add` adds people to it.")
    await set_time_zone(workspace, settings.time_zone)
    password = secrets.token_urlsafe(12)
    async with workspace.unit() as uow:
        await bootstrap_admin(
            uow, login=login, name=name, password=password, now=workspace.now, must_change_password=True
        )
    if suite:
        await install_suite(workspace)
    click.echo(f"{login} / {password}   (shown once; you will be asked to choose your own)")


@click.command()
@with_workspace
async def openapi(workspace: Workspace, settings: Settings, /) -> None:
    """Print the OpenAPI document of the HTTP interface."""
    application = make_app(workspace, storage_of(settings), WebOptions(settings.data_dir))
    document: dict[str, Any] = application.openapi_schema.to_schema()
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, default=str))


@contextlib.contextmanager
def _only_server(settings: Settings) -> Iterator[int]:
    """Refuse a second server on the same data: one is enough, and the lock's file, which is handed out, says where it is."""
    path: Path = settings.data_dir / "serve.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            where = path.read_text("utf-8").strip()
            raise click.ClickException(
                f"Xiaolu already runs on the data in {settings.data_dir} ({where}). Use that one, stop it first, or choose "
                "another folder with XIAOLU_DATA_DIR."
            ) from error
        os.ftruncate(handle, 0)
        yield handle
    finally:
        os.close(handle)


@contextlib.contextmanager
def _bound(settings: Settings) -> Iterator[socket.socket]:
    """Take the port before anything else, so that a port in use is told at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
        except OSError as error:
            raise click.ClickException(
                f"Port {settings.port} on {settings.host} is taken ({error.strerror}). Choose another with --port or XIAOLU_PORT."
            ) from error
        listening.set_inheritable(True)
        yield listening


def _shown(host: str) -> str:
    return "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else host  # noqa: S104 - compared, not bound
