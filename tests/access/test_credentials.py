"""Secrets and their proofs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
from argon2 import PasswordHasher

from xiaolu.access.credentials import (
    csrf_token_of,
    digest,
    hash_password,
    is_digest_of,
    new_api_key,
    new_recovery_codes,
    new_token,
    new_totp_secret,
    parse_api_key,
    recovery_digest,
    totp_step,
    totp_uri,
    verify_password,
)

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_passwords_are_hashed_and_verified(run: Callable[..., Any]) -> None:
    stored = run(hash_password("correct horse"))
    assert stored.startswith("$argon2id$")
    assert run(verify_password(stored, "correct horse")) == (True, False)
    assert not run(verify_password(stored, "correct house")).is_right
    assert not run(verify_password(None, "correct horse")).is_right
    assert not run(verify_password("no hash at all", "correct horse")).is_right


def test_an_old_hash_is_told_to_be_renewed(run: Callable[..., Any]) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("correct horse")
    assert run(verify_password(old, "correct horse")) == (True, True)


def test_tokens_are_random_and_only_their_digest_proves_them() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    token = tokens.pop()
    assert len(token) >= 43
    assert is_digest_of(digest(token), token)
    assert not is_digest_of(digest(token), token + "x")


def test_the_csrf_token_belongs_to_one_session_and_does_not_reveal_it() -> None:
    one, other = new_token(), new_token()
    assert csrf_token_of(one) == csrf_token_of(one) != csrf_token_of(other)
    assert one not in csrf_token_of(one)


def test_api_keys_are_parsed_strictly() -> None:
    for _ in range(50):
        key = new_api_key()
        assert parse_api_key(key.text) == key
    for text in ("", "xl_abc", "xl_ABCDEFGH_" + "a" * 43, key.text + "x", key.text[:-1], "xx" + key.text[2:]):
        assert parse_api_key(text) is None


def test_codes_hold_for_a_step_either_way() -> None:
    secret = new_totp_secret()
    code = pyotp.TOTP(secret).at(NOW)
    step = int(NOW.timestamp()) // 30
    assert totp_step(secret, code, NOW) == step
    assert totp_step(secret, f"{code[:3]} {code[3:]}", NOW + timedelta(seconds=30)) == step
    assert totp_step(secret, code, NOW + timedelta(seconds=90)) is None
    assert totp_step(secret, "abcdef", NOW) is None
    assert totp_step(secret, "１２３４５６", NOW) is None
    assert "issuer=Xiaolu" in totp_uri(secret, login="wang", issuer="Xiaolu")


def test_recovery_codes_are_recognised_however_they_are_typed() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert recovery_digest(codes[0]) == recovery_digest(codes[0].upper().replace("-", " "))
    assert recovery_digest(codes[0]) != recovery_digest(codes[1])
