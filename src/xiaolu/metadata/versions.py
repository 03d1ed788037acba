"""SQL that tells on which version of their process records run."""

from collections.abc import Collection

from xiaolu.kit.sql import TRUE, Sql, compose, param, raw
from xiaolu.metadata.model.running import FIRST

NUMBER = raw(f"coalesce(r.process_version, {FIRST})")
"""The number that a record ``r`` carries."""


def runs_on(version: int | None, kept: Collection[int]) -> Sql:
    """Return the condition that a record ``r`` runs on a kept version, or with None on the present one."""
    if version is not None:
        return compose("{number} = {version}", number=NUMBER, version=param(version, "integer"))
    if not kept:
        return TRUE
    return compose("{number} <> ALL({kept})", number=NUMBER, kept=param(sorted(kept), "integer[]"))
