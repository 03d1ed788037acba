"""Riddles and the judgement of what was sent. Pure: secrets, instants and counts are handed in."""

import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from xiaolu.metadata.model.entrance import PublicForm
from xiaolu.metadata.validation.entrances import instant
from xiaolu.studio.public.model import Riddle, Solution

ALGORITHM = "SHA-256"
MOST_NUMBER = 60_000
"""A phone tries all of these in about a second."""
RUNS_OUT = timedelta(minutes=30)
TOO_FAST = timedelta(seconds=2)
"""People need longer than this to fill in a form."""
MOST_LINKS = 2
LONGEST_TEXT = 5_000
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_MARKUP = re.compile(r"<a\s|\[url|<script|</?[a-z]+>", re.IGNORECASE)
_REPEATED = re.compile(r"(.)\1{19,}")


def make_riddle(secret: bytes, form: str, salt: str, number: int, now: datetime) -> Riddle:
    """Return a riddle whose answer is ``number``."""
    challenge = _hash(salt, number)
    issued = int(now.timestamp() * 1000)
    return Riddle(
        algorithm=ALGORITHM,
        salt=salt,
        challenge=challenge,
        most=MOST_NUMBER,
        issued=issued,
        signature=_sign(secret, form, salt, challenge, issued),
    )


def riddle_problem(secret: bytes, form: str, solution: Solution, now: datetime) -> str | None:
    """Return why a solution does not count: forged, wrong, run_out, too_fast; None where it does."""
    wanted = _sign(secret, form, solution.salt, solution.challenge, solution.issued)
    if not hmac.compare_digest(wanted, solution.signature):
        return "forged"
    is_right = 0 <= solution.number <= MOST_NUMBER and _hash(solution.salt, solution.number) == solution.challenge
    if not is_right:
        return "wrong"
    age = now - datetime.fromtimestamp(solution.issued / 1000, tz=now.tzinfo)
    if age > RUNS_OUT:
        return "run_out"
    return "too_fast" if age < TOO_FAST else None


def _hash(salt: str, number: int) -> str:
    return sha256(f"{salt}{number}".encode()).hexdigest()


def _sign(secret: bytes, form: str, salt: str, challenge: str, issued: int) -> str:
    return hmac.new(secret, "\n".join((form, salt, challenge, str(issued))).encode(), sha256).hexdigest()


def file_pass(secret: bytes, form: str, identifier: str) -> str:
    """Return the proof that a file was uploaded to a form: nobody else's file can be sent along."""
    return hmac.new(secret, f"file\n{form}\n{identifier}".encode(), sha256).hexdigest()[:32]


def address_mark(secret: bytes, address: str | None) -> bytes | None:
    """Return an address so that equal ones are recognised and none can be read."""
    return hmac.new(secret, f"address\n{address}".encode(), sha256).digest()[:16] if address else None


def closed_because(form: PublicForm, now: datetime) -> str | None:
    """Return why a form takes nothing: inactive, early or over; None where it does."""
    if not form.active:
        return "inactive"
    opens, closes = (instant(each) if each else None for each in (form.opens, form.closes))
    if opens and now < opens:
        return "early"
    return "over" if closes and now >= closes else None


def suspicion(values: Mapping[str, Any]) -> str | None:
    """Return why a person should look at what was sent before it becomes a record: links, markup or noise."""
    text = "\n".join(each for each in values.values() if isinstance(each, str))
    if _MARKUP.search(text):
        return "markup"
    if len(_LINK.findall(text)) > MOST_LINKS:
        return "links"
    return "noise" if _REPEATED.search(text) else None


def content_mark(values: Mapping[str, Any]) -> str:
    """Return a mark that equal messages share."""
    return sha256(repr(sorted((key, str(value).strip().lower()) for key, value in values.items())).encode()).hexdigest()
