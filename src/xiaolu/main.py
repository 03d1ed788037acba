"""The composition root: reads the settings once and hands them to the command line."""

import os
import sys
from dataclasses import replace
from pathlib import Path

from xiaolu.cli.commands import xiaolu
from xiaolu.kit.settings import Settings, UnknownSetting, read_settings

ROOT_DATA_DIR = Path("/var/lib/xiaolu")
"""Where root keeps the data: PostgreSQL's unprivileged user may not enter root's home."""


def run() -> None:
    """Run the ``xiaolu`` command."""
    try:
        settings = read_settings(os.environ)
    except (UnknownSetting, ValueError) as error:
        sys.exit(f"xiaolu: {error}")
    xiaolu(obj=_place_data(settings))


def _place_data(settings: Settings) -> Settings:
    if "XIAOLU_DATA_DIR" not in os.environ and os.geteuid() == 0:
        return replace(settings, data_dir=ROOT_DATA_DIR)
    return replace(settings, data_dir=settings.data_dir.expanduser())


if __name__ == "__main__":
    run()
