"""Installs NocoBase from npm packages into the cache; steps that are done already are passed over."""

import json
import subprocess
from pathlib import Path

from benchmarks.peers.machine import bounded, cache
from benchmarks.peers.platform import Unavailable

VERSION = "2.2.15"
YARN = "yarn@1.22.22"
"""NocoBase pins packages by ``resolutions``, which this yarn understands."""
XLSX = "0.18.5"
"""The spreadsheet package comes from npm; NocoBase would fetch it from its author's own site."""


def install_nocobase() -> Path:
    """Return the folder of the installed application."""
    home = cache("nocobase")
    app = home / "app"
    if (home / "installed").exists():
        return app
    if not (home / "tools" / "node_modules" / ".bin" / "yarn").exists():
        bounded(["npm", "install", "--prefix", "tools", YARN], 120, home)
    if not (app / "package.json").exists():
        database = [
            text for name in ("HOST", "PORT", "DATABASE", "USER", "PASSWORD") for text in ("-e", f"DB_{name}=given")
        ]
        creating = [
            "npx",
            "--yes",
            f"create-nocobase-app@{VERSION}",
            "app",
            "-d",
            "postgres",
            "--skip-dev-dependencies",
        ]
        bounded([*creating, *database, "-e", "TZ=UTC"], 180, home)
    package = json.loads((app / "package.json").read_text("utf-8"))
    package.setdefault("resolutions", {})["xlsx"] = XLSX
    (app / "package.json").write_text(json.dumps(package, indent=2), "utf-8")
    yarn = home / "tools" / "node_modules" / ".bin" / "yarn"
    options = ["--ignore-engines", "--network-timeout", "120000", "--non-interactive"]
    bounded([yarn, "install", "--registry", _registry(), *options], 540, app)
    (home / "installed").touch()
    return app


def _registry() -> str:
    """Return the registry that npm is set to use, which yarn does not know by itself."""
    try:
        done = subprocess.run(
            ["npm", "config", "get", "registry"], check=True, capture_output=True, text=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise Unavailable(f"npm: {error}") from error
    return done.stdout.strip()
