"""Every address of the interface: what it is called, and that nobody passes without signing in."""

import uuid
from typing import Any

import httpx
import pytest

from tests.system.place import Person, Place

PUBLIC = {"signIn", "signOut", "readHealth", "openPublicForm", "sendPublicForm", "uploadPublicFile"}
"""Operations that also serve people who are not signed in."""
JSON = {"content-type": "application/json"}
METHODS = ("get", "post", "put", "patch", "delete")
VALUES = {"entity": "lead", "version": "1", "number": "1", "key": "lead"}


@pytest.fixture(scope="module")
def document(place: Place) -> dict[str, Any]:
    answer = httpx.get(f"{place.url}/api/schema/openapi.json", timeout=60)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def filled(path: str, operation: dict[str, Any]) -> str:
    for each in operation.get("parameters", []):
        if each["in"] == "path":
            schema = each.get("schema", {})
            value = str(uuid.uuid4()) if schema.get("format") == "uuid" else VALUES.get(each["name"], "x")
            path = path.replace("{" + each["name"] + "}", value if schema.get("type") != "integer" else "1")
    return path


def test_every_operation_is_named_and_described_once(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    for method, path, operation in operations(document):
        assert path.startswith("/api/"), path
        assert operation["operationId"].isidentifier(), operation["operationId"]
        assert "_" not in operation["operationId"], (
            f"{method} {path} has no name of its own: {operation['operationId']}"
        )
        assert operation.get("summary"), f"{method} {path} has no summary"
        assert operation.get("tags"), f"{method} {path} has no tag"
    assert {"signIn", "queryRecords", "createRecord", "followChanges"} <= set(names)


def test_nobody_passes_without_signing_in(place: Place, document: dict[str, Any]) -> None:
    """Every operation but the public ones answers 401 to a stranger, whatever is asked, and none breaks."""
    passed, broken = [], []
    with httpx.Client(base_url=place.url, timeout=30) as stranger:
        for method, path, operation in operations(document):
            address = filled(path, operation)
            for content in (b"", b"{}", b"{"):
                answer = stranger.request(method.upper(), address, content=content, headers=JSON)
                if answer.status_code >= 500:
                    broken.append((method, address, answer.status_code))
                if operation["operationId"] not in PUBLIC and answer.status_code != 401:
                    passed.append((operation["operationId"], method, address, answer.status_code))
    assert not broken
    assert not passed


def test_a_session_that_never_was_is_no_session(place: Place, document: dict[str, Any]) -> None:
    wrong = []
    cookies = {"xiaolu_session": "made-up"}
    with httpx.Client(base_url=place.url, timeout=30, cookies=cookies) as stranger:
        for method, path, operation in operations(document):
            if operation["operationId"] not in PUBLIC:
                answer = stranger.request(method.upper(), filled(path, operation))
                if answer.status_code not in {401, 403}:
                    wrong.append((operation["operationId"], answer.status_code))
        key = stranger.get("/api/session", headers={"authorization": "Bearer xl_aaaaaaaa_bbbbbbbbbbbbbbbbbbbbbbbb"})
        assert key.status_code == 401
        basic = stranger.get("/api/session", headers={"authorization": "Basic YTpi"})
        assert basic.status_code == 401
    assert not wrong


def test_changes_need_the_sessions_own_token(place: Place, document: dict[str, Any], rep: Person) -> None:
    """A cookie alone, as a foreign page could send it, changes nothing."""
    wrong = []
    cookies = {"xiaolu_session": rep.http.cookies["xiaolu_session"]}
    with httpx.Client(base_url=place.url, timeout=30, cookies=cookies) as forged:
        for method, path, operation in operations(document):
            if method != "get" and operation["operationId"] != "signIn":
                answer = forged.request(method.upper(), filled(path, operation), json={})
                if (answer.status_code, answer.json()["code"]) != (403, "request.csrf"):
                    wrong.append((operation["operationId"], answer.status_code))
    assert not wrong


def test_unknown_addresses_and_methods_are_told_in_one_form(place: Place, rep: Person) -> None:
    for method, path, status, code in (
        ("GET", "/nothing", 404, "request.unknown"),
        ("GET", "/records/lead/not-an-id", 404, "request.unknown"),
        ("PUT", "/session", 405, "request.method"),
        ("GET", f"/records/lead/{uuid.uuid4()}", 404, "record.not_found"),
        ("POST", "/records/nothing/query", 404, "entity.unknown"),
    ):
        answer = rep.send(method, path, {} if method != "GET" else None)
        assert (answer.status_code, answer.json()["code"]) == (status, code), (path, answer.text)
        assert answer.headers["content-type"].startswith("application/problem+json")
