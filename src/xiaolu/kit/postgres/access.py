"""How to reach the embedded server: a file that only the owner of the data directory may read."""

import os
import socket
from pathlib import Path

import msgspec


class Access(msgspec.Struct, frozen=True):
    """The server's port on the loopback interface, and the password it demands."""

    port: int
    password: str


def read_access(folder: Path) -> Access | None:
    """Return what is kept in the folder, if anything is."""
    kept = folder / "access.json"
    return msgspec.json.decode(kept.read_bytes(), type=Access) if kept.exists() else None


def keep_access(folder: Path, access: Access) -> None:
    """Write it down, whole or not at all."""
    kept = folder / "access.json"
    temporary = kept.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(access))
    temporary.rename(kept)


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    """Tell whether the port can be listened on, as PostgreSQL would."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
