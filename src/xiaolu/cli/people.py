"""Commands for members."""

import secrets

import click

from xiaolu.access.service.members import MemberDraft, create_member, find_by_login, set_password
from xiaolu.cli.opening import with_workspace
from xiaolu.kit.settings import Settings
from xiaolu.runtime.workspace import Workspace


@click.group()
def user() -> None:
    """Add people and reset passwords."""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True, help="Name shown to others.")
@click.option("--role", "roles", multiple=True, required=True, help="Role key; may be given several times.")
@click.option("--email", help="E-mail address.")
@click.option("--phone", help="Phone number.")
@with_workspace
async def add(
    workspace: Workspace,
    settings: Settings,
    /,
    *,
    login: str,
    name: str,
    roles: tuple[str, ...],
    email: str | None,
    phone: str | None,
) -> None:
    """Add a member; a first password is made and printed once."""
    del settings
    password = secrets.token_urlsafe(12)
    async with workspace.context() as ctx:
        draft = MemberDraft(
            login=login, name=name, email=email, phone=phone, roles=roles, password=password, must_change_password=True
        )
        await create_member(ctx, draft)
    click.echo(f"{login} / {password}   (shown once; to be changed at the first sign-in)")


@user.command("password")
@click.argument("login")
@with_workspace
async def password(workspace: Workspace, settings: Settings, /, *, login: str) -> None:
    """Give a member a new first password; all sessions end."""
    del settings
    fresh = secrets.token_urlsafe(12)
    async with workspace.context() as ctx:
        member = await find_by_login(ctx, login)
        await set_password(ctx, member, fresh, must_change=True)
    click.echo(f"{login} / {fresh}   (shown once; to be changed at the next sign-in)")
