"""Secrets that must be read again (a second factor's) are kept sealed, under a key that does not lie in the database."""

import base64
import binascii
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_FILE = "secret.key"
SHORTEST_KEY = 32
"""Characters of a key that is given as a setting."""
_MARK = "sealed1"
_NONCE_BYTES = 12


class Unsealable(Exception):
    """None of the keys opens it: the key it was sealed under is missing, or it was tampered with."""


@dataclass(frozen=True, slots=True)
class _Key:
    name: str
    cipher: AESGCM


class KeyRing:
    """Keys to seal and open with: the first one seals, all of them open."""

    def __init__(self, secrets: Sequence[bytes]) -> None:
        self._keys = [_key(each) for each in secrets]

    def seal(self, text: str, purpose: str) -> str:
        """Return ``text`` as it may lie in the database; it opens for the same purpose alone."""
        key = self._keys[0]
        nonce = os.urandom(_NONCE_BYTES)
        closed = nonce + key.cipher.encrypt(nonce, text.encode(), purpose.encode())
        return f"{_MARK}:{key.name}:{base64.b64encode(closed).decode()}"

    def open(self, sealed: str, purpose: str) -> str:
        """Return what was sealed; a text that never was is returned as it is.

        Raises:
            Unsealable: no key opens it.
        """
        if not is_sealed(sealed):
            return sealed
        _, name, content = sealed.split(":", 2)
        try:
            closed = base64.b64decode(content, validate=True)
            for key in self._keys:
                if key.name == name:
                    return key.cipher.decrypt(closed[:_NONCE_BYTES], closed[_NONCE_BYTES:], purpose.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise Unsealable(name) from error
        raise Unsealable(name)

    def is_current(self, sealed: str) -> bool:
        """Tell whether a text is sealed under the key that seals now."""
        return is_sealed(sealed) and sealed.split(":", 2)[1] == self._keys[0].name


def is_sealed(text: str) -> bool:
    """Tell whether a text was sealed."""
    return text.startswith(f"{_MARK}:") and text.count(":") == 2


def _key(secret: bytes) -> _Key:
    material = hashlib.sha256(b"xiaolu sealing " + secret).digest()
    return _Key(hashlib.sha256(b"name " + material).hexdigest()[:8], AESGCM(material))


@cache
def passing_keys() -> KeyRing:
    """Return keys that end with the process: for tests, and commands that seal nothing."""
    return KeyRing([os.urandom(32)])


def load_keys(setting: str | None, folder: Path) -> KeyRing:
    """Return the keys of an installation: those of the setting (commas between them), else the one kept in the folder.

    The folder's key is made when there is none.

    Raises:
        ValueError: a key of the setting is too short to be one.
    """
    if setting:
        given = [each.strip() for each in setting.split(",") if each.strip()]
        if not given or any(len(each) < SHORTEST_KEY for each in given):
            raise ValueError(f"XIAOLU_SECRET_KEY: give at least {SHORTEST_KEY} random characters")
        return KeyRing([each.encode() for each in given])
    path = folder / KEY_FILE
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
            stream.write(base64.b64encode(os.urandom(32)) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError:
        pass
    lines = [each.strip() for each in path.read_bytes().splitlines() if each.strip()]
    if not lines:
        raise ValueError(f"{path} is empty")
    return KeyRing(lines)
