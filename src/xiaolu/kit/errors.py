"""The closed set of ways in which a use case refuses.

Services raise these; the delivery layer maps the kind to a status once. ``code`` is stable and has a message in
``kit.i18n``; ``problems`` name the fields, rules and ways out.
"""

from collections.abc import Sequence
from typing import ClassVar

from xiaolu.kit.problems import Param, Problem


class AppError(Exception):
    """Base of every refusal that a user may meet."""

    kind: ClassVar[str] = "internal"

    def __init__(self, code: str, problems: Sequence[Problem] = (), **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.problems = list(problems)
        self.params = params

    def __str__(self) -> str:
        detail = "; ".join(f"{'.'.join(map(str, p.path))}: {p.code} {dict(p.params)}" for p in self.problems)
        return f"{self.code} {self.params or ''} {detail}".strip()


class Invalid(AppError):
    """The input breaks a rule; ``problems`` lists each."""

    kind = "invalid"


class NotFound(AppError):
    """There is no such thing, or the person may not know of it."""

    kind = "not_found"


class Conflict(AppError):
    """The thing changed, or is in a state that forbids the action now."""

    kind = "conflict"


class Denied(AppError):
    """The person may not do this."""

    kind = "denied"


class Unauthenticated(AppError):
    """Nobody is signed in, or the proof of identity is wrong."""

    kind = "unauthenticated"


class Limited(AppError):
    """Too much or too often; ``params['retry_after']`` gives seconds where waiting helps."""

    kind = "limited"


class Unavailable(AppError):
    """Something the platform depends on does not answer now."""

    kind = "unavailable"
