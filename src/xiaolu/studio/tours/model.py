"""How far a member has come in a tour."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from xiaolu.metadata.model.entrance import Tour

State: TypeAlias = Literal["running", "paused", "done", "dismissed"]


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a member has come."""

    tour: str
    state: State
    step: str | None
    done: list[str]
    started_at: datetime
    changed_at: datetime


class OwnTour(msgspec.Struct, frozen=True, kw_only=True):
    """A tour that a member may take, and how far they have come."""

    tour: Tour
    progress: Progress | None
