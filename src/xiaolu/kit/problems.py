"""A problem is one thing wrong with an input, with the place and the way out.

Validators never raise for bad input: they return every problem they find, so that a user mends a form or a package
in one go.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

Param: TypeAlias = str | int | float | bool | list[str] | None


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One defect of an input.

    ``code`` is a stable dotted name with a message in every language (``kit.i18n``); ``path`` leads to the place, from
    the outside in (``("values", "amount")``); ``params`` fill the message; ``message`` overrides the catalogue where a
    definition carries its own text (a rule written by a customer).
    """

    code: str
    path: tuple[str | int, ...] = ()
    params: Mapping[str, Param] = msgspec.field(default_factory=dict)
    message: str | None = None

    def under(self, *prefix: str | int) -> "Problem":
        """Return the same problem with ``prefix`` put before its path."""
        return msgspec.structs.replace(self, path=(*prefix, *self.path))


def problem(code: str, *path: str | int, **params: Param) -> Problem:
    """Build a problem from its code, path and message parameters."""
    return Problem(code=code, path=path, params=params)


def under(prefix: str | int, problems: Sequence[Problem]) -> list[Problem]:
    """Return ``problems`` with ``prefix`` put before each path."""
    return [each.under(prefix) for each in problems]
