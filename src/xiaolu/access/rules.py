"""Rules of sign-in and of who may manage whom. Pure: state and facts in, a verdict out."""

import itertools
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from uuid import UUID

from xiaolu.access.model import ABILITIES, ADMIN_ROLE, Actor
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.access import Role

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200
FREE_ATTEMPTS = 5
"""Failed sign-ins before the login is locked for the first time."""
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)
ATTEMPTS_FORGOTTEN_AFTER = timedelta(hours=24)
SESSION_IDLE = timedelta(days=7)
"""A session that is not used for so long ends."""
SESSION_LIFE = timedelta(days=30)
"""The longest that a session lasts, however much it is used."""
SEEN_EVERY = timedelta(minutes=5)
"""How exactly the last use of a session or key is kept."""


def check_password(password: str, *, login: str, name: str = "") -> list[Problem]:
    """Return what is wrong with a new password (path ``password``).

    Length matters most; a password that is common, is made of one or two characters, or repeats the login is refused.
    """
    lowered = password.casefold()
    if len(password) < SHORTEST_PASSWORD:
        return [problem("password.too_short", "password", minimum=SHORTEST_PASSWORD)]
    if len(password) > LONGEST_PASSWORD:
        return [problem("password.too_long", "password", maximum=LONGEST_PASSWORD)]
    if any(each and each.casefold() in (lowered, lowered[::-1]) for each in (login, name, login + login)):
        return [problem("password.is_login", "password")]
    if len(login) >= 4 and lowered.startswith(login.casefold()) and len(lowered) - len(login) < 4:
        return [problem("password.is_login", "password")]
    if lowered in common_passwords() or len(set(lowered)) <= 2 or _is_run(lowered):
        return [problem("password.common", "password")]
    return []


@cache
def common_passwords() -> frozenset[str]:
    """Return the passwords that are tried first by whoever guesses."""
    text = resources.files("xiaolu.access").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.casefold().split())


def _is_run(text: str) -> bool:
    steps = {ord(second) - ord(first) for first, second in itertools.pairwise(text)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def lock_length(failed: int) -> timedelta | None:
    """Return for how long a login is locked after so many failures in a row: doubling, up to an hour."""
    if failed < FREE_ATTEMPTS:
        return None
    doublings = min(failed - FREE_ATTEMPTS, 16)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def next_expiry(created_at: datetime, now: datetime) -> datetime:
    """Return when a session that is used now ends unless it is used again."""
    return min(now + SESSION_IDLE, created_at + SESSION_LIFE)


def abilities_of(roles: Iterable[str], definitions: Mapping[str, Role]) -> frozenset[str]:
    """Return the abilities that the roles carry; the built-in role carries all."""
    found: set[str] = set()
    for key in roles:
        if key == ADMIN_ROLE:
            return frozenset(ABILITIES)
        role = definitions.get(key)
        found.update(role.abilities if role is not None else ())
    return frozenset(found)


def may_view_as(viewer: Actor, member: Actor) -> bool:
    """Tell whether somebody may look at the system as a member: it takes the ability, and every one that the member has."""
    return "view_as" in viewer.abilities and viewer.id != member.id and member.abilities <= viewer.abilities


def may_manage(actor: Actor, abilities: Collection[str], *, is_admin: bool) -> bool:
    """Tell whether the actor may act on somebody (or give a role) with these abilities.

    Nobody reaches above themselves: who may manage members cannot make, take over or stop an administrator, nor hand out
    an ability that they lack.
    """
    if actor.is_admin:
        return True
    return not is_admin and set(abilities) <= actor.abilities


def makes_circle(parents: Mapping[UUID, UUID | None], moved: UUID, target: UUID | None) -> bool:
    """Tell whether putting department ``moved`` below ``target`` would put it below itself."""
    seen: set[UUID] = set()
    at = target
    while at is not None and at not in seen:
        if at == moved:
            return True
        seen.add(at)
        at = parents.get(at)
    return False
