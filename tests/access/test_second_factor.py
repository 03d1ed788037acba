"""Secrets of second factors: sealed in the database, sealed anew under another key, of no use without one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyotp
import pytest

from tests.access.scene import PASSWORD, Scene
from xiaolu.access.context import Context
from xiaolu.access.model import ANONYMOUS
from xiaolu.access.service.account import confirm_totp, offer_totp
from xiaolu.access.service.second_factor import reseal_secrets
from xiaolu.access.service.sign_in import SignIn, sign_in
from xiaolu.kit.errors import Unavailable
from xiaolu.kit.sealing import KeyRing, is_sealed

Run = Callable[..., Any]
OLD, NEW = b"old key of thirty-two characters", b"new key of thirty-two characters"


def test_a_secret_lies_sealed_and_moves_to_a_new_key(installed: Scene, run: Run) -> None:
    async def kept() -> str:
        text: str = await installed.uow.connection.fetchval("SELECT totp_secret FROM member WHERE login = 'wang'")
        return text

    def under(ctx: Context, *keys: bytes) -> Context:
        return replace(ctx, keys=KeyRing(keys))

    async def story() -> None:
        member = await installed.member("wang", "rep", password=PASSWORD)
        ctx = under(installed.ctx(await installed.actor(member)), OLD)
        offer = await offer_totp(ctx, PASSWORD)
        codes = await confirm_totp(ctx, pyotp.TOTP(offer.secret).at(installed.now))
        await installed.uow.finish()
        assert is_sealed(await kept())
        assert offer.secret not in await kept()
        before = await kept()
        assert await reseal_secrets(under(installed.ctx(), NEW, OLD)) == 1
        assert await reseal_secrets(under(installed.ctx(), NEW)) == 0
        await installed.uow.finish()
        assert await kept() != before
        installed.later(minutes=5)
        code = pyotp.TOTP(offer.secret).at(installed.now)
        stranger = installed.ctx(ANONYMOUS)
        with pytest.raises(Unavailable):
            await sign_in(under(stranger, OLD), SignIn("wang", PASSWORD, code))
        await installed.uow.abandon()
        await sign_in(under(stranger, NEW), SignIn("wang", PASSWORD, code))
        await sign_in(under(stranger, OLD), SignIn("wang", PASSWORD, codes[0]))
        await installed.uow.finish()

    run(story())


def test_what_lay_open_is_sealed_at_the_next_start(installed: Scene, run: Run) -> None:
    async def story() -> None:
        await installed.member("wang", "rep", password=PASSWORD)
        secret = pyotp.random_base32()
        await installed.uow.connection.execute(
            "UPDATE member SET totp_secret = $1, totp_confirmed_at = now() WHERE login = 'wang'", secret
        )
        ctx = installed.ctx()
        assert await reseal_secrets(ctx) == 1
        assert await reseal_secrets(ctx) == 0
        await installed.uow.finish()
        code = pyotp.TOTP(secret).at(installed.now)
        await sign_in(replace(installed.ctx(ANONYMOUS), keys=ctx.keys), SignIn("wang", PASSWORD, code))

    run(story())
