"""Rules of sign-in and management, without any database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaolu.access.model import Actor
from xiaolu.access.rules import (
    FREE_ATTEMPTS,
    LONGEST_LOCK,
    SESSION_LIFE,
    abilities_of,
    check_password,
    lock_length,
    makes_circle,
    may_manage,
    next_expiry,
)
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import Role


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short7!", "password.too_short"),
        ("x" * 201, "password.too_long"),
        ("wangxiaoming", "password.is_login"),
        ("gnimoaixgnaw", "password.is_login"),
        ("WangXiaoMing1", "password.is_login"),
        ("12345678", "password.common"),
        ("Password123", "password.common"),
        ("aaaaaaaaaa", "password.common"),
        ("abababababab", "password.common"),
        ("cdefghijkl", "password.common"),
        ("zyxwvuts", "password.common"),
    ],
)
def test_weak_passwords_are_refused(password: str, code: str) -> None:
    assert [each.code for each in check_password(password, login="wangxiaoming", name="王小明")] == [code]


@pytest.mark.parametrize("password", ["correct horse", "七月流火九月授衣", "k7#Qm2vx", "wangxiaoming-likes-tea"])
def test_good_passwords_are_taken(password: str) -> None:
    assert check_password(password, login="wangxiaoming", name="王小明") == []


def test_locks_grow_and_stay_bounded() -> None:
    lengths = [lock_length(failed) for failed in range(1, 40)]
    assert lengths[: FREE_ATTEMPTS - 1] == [None] * (FREE_ATTEMPTS - 1)
    locked = [each for each in lengths if each is not None]
    assert locked == sorted(locked)
    assert locked[0] == timedelta(minutes=1)
    assert locked[-1] == LONGEST_LOCK


def test_a_session_slides_but_ends() -> None:
    opened = datetime(2026, 3, 1, tzinfo=UTC)
    assert next_expiry(opened, opened) == opened + timedelta(days=7)
    assert next_expiry(opened, opened + timedelta(days=29)) == opened + SESSION_LIFE


def test_abilities_are_the_union_and_admin_has_all() -> None:
    roles = {
        "hr": Role(key="hr", label=Label("人事"), abilities=("members",)),
        "it": Role(key="it", label=Label("信息"), abilities=("health", "audit")),
    }
    assert abilities_of(("hr", "it", "gone"), roles) == {"members", "health", "audit"}
    assert abilities_of(("admin",), roles) == {"build", "members", "audit", "health", "api_keys", "view_as"}


def test_nobody_reaches_above_themselves() -> None:
    hr = Actor(id=uuid4(), kind="member", name="hr", roles=("hr",), abilities=frozenset({"members"}))
    admin = Actor(id=uuid4(), kind="member", name="root", roles=("admin",))
    assert may_manage(hr, {"members"}, is_admin=False)
    assert not may_manage(hr, {"build"}, is_admin=False)
    assert not may_manage(hr, set(), is_admin=True)
    assert may_manage(admin, {"build"}, is_admin=True)


@given(st.data(), st.integers(1, 12))
def test_a_move_is_a_circle_exactly_when_the_target_lies_below(data: st.DataObject, size: int) -> None:
    ids = [UUID(int=index + 1) for index in range(size)]
    parents = {
        each: data.draw(st.sampled_from([None, *ids[:index]]), label=f"parent of {index}")
        for index, each in enumerate(ids)
    }
    moved, target = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from([None, *ids]))
    below = {moved}
    for each in ids:
        if parents[each] in below:
            below.add(each)
    assert makes_circle(parents, moved, target) == (target in below)
