"""Signing in on a real database, with a clock that the test moves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher

from tests.access.scene import PASSWORD, Scene
from xiaolu.access.authenticate import authenticate_session, sessions_in_force
from xiaolu.access.model import Actor
from xiaolu.access.service import account, members, sessions
from xiaolu.access.service.members import MemberChange
from xiaolu.kit.errors import Conflict, Invalid, Limited, NotFound, Unauthenticated

Run = Callable[..., Any]


async def codes_of(scene: Scene, login: str, password: str, times: int = 1) -> list[str]:
    found = []
    for _ in range(times):
        with pytest.raises((Unauthenticated, Limited)) as refusal:
            await scene.sign_in(login, password)
        found.append(refusal.value.code)
    return found


async def who(scene: Scene, token: str) -> Actor | None:
    identity = await authenticate_session(scene.uow, token, now=scene.now, snapshot=scene.snapshot)
    return None if identity is None else identity.actor


def test_a_session_is_opened_used_and_closed(scene: Scene, run: Run) -> None:
    async def story() -> None:
        member_id = await scene.member("wang", "rep", password=PASSWORD)
        opened = await scene.sign_in(" WANG ")
        actor = await who(scene, opened.token)
        assert actor is not None
        assert (actor.id, actor.name, actor.roles) == (member_id, "Wang", ("rep",))
        assert await who(scene, opened.token + "x") is None
        scene.later(seconds=5)
        assert await who(scene, opened.token) is actor, "the same object, so that its decisions stay at hand"
        assert opened.token not in str(await scene.uow.connection.fetch("SELECT * FROM session"))
        await sessions.sign_out(scene.ctx(actor), opened.session_id)
        await scene.uow.finish()
        assert await who(scene, opened.token) is None
        assert await scene.audit("sign_in.") == ["sign_in.succeeded", "sign_in.ended"]

    run(story())


def test_unknown_logins_and_wrong_passwords_look_alike_and_lock_alike(scene: Scene, run: Run) -> None:
    async def story() -> None:
        await scene.member("wang", "rep", password=PASSWORD)
        expected = ["session.wrong"] * 5 + ["session.locked"] * 2
        assert await codes_of(scene, "wang", "wrong password", 7) == expected
        assert await codes_of(scene, "nobody", "wrong password", 7) == expected
        assert await codes_of(scene, "wang", PASSWORD) == ["session.locked"]
        scene.later(seconds=61)
        await scene.sign_in("wang")
        assert await codes_of(scene, "wang", "wrong password", 4) == ["session.wrong"] * 4
        await scene.sign_in("wang")

    run(story())


def test_the_lock_doubles_and_forgets_after_a_day(scene: Scene, run: Run) -> None:
    async def story() -> None:
        await scene.member("wang", "rep", password=PASSWORD)
        await codes_of(scene, "wang", "wrong password", 5)
        for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
            with pytest.raises(Limited) as refusal:
                await scene.sign_in("wang")
            assert refusal.value.params["minutes"] == minutes
            scene.later(minutes=minutes)
            assert await codes_of(scene, "wang", "wrong password") == ["session.wrong"]
        scene.later(hours=25)
        assert await codes_of(scene, "wang", "wrong password", 4) == ["session.wrong"] * 4

    run(story())


def test_failures_are_kept_though_the_request_is_rolled_back(scene: Scene, run: Run) -> None:
    async def story() -> None:
        await codes_of(scene, "wang", "wrong password", 6)
        assert await scene.audit() == ["sign_in.failed"] * 5 + ["sign_in.locked"]

    run(story())


def test_disabled_members_and_members_without_password_cannot_sign_in(scene: Scene, run: Run) -> None:
    async def story() -> None:
        member_id = await scene.member("wang", password=PASSWORD)
        await scene.member("li")
        opened = await scene.sign_in("wang")
        await members.change_member(scene.ctx(), member_id, MemberChange(disabled=True))
        await scene.uow.finish()
        assert await who(scene, opened.token) is None
        assert await codes_of(scene, "wang", PASSWORD) == ["session.wrong"]
        assert await codes_of(scene, "li", "") == ["session.wrong"]

    run(story())


def test_an_outdated_hash_is_renewed_at_sign_in(scene: Scene, run: Run) -> None:
    async def story() -> None:
        await scene.member("wang", password=PASSWORD)
        old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        await scene.uow.connection.execute("UPDATE member SET password_hash = $1", old)
        await scene.sign_in("wang")
        assert await scene.uow.connection.fetchval("SELECT password_hash FROM member") != old
        await scene.sign_in("wang")

    run(story())


def test_sessions_slide_and_end(scene: Scene, run: Run) -> None:
    async def story() -> None:
        await scene.member("wang", password=PASSWORD)
        idle = await scene.sign_in("wang")
        used = await scene.sign_in("wang")
        for _ in range(5):
            scene.later(days=5)
            assert await who(scene, used.token) is not None
        assert await who(scene, idle.token) is None
        scene.later(days=6)
        assert await who(scene, used.token) is None
        assert not await sessions_in_force(scene.uow, {used.session_id}, now=scene.now)

    run(story())


def test_sessions_are_listed_and_revoked_by_their_owner_alone(scene: Scene, run: Run) -> None:
    async def story() -> None:
        wang = await scene.actor(await scene.member("wang", password=PASSWORD))
        li = await scene.actor(await scene.member("li", password=PASSWORD))
        one, two, three = [await scene.sign_in("wang") for _ in range(3)]
        assert {row["id"] for row in await sessions.list_sessions(scene.ctx(wang))} == {
            one.session_id, two.session_id, three.session_id,
        }  # fmt: skip
        with pytest.raises(NotFound):
            await sessions.revoke_session(scene.ctx(li), one.session_id)
        await scene.uow.abandon()
        await sessions.revoke_session(scene.ctx(wang), one.session_id)
        await scene.uow.finish()
        assert await who(scene, one.token) is None
        assert await sessions.revoke_other_sessions(scene.ctx(wang), two.session_id) == 1
        await scene.uow.finish()
        assert await who(scene, two.token) is not None
        assert await who(scene, three.token) is None

    run(story())


def test_a_new_password_ends_the_other_sessions(scene: Scene, run: Run) -> None:
    async def story() -> None:
        wang = await scene.actor(await scene.member("wang", password=PASSWORD))
        here, there = await scene.sign_in("wang"), await scene.sign_in("wang")
        for current, new, code in (
            ("wrong password", "a better password", "password.wrong"),
            (PASSWORD, PASSWORD, "password.unchanged"),
            (PASSWORD, "12345678", "password.common"),
        ):
            with pytest.raises(Invalid) as refusal:
                await account.change_password(scene.ctx(wang), current=current, new=new, session_id=here.session_id)
            assert [each.code for each in refusal.value.problems] == [code]
            await scene.uow.abandon()
        change = account.change_password(
            scene.ctx(wang), current=PASSWORD, new="a better password", session_id=here.session_id
        )
        await change
        await scene.uow.finish()
        assert await who(scene, here.token) is not None
        assert await who(scene, there.token) is None
        assert await codes_of(scene, "wang", PASSWORD) == ["session.wrong"]
        await scene.sign_in("wang", "a better password")

    run(story())


def test_a_stolen_session_cannot_guess_the_password(scene: Scene, run: Run) -> None:
    async def story() -> None:
        wang = await scene.actor(await scene.member("wang", password=PASSWORD))
        codes = []
        for _ in range(6):
            with pytest.raises(Invalid) as refusal:
                await account.offer_totp(scene.ctx(wang), "wrong password")
            codes.append(refusal.value.problems[0].code)
            await scene.uow.abandon()
        assert codes == ["password.wrong"] * 5 + ["password.locked"]

    run(story())


def test_an_initial_password_must_be_changed_before_anything_else(scene: Scene, run: Run) -> None:
    async def story() -> None:
        member_id = await scene.member("wang", "admin", password=PASSWORD)
        await members.set_password(scene.ctx(), member_id, "given by the boss")
        await scene.uow.finish()
        opened = await scene.sign_in("wang", "given by the boss")
        identity = await authenticate_session(scene.uow, opened.token, now=scene.now, snapshot=scene.snapshot)
        assert identity is not None
        assert identity.must_change_password
        assert identity.actor.roles == ()
        assert identity.actor.abilities == frozenset()
        await account.change_password(
            scene.ctx(identity.actor), current="given by the boss", new=PASSWORD, session_id=opened.session_id
        )
        await scene.uow.finish()
        actor = await who(scene, opened.token)
        assert actor is not None
        assert actor.roles == ("admin",)

    run(story())


def test_the_second_factor(scene: Scene, run: Run) -> None:
    async def story() -> None:
        wang = await scene.actor(await scene.member("wang", password=PASSWORD))
        offer = await account.offer_totp(scene.ctx(wang), PASSWORD)
        await scene.uow.finish()
        await scene.sign_in("wang")
        totp = pyotp.TOTP(offer.secret)
        with pytest.raises(Invalid):
            await account.confirm_totp(scene.ctx(wang), "000000" if totp.at(scene.now) != "000000" else "111111")
        await scene.uow.abandon()
        recovery = await account.confirm_totp(scene.ctx(wang), totp.at(scene.now))
        await scene.uow.finish()
        assert await codes_of(scene, "wang", PASSWORD) == ["session.code_required"]
        assert await refused_code(scene, totp.at(scene.now)) == "session.code_wrong", "the confirming code is used up"
        scene.later(seconds=60)
        await scene.sign_in("wang", code=totp.at(scene.now))
        assert await refused_code(scene, totp.at(scene.now)) == "session.code_wrong", "a code is taken once"
        await scene.sign_in("wang", code=recovery[3].upper())
        assert await refused_code(scene, recovery[3]) == "session.code_wrong"
        with pytest.raises(Conflict):
            await account.offer_totp(scene.ctx(wang), PASSWORD)
        await scene.uow.abandon()
        await account.remove_totp(scene.ctx(wang), PASSWORD)
        await scene.uow.finish()
        await scene.sign_in("wang")

    run(story())


async def refused_code(scene: Scene, code: str) -> str:
    with pytest.raises(Unauthenticated) as refusal:
        await scene.sign_in("wang", code=code)
    return refusal.value.code


def test_asking_for_the_code_is_no_failure_but_wrong_codes_are(scene: Scene, run: Run) -> None:
    async def story() -> None:
        wang = await scene.actor(await scene.member("wang", password=PASSWORD))
        offer = await account.offer_totp(scene.ctx(wang), PASSWORD)
        await account.confirm_totp(scene.ctx(wang), pyotp.TOTP(offer.secret).at(scene.now))
        await scene.uow.finish()
        assert await codes_of(scene, "wang", PASSWORD, 20) == ["session.code_required"] * 20
        for _ in range(5):
            assert await refused_code(scene, "abc") == "session.code_wrong"
        with pytest.raises(Limited):
            await scene.sign_in("wang", code="abc")

    run(story())


def test_the_use_of_a_session_is_noted_now_and_then(scene: Scene, run: Run) -> None:
    async def story() -> None:
        member_id = await scene.member("wang", password=PASSWORD)
        opened = await scene.sign_in("wang")
        begun = scene.now
        scene.later(minutes=2)
        await who(scene, opened.token)
        assert await seen(scene, member_id) == begun
        scene.later(minutes=4)
        await who(scene, opened.token)
        assert await seen(scene, member_id) == begun + timedelta(minutes=6)

    run(story())


async def seen(scene: Scene, member_id: object) -> Any:
    return await scene.uow.connection.fetchval("SELECT seen_at FROM member WHERE id = $1", member_id)
