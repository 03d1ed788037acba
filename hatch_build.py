"""Builds the web client into a wheel, so that who installs it needs neither Node nor the sources."""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ClientBuild(BuildHookInterface):  # type: ignore[type-arg]
    """Runs ``make client`` unless the client is built; editable installs are left alone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make sure that ``src/xiaolu/webdist`` is there."""
        del build_data
        root = Path(self.root)
        if version == "editable" or (root / "src" / "xiaolu" / "webdist" / "index.html").exists():
            return
        subprocess.run(["make", "client"], cwd=root, check=True)
