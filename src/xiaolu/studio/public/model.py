"""What comes in through public forms."""

from datetime import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

import msgspec

State: TypeAlias = Literal["accepted", "held", "refused", "dropped"]


class Riddle(msgspec.Struct, frozen=True, kw_only=True):
    """Work that a browser does before it may send: find the number whose hash with the salt is the challenge."""

    algorithm: str
    salt: str
    challenge: str
    most: int
    """The number lies between 0 and this."""
    issued: int
    """Milliseconds since 1970; part of what is signed."""
    signature: str


class Solution(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A riddle with the number that solves it."""

    salt: str
    challenge: str
    issued: int
    signature: str
    number: int


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where somebody came from, as their browser says."""

    page: str = ""
    referrer: str = ""
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_term: str = ""
    utm_content: str = ""
    language: str = ""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody sent, before it is judged."""

    values: dict[str, Any]
    solution: Solution
    trap: str
    """A field that people do not see; whoever fills it in is a machine."""
    consent: bool
    origin: Origin


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What became of something that was sent."""

    id: UUID
    form: str
    at: datetime
    state: State
    reason: str | None
    entity: str
    record_id: UUID | None
    owner_id: UUID | None
    content: dict[str, Any] | None
    """What was sent, as long as somebody has to look at it."""
    origin: dict[str, str]


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How much came in through a form."""

    form: str
    accepted: int
    held: int
    refused: int
    last: datetime | None
