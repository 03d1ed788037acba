"""The command and its subcommands."""

import click

from xiaolu import __version__
from xiaolu.cli.apps import app
from xiaolu.cli.care import backup, doctor, restore
from xiaolu.cli.importing import import_file
from xiaolu.cli.people import user
from xiaolu.cli.serving import init, openapi, serve, worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="xiaolu")
def xiaolu() -> None:
    """Xiaolu 销路: a zero-code sales-management platform.

    Settings come from environment variables named XIAOLU_…; `xiaolu doctor` lists them.
    """


for command in (serve, worker, init, app, import_file, user, backup, restore, doctor, openapi):
    xiaolu.add_command(command)
