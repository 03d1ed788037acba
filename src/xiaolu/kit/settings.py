"""Configuration, parsed once by ``main`` from the environment and passed down in small slices.

An unknown ``XIAOLU_`` variable is an error: a mistyped name must not be ignored silently.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, its type, default and meaning."""

    database_url: str | None = field(
        default=None, metadata={"help": "PostgreSQL 18+ address; unset: the embedded server is started"}
    )
    data_dir: Path = field(
        default=Path("~/.local/share/xiaolu"), metadata={"help": "Folder for the embedded database, files and keys"}
    )
    host: str = field(default="127.0.0.1", metadata={"help": "Address that the web server listens on"})
    port: int = field(default=8000, metadata={"help": "Port that the web server listens on; 0 takes a free one"})
    workspace: str = field(default="main", metadata={"help": "Schema of the default workspace"})
    pool_size: int = field(default=16, metadata={"help": "Most database connections per process"})
    test_clock: bool = field(
        default=False, metadata={"help": "Let tests move the clock through the API; never in production"}
    )
    secure_cookies: bool = field(default=False, metadata={"help": "Mark cookies Secure; turn on behind HTTPS"})
    requests_per_second: int = field(
        default=100, metadata={"help": "Most requests a second of one person, five times as many at once; 0: no limit"}
    )
    kept_rows: int = field(
        default=20_000,
        metadata={
            "help": "Most result rows of slow counts and figures that a process keeps while nothing changed; 0: none"
        },
    )
    trusted_proxies: str | None = field(
        default=None,
        metadata={
            "help": "Addresses or networks (comma-separated) of reverse proxies whose X-Forwarded-For and -Proto count"
        },
    )
    time_zone: str = field(default="Asia/Shanghai", metadata={"help": "Time zone of new workspaces"})
    secret_key: str | None = field(
        default=None,
        metadata={
            "help": "Key that seals second factors, 32 characters or more; several with commas: the first seals, all open; "
            "unset: secret.key in the data folder"
        },
    )
    log_level: str = field(default="info", metadata={"help": "debug, info, warning or error"})


class UnknownSetting(ValueError):
    """An environment variable with our prefix names no setting."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Parse settings from environment variables named ``XIAOLU_`` plus the setting in capitals.

    Raises:
        UnknownSetting: a variable with the prefix is not a setting.
        ValueError: a value does not parse as the setting's type.
    """
    known = {f"XIAOLU_{each.name.upper()}": each for each in fields(Settings)}
    values: dict[str, Any] = {}
    for name, text in environment.items():
        if not name.startswith("XIAOLU_"):
            continue
        if name not in known:
            raise UnknownSetting(f"{name} is not a setting; known: {', '.join(sorted(known))}")
        values[known[name].name] = _parse(name, text, known[name].default)
    return Settings(**values)


def _parse(name: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        if text.lower() not in {"0", "1", "true", "false", "yes", "no"}:
            raise ValueError(f"{name}: write 1 or 0")
        return text.lower() in {"1", "true", "yes"}
    if isinstance(default, int):
        return int(text)
    if isinstance(default, Path):
        return Path(text)
    return text
