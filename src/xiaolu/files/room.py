"""Room on the disk: asked for before much is written, and while it is, so that a large upload never fills it."""

import shutil
from pathlib import Path

from xiaolu.kit.errors import Unavailable

RESERVE = 256 * 1024 * 1024
"""Bytes that uploads leave free: the database writes to the same disk."""


def has_room(folder: Path, size: int = 0) -> bool:
    """Tell whether so many bytes fit where a folder lies, or is about to, and leave the reserve."""
    there = next((each for each in (folder, *folder.parents) if each.exists()), Path("/"))
    return shutil.disk_usage(there).free - size >= RESERVE


def require_room(size: int, *folders: Path) -> None:
    """Refuse what does not fit.

    Raises:
        Unavailable: the disk has no room for so many bytes.
    """
    if not all(has_room(each, size) for each in folders):
        raise Unavailable("file.no_room")
