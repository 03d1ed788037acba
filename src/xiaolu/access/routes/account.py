"""HTTP of one's own account: sessions, password, second factor, profile."""

from typing import Any
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from xiaolu.access.context import Context
from xiaolu.access.routes.requests import BEFORE_PASSWORD_CHANGE, AnyRequest, current_session
from xiaolu.access.schemas.session import (
    ChangeMeBody,
    ChangePasswordBody,
    CodeBody,
    DeviceOut,
    DevicesOut,
    PasswordBody,
    RecoveryOut,
    TotpOut,
)
from xiaolu.access.service import account, members, sessions

TAGS = ["Access"]


@get("/me/sessions", operation_id="listMySessions", summary="Where I am signed in", tags=TAGS)
async def list_my_sessions(request: AnyRequest, ctx: NamedDependency[Context]) -> DevicesOut:
    """Return the member's sessions in force, last used first."""
    here = current_session(request)
    return DevicesOut(
        [
            DeviceOut(
                id=row["id"],
                created_at=row["created_at"],
                seen_at=row["seen_at"],
                expires_at=row["expires_at"],
                address=row["address"],
                agent=row["agent"],
                current=row["id"] == here,
            )
            for row in await sessions.list_sessions(ctx)
        ]
    )


@delete("/me/sessions", operation_id="endMyOtherSessions", summary="Sign out everywhere else", tags=TAGS)
async def end_my_other_sessions(request: AnyRequest, ctx: NamedDependency[Context]) -> None:
    """End all of the member's sessions but this one."""
    await sessions.revoke_other_sessions(ctx, current_session(request))


@delete("/me/sessions/{session_id:uuid}", operation_id="endMySession", summary="End one of my sessions", tags=TAGS)
async def end_my_session(ctx: NamedDependency[Context], session_id: FromPath[UUID]) -> None:
    """End one session at once."""
    await sessions.revoke_session(ctx, session_id)


@post(
    "/me/password",
    operation_id="changeMyPassword",
    summary="Change my password",
    tags=TAGS,
    status_code=204,
    opt=BEFORE_PASSWORD_CHANGE,
)
async def change_my_password(
    request: AnyRequest, ctx: NamedDependency[Context], data: JSONBody[ChangePasswordBody]
) -> None:
    """Change the password; the member's other sessions end."""
    await account.change_password(ctx, current=data.current, new=data.password, session_id=current_session(request))


@post("/me/totp", operation_id="offerTotp", summary="Set up a second factor", tags=TAGS, status_code=200)
async def offer_totp(ctx: NamedDependency[Context], data: JSONBody[PasswordBody]) -> TotpOut:
    """Return a secret for an authenticator app, in force once a first code of it was confirmed."""
    offer = await account.offer_totp(ctx, data.password)
    return TotpOut(offer.secret, offer.uri)


@post("/me/totp/confirm", operation_id="confirmTotp", summary="Confirm the second factor", tags=TAGS, status_code=200)
async def confirm_totp(ctx: NamedDependency[Context], data: JSONBody[CodeBody]) -> RecoveryOut:
    """Put the second factor in force and return the recovery codes, shown this once."""
    return RecoveryOut(await account.confirm_totp(ctx, data.code))


@delete("/me/totp", operation_id="removeTotp", summary="Remove my second factor", tags=TAGS)
async def remove_totp(ctx: NamedDependency[Context], data: JSONBody[PasswordBody]) -> None:
    """Take the second factor away; the password proves that it is the member who asks."""
    await account.remove_totp(ctx, data.password)


@patch(
    "/me",
    operation_id="changeMe",
    summary="Change my language, appearance, e-mail or phone",
    tags=TAGS,
    status_code=204,
)
async def change_me(ctx: NamedDependency[Context], data: JSONBody[ChangeMeBody]) -> None:
    """Change what members may change of themselves."""
    change = members.MemberChange(language=data.language, email=data.email, phone=data.phone)
    await members.change_own_profile(ctx, change, members.Appearance(theme=data.theme, density=data.density))


ROUTES: list[Any] = [
    list_my_sessions,
    end_my_other_sessions,
    end_my_session,
    change_my_password,
    offer_totp,
    confirm_totp,
    remove_totp,
    change_me,
]
