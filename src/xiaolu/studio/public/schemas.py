"""Bodies and answers of public forms."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.entrance import PublicForm
from xiaolu.metadata.snapshot import EntityModel, Snapshot
from xiaolu.studio.public.model import Origin, Riddle, Solution, Submission, Tally


class BothOut(msgspec.Struct, frozen=True, kw_only=True):
    """A text in both languages: a stranger has not chosen one yet."""

    zh: str
    en: str


class ChoiceOut(msgspec.Struct, frozen=True, kw_only=True):
    """An option."""

    key: str
    label: BothOut


class PublicFieldOut(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a public form."""

    key: str
    type: str
    label: BothOut
    help: BothOut | None
    required: bool
    options: list[ChoiceOut]
    most: int | None
    """Longest text, or greatest number of files."""


class PublicFormOut(msgspec.Struct, frozen=True, kw_only=True):
    """A form as a stranger sees it."""

    title: BothOut
    intro: BothOut | None
    thanks: BothOut | None
    button: BothOut | None
    consent: BothOut | None
    fields: list[PublicFieldOut]
    riddle: Riddle


class SendBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody filled in."""

    values: dict[str, Any]
    solution: Solution
    trap: str = ""
    consent: bool = False
    origin: Origin = msgspec.field(default_factory=Origin)


class SentOut(msgspec.Struct, frozen=True, kw_only=True):
    """Whether it was taken in, and what the sender is told."""

    accepted: bool
    thanks: BothOut | None = None
    refusal: BothOut | None = None


class UploadedOut(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was uploaded to a form; ``id`` carries the proof."""

    id: str
    name: str
    size: int


class FormOut(msgspec.Struct, frozen=True, kw_only=True):
    """A published form, its address and how much came in."""

    key: str
    label: str
    entity: str
    token: str
    tally: Tally


class LinkOut(msgspec.Struct, frozen=True, kw_only=True):
    """A form's new address."""

    token: str


class SubmissionOut(msgspec.Struct, frozen=True, kw_only=True):
    """What became of something that was sent."""

    id: UUID
    at: datetime
    state: str
    reason: str | None
    entity: str
    record_id: UUID | None
    owner_id: UUID | None
    content: dict[str, Any] | None
    origin: dict[str, str]


class SubmissionsOut(msgspec.Struct, frozen=True, kw_only=True):
    """A page of them, the newest first."""

    submissions: list[SubmissionOut]
    next: UUID | None


class VerdictBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether something that waited becomes a record."""

    accept: bool


def both(label: Label) -> BothOut:
    """Return a label in both languages."""
    return BothOut(zh=label.zh, en=label.text("en"))


def form_out(form: PublicForm, model: EntityModel, snapshot: Snapshot, riddle: Riddle) -> PublicFormOut:
    """Return a form as a stranger sees it: nothing of the entity but the fields that are shown."""

    def optional(label: Label | None) -> BothOut | None:
        return None if label is None else both(label)

    return PublicFormOut(
        title=both(form.label),
        intro=optional(form.intro),
        thanks=optional(form.thanks),
        button=optional(form.button),
        consent=optional(form.consent),
        fields=[
            PublicFieldOut(
                key=shown.key,
                type=(field := model.fields[shown.key].definition).type,
                label=both(shown.label or field.label),
                help=optional(shown.help or field.help),
                required=shown.required or field.required,
                options=_options(field.options, snapshot),
                most=field.options.get("max_length") or field.options.get("maximum"),
            )
            for shown in form.fields
            if shown.key in model.fields
        ],
        riddle=riddle,
    )


def _options(options: dict[str, Any], snapshot: Snapshot) -> list[ChoiceOut]:
    source = snapshot.option_set(str(options["set"])) if options.get("set") else None
    if source is not None:
        return [ChoiceOut(key=each.key, label=both(each.label)) for each in source.options if not each.retired]
    return [
        ChoiceOut(key=each["key"], label=both(msgspec.convert(_label(each["label"]), Label)))
        for each in options.get("options", ())
        if not each.get("retired")
    ]


def _label(given: Any) -> Any:
    return {"zh": given} if isinstance(given, str) else given


def submission_out(found: Submission) -> SubmissionOut:
    """Return what became of a message."""
    return SubmissionOut(
        id=found.id, at=found.at, state=found.state, reason=found.reason, entity=found.entity, record_id=found.record_id,
        owner_id=found.owner_id, content=found.content,
        origin={key: value for key, value in found.origin.items() if key != "mark"},
    )  # fmt: skip
