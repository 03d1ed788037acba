"""Secrets and their proofs: passwords, tokens, one-time codes. What is stored can prove a secret but not reveal it."""

import asyncio
import base64
import hashlib
import hmac
import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from typing import NamedTuple

import pyotp
from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16, type=Type.ID)
"""About 25 ms and 19 MiB a password: dear to whoever guesses, bearable for a small server."""
_hashing = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")
"""Hashing leaves the event loop free, and at most two at once bound the memory that a flood of sign-ins takes."""

TOTP_STEP_SECONDS = 30
TOTP_DRIFT_STEPS = 1
RECOVERY_CODES = 10
_KEY_FORMAT = re.compile(r"xl_([a-z2-7]{8})_([A-Za-z0-9_-]{43})")


async def hash_password(password: str) -> str:
    """Return the argon2id hash to store, its settings and salt included."""
    return await asyncio.get_running_loop().run_in_executor(_hashing, _hasher.hash, password)


class Verdict(NamedTuple):
    """Whether a password is right, and whether its hash should be made anew with today's settings."""

    is_right: bool
    is_outdated: bool = False


async def verify_password(stored: str | None, password: str) -> Verdict:
    """Compare a password with its stored hash.

    Without a hash (an unknown login, a member without password) the same work is done for nothing, so that the time
    that an answer takes does not tell whether there is such a member.
    """
    return await asyncio.get_running_loop().run_in_executor(_hashing, _verify, stored, password)


def _verify(stored: str | None, password: str) -> Verdict:
    try:
        _hasher.verify(stored or _decoy(), password)
    except (VerificationError, InvalidHashError):
        return Verdict(is_right=False)
    if stored is None:
        return Verdict(is_right=False)
    return Verdict(is_right=True, is_outdated=_hasher.check_needs_rehash(stored))


@cache
def _decoy() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))


def new_token() -> str:
    """Return a secret of 256 random bits for a session, its CSRF proof or an API key."""
    return secrets.token_urlsafe(32)


def csrf_token_of(session_token: str) -> str:
    """Return what unsafe requests of a session must carry besides its cookie.

    It follows from the session's token, so that it is bound to the session and need not be stored, and does not reveal it.
    """
    return hashlib.sha256(b"xiaolu csrf " + session_token.encode()).hexdigest()


def digest(secret: str) -> bytes:
    """Return what is stored of a random secret; a plain hash suffices, because the secret cannot be guessed."""
    return hashlib.sha256(secret.encode()).digest()


def is_digest_of(stored: bytes, secret: str) -> bool:
    """Compare a secret with its stored digest in constant time."""
    return hmac.compare_digest(stored, digest(secret))


class KeyParts(NamedTuple):
    """An API key taken apart: the prefix finds it, the secret proves it."""

    prefix: str
    secret: str

    @property
    def text(self) -> str:
        """Return the key as it is shown once, to the person who made it."""
        return f"xl_{self.prefix}_{self.secret}"


def new_api_key() -> KeyParts:
    """Return a fresh API key."""
    return KeyParts(base64.b32encode(secrets.token_bytes(5)).decode().lower(), new_token())


def parse_api_key(text: str) -> KeyParts | None:
    """Take an API key apart; None where the text is none."""
    found = _KEY_FORMAT.fullmatch(text)
    return None if found is None else KeyParts(found.group(1), found.group(2))


def new_totp_secret() -> str:
    """Return a fresh secret for an authenticator app."""
    return pyotp.random_base32()


def totp_uri(secret: str, *, login: str, issuer: str) -> str:
    """Return the address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)


def totp_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step that ``code`` belongs to, a step of drift allowed either way; None where it is wrong."""
    digits = "".join(code.split())
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    current = int(now.timestamp()) // TOTP_STEP_SECONDS
    matched = None
    for step in range(current - TOTP_DRIFT_STEPS, current + TOTP_DRIFT_STEPS + 1):
        if hmac.compare_digest(pyotp.TOTP(secret).at(step * TOTP_STEP_SECONDS), digits):
            matched = step
    return matched


def new_recovery_codes() -> list[str]:
    """Return one-time codes for the day the phone is lost: 80 random bits each, easy to write down."""
    return [_grouped(base64.b32encode(secrets.token_bytes(10)).decode().lower()) for _ in range(RECOVERY_CODES)]


def recovery_digest(code: str) -> bytes:
    """Return what is stored of a recovery code, however it was typed."""
    return digest(re.sub(r"[^a-z2-7]", "", code.lower()))


def _grouped(text: str) -> str:
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
