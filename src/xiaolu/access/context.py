"""What every use case receives: the unit of work, the instant, the person and the definitions."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

from xiaolu.access.model import Actor
from xiaolu.kit.answers import Answers
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Language
from xiaolu.kit.ids import new_id
from xiaolu.kit.sealing import KeyRing, passing_keys
from xiaolu.kit.workcalendar import WorkCalendar
from xiaolu.metadata.snapshot import Snapshot


@cache
def _standard_calendar() -> WorkCalendar:
    return WorkCalendar()


@cache
def _no_answers() -> Answers:
    return Answers(most_rows=0)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something happens: what started it, and the chain that it belongs to."""

    kind: str = "user"
    """user, api, import, rule, timer, effect or system."""
    id: UUID | None = None
    """The import, rule run, timer … that caused it."""
    correlation: UUID = field(default_factory=new_id)
    """Shared by all that one request sets off."""


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one use case."""

    uow: UnitOfWork
    now: datetime
    actor: Actor
    snapshot: Snapshot
    language: Language = "zh"
    time_zone: str = "Asia/Shanghai"
    cause: Cause = field(default_factory=Cause)
    calendar: WorkCalendar = field(default_factory=_standard_calendar)
    """Working days and hours of the workspace."""
    keys: KeyRing = field(default_factory=passing_keys, repr=False)
    """What seals secrets that must be read again."""
    answers: Answers = field(default_factory=_no_answers, repr=False)
    """What slow questions were answered with, as long as it holds."""
    address: str | None = None
    """Network address that the request came from, for the audit log."""
