"""HTTP of seeing the system as another member does."""

from typing import Any
from uuid import UUID

from litestar import Response, delete, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct

from xiaolu.access.context import Context
from xiaolu.access.credentials import csrf_token_of
from xiaolu.access.routes.requests import ENDS_VIEWING, AnyRequest, current_session, session_cookies
from xiaolu.access.service import viewing
from xiaolu.access.service.sign_in import SignedIn

TAGS = ["Access"]


class ViewingBody(Struct, frozen=True, forbid_unknown_fields=True):
    """As whom to look."""

    member: UUID


class ViewingOut(Struct, frozen=True):
    """The session's new CSRF token."""

    csrf: str


@post(
    "/session/view",
    status_code=200,
    operation_id="startViewing",
    summary="See the system as a member does, read-only",
    tags=TAGS,
)
async def start_viewing(
    request: AnyRequest, ctx: NamedDependency[Context], data: JSONBody[ViewingBody]
) -> Response[ViewingOut]:
    """Open a session of an hour in which nothing can be changed; the answer sets its cookies."""
    return _answer(request, await viewing.start_viewing(ctx, data.member, current_session(request)))


@delete(
    "/session/view",
    status_code=200,
    operation_id="endViewing",
    summary="Go back to one's own session",
    tags=TAGS,
    opt=ENDS_VIEWING,
)
async def end_viewing(request: AnyRequest, ctx: NamedDependency[Context]) -> Response[ViewingOut]:
    """End the look; the answer sets the cookies of the viewer's own session."""
    return _answer(request, await viewing.end_viewing(ctx, current_session(request)))


def _answer(request: AnyRequest, opened: SignedIn) -> Response[ViewingOut]:
    return Response(ViewingOut(csrf_token_of(opened.token)), cookies=session_cookies(request, opened))


ROUTES: list[Any] = [start_viewing, end_viewing]
