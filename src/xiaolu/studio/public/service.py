"""Use cases of strangers: see a form, upload a file, send what they filled in."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import IO, Any

import msgspec

from xiaolu.access.context import Cause, Context
from xiaolu.access.model import Actor
from xiaolu.files.model import StoredFile
from xiaolu.files.service import store_file
from xiaolu.files.storage import FileStorage
from xiaolu.kit.errors import Denied, Invalid, NotFound
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.entrance import PublicForm
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.studio.public import store
from xiaolu.studio.public.model import Message, Origin, Riddle, State, Submission
from xiaolu.studio.public.rules import (
    LONGEST_TEXT,
    MOST_NUMBER,
    RUNS_OUT,
    address_mark,
    closed_because,
    content_mark,
    file_pass,
    make_riddle,
    riddle_problem,
    suspicion,
)
from xiaolu.studio.public.writing import write_record

AN_HOUR = timedelta(hours=1)
MOST_OF_ADDRESS = 20
MOST_OF_FORM = 600
"""Messages in an hour, from one address and in all."""
SAME_WITHIN = timedelta(hours=24)
FILE_TYPES = ("application/pdf", "image/jpeg", "image/png", "image/webp", "image/gif", "image/heic")
LARGEST_FILE = 10 * 1024 * 1024
_QUIET = frozenset({"trap", "forged", "wrong", "too_fast"})
"""Reasons that only machines meet: what they sent is counted, not kept."""


def public_context(ctx: Context, form: PublicForm) -> Context:
    """Return the surroundings in which a form acts: the platform itself, under the form's name."""
    actor = Actor(id=None, kind="system", name=form.label.zh)
    return replace(ctx, actor=actor, cause=Cause(kind="api", correlation=ctx.cause.correlation))


async def open_form(ctx: Context, token: str) -> tuple[PublicForm, EntityModel, Riddle]:
    """Return a form by its token, with a riddle.

    Raises:
        NotFound: there is no such form.
        Denied: it takes nothing now.
    """
    form, model = await find_public_form(ctx, token)
    reason = closed_because(form, ctx.now)
    if reason is not None:
        raise Denied(f"public.closed.{reason}")
    secret = await store.read_secret(ctx.uow)
    number = secrets.randbelow(MOST_NUMBER + 1)
    return form, model, make_riddle(secret, form.key, secrets.token_hex(12), number, ctx.now)


async def find_public_form(ctx: Context, token: str) -> tuple[PublicForm, EntityModel]:
    """Return a form by its token, whether or not it is open."""
    key = await store.find_form(ctx.uow, token)
    form = next((each for each in ctx.snapshot.definitions.public_forms if each.key == key), None)
    model = ctx.snapshot.entities.get(form.entity) if form else None
    if form is None or model is None:
        raise NotFound("public.unknown")
    return form, model


async def upload_file(
    ctx: Context, storage: FileStorage, token: str, name: str, stream: IO[bytes]
) -> tuple[StoredFile, str]:
    """Take a file in for a form; return it with the proof that it came this way.

    Raises:
        Invalid: it is too large, or no image and no PDF.
    """
    form, model = await find_public_form(ctx, token)
    reason = closed_because(form, ctx.now)
    if reason is not None:
        raise Denied(f"public.closed.{reason}")
    if not any(
        model.fields[each.key].type.key in ("file", "image") for each in form.fields if each.key in model.fields
    ):
        raise Denied("public.no_files")
    stream.seek(0, 2)
    if stream.tell() > LARGEST_FILE:
        raise Invalid("file.too_large", [problem("file.too_large", "file", limit="10 MB")], limit="10 MB")
    stream.seek(0)
    file = await store_file(public_context(ctx, form), storage, name, stream)
    if file.content_type not in FILE_TYPES:
        raise Invalid("public.file_type", [problem("public.file_type", "file")])
    secret = await store.read_secret(ctx.uow)
    return file, file_pass(secret, form.key, str(file.id))


async def send_message(ctx: Context, token: str, sent: Message) -> Submission:
    """Judge what somebody sent: make it a record, keep it for somebody to look at, or turn it away.

    Raises:
        Denied: the riddle was used before.
        Invalid: fields are missing or wrong, each with its reason.
    """
    form, model = await find_public_form(ctx, token)
    secret = await store.read_secret(ctx.uow)
    address = address_mark(secret, ctx.address)
    values, problems = _read_values(form, model, sent, secret)
    refusal = await _refusal(ctx, form, sent, secret, address)
    if refusal is not None:
        refused = _submission(ctx, form, "refused", sent.origin, {"reason": refusal})
        await _note(ctx, form, refused, address)
        return refused
    if problems:
        raise Invalid("record.invalid", problems)
    used = await store.use_riddle(ctx.uow, sent.solution.salt, now=ctx.now, expires=ctx.now + RUNS_OUT)
    if not used:
        raise Denied("public.refused.used")
    mark = content_mark(values)
    doubt = suspicion(values)
    if doubt is None and await store.has_mark(ctx.uow, form.key, mark, ctx.now - SAME_WITHIN):
        doubt = "repeated"
    if doubt is not None:
        made = _submission(ctx, form, "held", sent.origin, {"reason": doubt, "content": values, "mark": mark})
    else:
        record, owner = await write_record(public_context(ctx, form), form, values, sent.origin)
        result = {"record_id": record, "owner_id": owner, "mark": mark}
        made = _submission(ctx, form, "accepted", sent.origin, result)
    await store.insert_submission(ctx.uow, made, address)
    return made


def told_because(reason: str | None) -> str:
    """Return the code of what a sender is told whose message was turned away."""
    return f"public.refused.{'machine' if reason in _QUIET else reason}"


async def _refusal(ctx: Context, form: PublicForm, sent: Message, secret: bytes, address: bytes | None) -> str | None:
    closed = closed_because(form, ctx.now)
    if closed is not None:
        return closed
    if sent.trap.strip():
        return "trap"
    wrong = riddle_problem(secret, form.key, sent.solution, ctx.now)
    if wrong is not None:
        return wrong
    since = ctx.now - AN_HOUR
    if address is not None and await store.count_recent(ctx.uow, form.key, since, address) >= MOST_OF_ADDRESS:
        return "too_many"
    if await store.count_recent(ctx.uow, form.key, since) >= MOST_OF_FORM:
        return "too_many"
    return "consent" if form.consent is not None and not sent.consent else None


def _read_values(
    form: PublicForm, model: EntityModel, sent: Message, secret: bytes
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the values of the form's own fields, and what is wrong with them before any rule looks."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for shown in form.fields:
        raw = sent.values.get(shown.key)
        if raw is None or raw in ("", []):
            if shown.required:
                problems.append(problem("field.required", "values", shown.key))
            continue
        if isinstance(raw, str) and len(raw) > LONGEST_TEXT:
            problems.append(problem("public.text_length", "values", shown.key, most=LONGEST_TEXT))
            continue
        kind = model.fields[shown.key].type.key
        if kind in ("file", "image"):
            read = _files(form, raw, secret)
            if read is None:
                problems.append(problem("file.not_found", "values", shown.key))
            values[shown.key] = read
        else:
            values[shown.key] = raw
    return values, problems


def _files(form: PublicForm, raw: Any, secret: bytes) -> list[str] | None:
    """Return the ids of files that were uploaded to this very form; None where one was not."""
    found: list[str] = []
    for each in raw if isinstance(raw, list) else [raw]:
        identifier, _, proof = str(each).partition(":")
        if not secrets.compare_digest(file_pass(secret, form.key, identifier), proof):
            return None
        found.append(identifier)
    return found


def _submission(ctx: Context, form: PublicForm, state: State, origin: Origin, result: Mapping[str, Any]) -> Submission:
    said = {key: value[:300] for key, value in msgspec.to_builtins(origin).items() if value}
    if result.get("mark"):
        said["mark"] = result["mark"]
    return Submission(
        id=new_id(),
        form=form.key,
        at=ctx.now,
        state=state,
        reason=result.get("reason"),
        entity=form.entity,
        record_id=result.get("record_id"),
        owner_id=result.get("owner_id"),
        content=result.get("content"),
        origin=said,
    )


async def _note(ctx: Context, form: PublicForm, made: Submission, address: bytes | None) -> None:
    """Keep a refusal; a flood of them is not kept whole."""
    if await store.count_recent(ctx.uow, form.key, ctx.now - AN_HOUR) < 2 * MOST_OF_FORM:
        await store.insert_submission(ctx.uow, made, address)
