"""Installs Tryton from PyPI into an environment of its own in the cache, with a module that defines the deals."""

import shutil
import sys
from pathlib import Path

from benchmarks.peers.machine import bounded, cache

VERSION = "8.2.1"
PACKAGES = (f"trytond[PostgreSQL]=={VERSION}", "trytond_party==8.2.0", "gunicorn==23.0.0")
MODULE = Path(__file__).with_name("tryton_module")


def install_tryton() -> Path:
    """Return the folder of the installed environment."""
    home = cache("tryton")
    environment = home / "environment"
    if not (home / "installed").exists():
        bounded([sys.executable, "-m", "venv", "--clear", environment], 120, home)
        bounded([environment / "bin" / "python", "-m", "pip", "install", "--quiet", *PACKAGES], 300, home)
        (home / "installed").touch()
    (modules,) = environment.glob("lib/python3*/site-packages/trytond/modules")
    shutil.copytree(MODULE, modules / "bench_deal", dirs_exist_ok=True)
    return environment
