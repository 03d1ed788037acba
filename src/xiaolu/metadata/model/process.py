"""Processes: stages, what each demands, and how a record moves between them."""

from typing import Any

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.common import Definition, Named, Owned


class EvidenceSlot(Named, frozen=True, kw_only=True):
    """A proof that a stage or transition demands."""

    kind: str
    """file, image, text, link (to a record) or event (a system event)."""
    required: bool = True
    minimum: int = 1
    validators: dict[str, Any] = msgspec.field(default_factory=dict)
    """Settings by validator: content_types, max_bytes, min_bytes, max_age_hours, not_future, exif_time, exif_place,
    min_length, phrases, entity, event. See ``xiaolu.files.validators``."""


class TimeLimit(Definition, frozen=True, kw_only=True):
    """How long a record may stay in a stage, and who is told, one after the other, when it stays longer."""

    hours: float
    calendar: str = "calendar"
    """calendar (every hour counts) or working (hours of the work calendar)."""
    escalate: tuple[str, ...] = ("supervisor",)
    """Steps: supervisor (manager of the owner's department), then up: region, head (the topmost); or role:<key>."""
    step_hours: float = 48
    """Hours between one step of the escalation and the next."""


class Stage(Named, frozen=True, kw_only=True):
    """One place in a process."""

    required: tuple[str, ...] = ()
    """Fields that must be filled before a record may enter this stage by a transition."""
    evidence: tuple[EvidenceSlot, ...] = ()
    """Proof that must be there before a record may leave this stage forwards."""
    readonly: tuple[str, ...] = ()
    open_when_frozen: tuple[str, ...] = ()
    """Fields that may be edited while a freeze holds (the assessment that the freeze is for)."""
    colour: str = "blue"
    limit: TimeLimit | None = None
    kind: str = "open"
    """open, won or lost."""


class Effect(Definition, frozen=True, kw_only=True):
    """What a transition does besides moving the record, or what a new record brings about."""

    do: str
    """task, freeze, lock_window, notify or set."""
    role: str | None = None
    to: str | None = None
    """owner, supervisor, region, head, role:<key> or a field that holds a member."""
    into: str | None = None
    """For ``task``: the user field that receives the member who was chosen."""
    title: Label | None = None
    background: tuple[str, ...] = ()
    """For ``task``: fields (dotted through relations) that the card shows."""
    goal: Label | None = None
    next_step: Label | None = None
    text: Label | None = None
    """For ``notify``."""
    hours: float | None = None
    """Length of a freeze or window; for ``task`` the time until it is due."""
    calendar: str = "calendar"
    """calendar (every hour counts) or working (hours of the work calendar)."""
    values: dict[str, str] = msgspec.field(default_factory=dict)
    """For ``set``: field → formula."""
    reason: Label | None = None


class Transition(Named, frozen=True, kw_only=True):
    """A permitted move."""

    source: tuple[str, ...]
    target: str
    guard: str | None = None
    """Formula that must be true; an empty result counts as not met."""
    guard_message: Label | None = None
    roles: tuple[str, ...] = ()
    """Roles that may make the move; none named: every role with the move permission."""
    reasons: str | None = None
    """Option set of trigger actions; the process's own where not given."""
    backward: bool = False
    """A move back needs no evidence of the stage that is left; neither does a move to a lost stage."""
    effects: tuple[Effect, ...] = ()


class Process(Owned, frozen=True, kw_only=True):
    """A stage machine on an entity."""

    entity: str
    stages: tuple[Stage, ...]
    transitions: tuple[Transition, ...]
    initial: str
    reasons: str | None = None
    """Option set of trigger actions demanded at each move; None: no action is asked for."""
    remark_required: bool = True
    remark_minimum: int = 1
    """Fewest letters and digits (Chinese characters among them) of a remark; blanks and punctuation do not count."""

    background: tuple[str, ...] = ()
    """Fields (dotted through relations) on the cards of tasks whose effect names none, escalations among them."""
    on_create: tuple[Effect, ...] = ()
    """What a new record brings about, imported ones apart: ``task`` and ``notify``."""

    def stage(self, key: str) -> Stage | None:
        """Return the stage with this key, if there is one."""
        return next((each for each in self.stages if each.key == key), None)

    def transition(self, key: str) -> Transition | None:
        """Return the transition with this key, if there is one."""
        return next((each for each in self.transitions if each.key == key), None)
