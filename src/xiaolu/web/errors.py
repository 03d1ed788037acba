"""Every refusal as problem+json (RFC 9457): the kind decides the status, the catalogue the words."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
import msgspec
from litestar import Request, Response
from litestar.background_tasks import BackgroundTask
from litestar.exceptions import HTTPException, ValidationException
from litestar.handlers import HTTPRouteHandler

from xiaolu.kit.errors import AppError
from xiaolu.kit.i18n import Language, describe, message
from xiaolu.kit.problems import Param, Problem
from xiaolu.runtime.incidents import note_incident

STATUS = {
    "invalid": 422,
    "not_found": 404,
    "conflict": 409,
    "denied": 403,
    "unauthenticated": 401,
    "limited": 429,
    "unavailable": 503,
    "internal": 500,
}
HTTP_CODES = {
    400: "request.malformed",
    401: "session.required",
    403: "access.denied",
    404: "request.unknown",
    405: "request.method",
    413: "request.too_large",
    415: "request.media_type",
    429: "request.too_often",
}
logger = logging.getLogger("xiaolu.web")


class ProblemItem(msgspec.Struct, frozen=True):
    """One defect: where, what, and in words."""

    path: list[str | int]
    code: str
    message: str
    params: Mapping[str, Param]


class ProblemDetails(msgspec.Struct, frozen=True):
    """The body of every error answer."""

    type: str
    status: int
    code: str
    title: str
    problems: list[ProblemItem]
    params: Mapping[str, Param]


def language_of(request: Request[Any, Any, Any]) -> Language:
    """Return the language to answer in: the member's, else the browser's, else Chinese."""
    known = request.scope.get("state", {}).get("language")
    if known in {"zh", "en"}:
        return "en" if known == "en" else "zh"
    return accepted_language(request.headers.get("accept-language", ""))


def accepted_language(header: str) -> Language:
    """Return the language that a browser asks for first; Chinese where it asks for neither."""
    return "en" if header.strip().lower().startswith("en") else "zh"


def render(
    request: Request[Any, Any, Any],
    status: int,
    code: str,
    problems: Sequence[Problem] = (),
    params: Mapping[str, Param] | None = None,
) -> Response[ProblemDetails]:
    """Return an error answer in the reader's language."""
    language = language_of(request)
    given = dict(params or {})
    items = [
        ProblemItem(path=list(each.path), code=each.code, message=describe(each, language), params=each.params)
        for each in problems
    ]
    headers = {"Retry-After": str(given["retry_after"])} if "retry_after" in given else {}
    return Response(
        ProblemDetails("about:blank", status, code, message(code, given, language), items, given),
        status_code=status,
        media_type="application/problem+json",
        headers=headers,
    )


def handle_app_error(request: Request[Any, Any, Any], error: AppError) -> Response[ProblemDetails]:
    """Answer a refusal of a use case."""
    return render(request, STATUS[error.kind], error.code, error.problems, error.params)


def handle_http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[ProblemDetails]:
    """Answer what the web layer itself refuses: unknown addresses, malformed bodies and parameters."""
    problems: list[Problem] = []
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        problems = [
            Problem(
                code="request.value",
                path=tuple(part for part in str(each.get("key", "")).split(".") if part),
                params={"reason": str(each.get("message", ""))},
            )
            for each in error.extra
            if isinstance(each, dict)
        ]
    code = HTTP_CODES.get(error.status_code, "request.malformed" if error.status_code < 500 else "internal")
    return render(request, error.status_code, code, problems, {"reason": error.detail})


def handle_database_down(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDetails]:
    """Answer while the database cannot be reached."""
    logger.warning("database unavailable: %s", error)
    return render(request, 503, "database.unavailable", params={"retry_after": 2})


def handle_lost_race(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDetails]:
    """Answer a change that lost against another one twice in a row."""
    logger.warning("lost a race: %s", error)
    return render(request, 409, "record.busy")


def handle_look(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDetails]:
    """Answer a change that was tried while somebody looks at the system as another member."""
    logger.info("refused in a read-only transaction: %s", error)
    return render(request, 403, "view.refused")


def handle_bad_text(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDetails]:
    """Answer text that PostgreSQL cannot hold (NUL characters, broken surrogates)."""
    logger.info("text refused: %s", error)
    return render(request, 422, "request.text")


def handle_bug(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDetails]:
    """Answer a defect of ours: logged with its trace, told without details."""
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    answer = render(request, 500, "internal")
    workspace = request.app.state.get("workspace")
    if workspace is not None:
        handler = request.scope.get("route_handler")
        place = min(handler.paths) if isinstance(handler, HTTPRouteHandler) else "?"
        answer.background = BackgroundTask(note_incident, workspace, "request", f"{request.method} {place}", error)
    return answer


def handle_group(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDetails]:
    """Answer what failed while a request's transaction was ended, which arrives wrapped in a group."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    handler = next(EXCEPTION_HANDLERS[each] for each in type(error).__mro__ if each in EXCEPTION_HANDLERS)
    answer: Response[ProblemDetails] = handler(request, error)
    return answer


EXCEPTION_HANDLERS: dict[Any, Any] = {
    ExceptionGroup: handle_group,
    AppError: handle_app_error,
    HTTPException: handle_http_error,
    asyncpg.PostgresConnectionError: handle_database_down,
    asyncpg.CannotConnectNowError: handle_database_down,
    asyncpg.AdminShutdownError: handle_database_down,
    asyncpg.CrashShutdownError: handle_database_down,
    asyncpg.InterfaceError: handle_database_down,
    asyncpg.InternalClientError: handle_database_down,
    asyncpg.ReadOnlySQLTransactionError: handle_look,
    asyncpg.DeadlockDetectedError: handle_lost_race,
    asyncpg.SerializationError: handle_lost_race,
    asyncpg.CharacterNotInRepertoireError: handle_bad_text,
    asyncpg.UntranslatableCharacterError: handle_bad_text,
    UnicodeEncodeError: handle_bad_text,
    Exception: handle_bug,
}
