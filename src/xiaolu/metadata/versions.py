"""SQL that tells on which version of their process records run."""

from collections.abc import Collection

from xiaolu.kit.sql import TRUE, Sql, compose, param, raw
from xiaolu.metadata.model.running import FIRST, carried

NUMBER = raw(f"coalesce(r.process_version, {FIRST})")
"""The number that a record ``r`` carries."""


def runs_on(version: int | None, kept: Collection[int]) -> Sql:
    """Return the condition that a record ``r`` runs on one of the ``kept`` versions, or with None on the present one."""
    if version is not None:
        numbers = carried(version, kept)
        return compose(
            "{number} BETWEEN {first} AND {version}",
            number=NUMBER,
            first=param(numbers[0], "integer"),
            version=param(version, "integer"),
        )
    if not kept:
        return TRUE
    return compose("{number} > {last}", number=NUMBER, last=param(max(kept), "integer"))
