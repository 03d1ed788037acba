"""Taking a tar archive apart without trusting the names in it."""

import shutil
import tarfile
from pathlib import Path


def take_out(archive: tarfile.TarFile, folder: Path) -> None:
    """Write the archive's files and folders below ``folder``, for the owner to read and write.

    Written here because ``extractall(filter="data")`` came with Python 3.11.4, and Debian 12 has 3.11.2.

    Raises:
        tarfile.ExtractError: an entry is a link or a device, or its name leads out of the folder.
    """
    root = folder.resolve()
    for entry in archive:
        place = (root / entry.name).resolve()
        if not place.is_relative_to(root) or not (entry.isdir() or entry.isfile()):
            raise tarfile.ExtractError(f"{entry.name!r} is no ordinary file within the archive")
        if entry.isdir():
            place.mkdir(parents=True, exist_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        content = archive.extractfile(entry)
        assert content is not None  # a regular file has content
        with content, place.open("wb") as target:
            shutil.copyfileobj(content, target, 1024 * 1024)
        place.chmod(entry.mode & 0o755 | 0o600)
