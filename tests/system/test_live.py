"""Live updates on a real server: they reach those who may read, and nobody else, for as long as they may."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import psutil
import pytest

from tests.system.company import Company, eventually
from tests.system.place import Person, Place

Follow = Callable[..., "Stream"]


class Stream:
    """An open stream, read by a thread."""

    def __init__(
        self, place: Place, *, cookies: dict[str, str] | None = None, key: str | None = None, since: str | None = None
    ) -> None:
        headers = {} if key is None else {"authorization": f"Bearer {key}"}
        self.messages: list[tuple[str, dict[str, Any]]] = []
        self.http = httpx.Client(
            base_url=place.url, timeout=httpx.Timeout(10, read=None), cookies=cookies, headers=headers
        )
        self.asked = {} if since is None else {"since": since}
        self.has_ended = threading.Event()
        self._opened = threading.Event()
        self._answer: httpx.Response | None = None
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        assert self._opened.wait(30)

    def _read(self) -> None:
        with contextlib.suppress(httpx.HTTPError, httpx.StreamError), self._listen() as answer:
            self._answer = answer
            kind = ""
            for line in answer.iter_lines():
                if line.startswith("event:"):
                    kind = line.removeprefix("event:").strip()
                elif line.startswith("data:") and line.removeprefix("data:").strip():
                    self.messages.append((kind, json.loads(line.removeprefix("data:"))))
                    if kind == "hello":
                        self._opened.set()
        self.has_ended.set()
        self._opened.set()

    def _listen(self) -> contextlib.AbstractContextManager[httpx.Response]:
        return self.http.stream("GET", "/api/live", params=self.asked)

    @property
    def raw(self) -> str:
        return json.dumps(self.messages)

    def knows(self, record: str) -> bool:
        return any(data.get("id") == record for kind, data in self.messages if kind == "change")

    def heard(self, kind: str) -> bool:
        return any(each == kind for each, _ in self.messages)

    def close(self) -> None:
        if self._answer is not None:
            with contextlib.suppress(OSError):
                self._answer.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self.http.close()


@pytest.fixture
def company(place: Place, admin: Person) -> Iterator[Company]:
    made = Company(place, admin)
    yield made
    made.close()


@pytest.fixture
def follow(place: Place) -> Iterator[Follow]:
    """Open a stream in the name of a person, or with an API key."""
    streams: list[Stream] = []

    def opening(person: Person | None = None, key: str | None = None, since: str | None = None) -> Stream:
        cookies = None if person is None else dict(person.http.cookies)
        streams.append(Stream(place, cookies=cookies, key=key, since=since))
        return streams[-1]

    yield opening
    for each in streams:
        each.close()


def test_a_change_reaches_those_who_may_read_it_alone(company: Company, follow: Follow) -> None:
    departments = company.departments()
    _, rep = company.hire("rep", department=departments["宁波组"])
    _, supervisor = company.hire("supervisor", department=departments["宁波组"])
    _, stranger = company.hire("rep", department=departments["深圳组"])
    streams = [follow(rep), follow(supervisor), follow(stranger)]
    lead = company.add_lead(rep)
    assert eventually(lambda: streams[0].knows(lead["id"]) and streams[1].knows(lead["id"]))
    marker = company.add_lead(stranger)
    assert eventually(lambda: streams[2].knows(marker["id"]))
    assert lead["id"] not in streams[2].raw
    assert not streams[0].knows(marker["id"])
    change = next(data for kind, data in streams[1].messages if data.get("id") == lead["id"])
    assert (change["entity"], change["kind"], change["version"]) == ("lead", "record.created", 1)
    assert set(change) == {"entity", "id", "kind", "version", "actor"}


def test_nothing_is_missed_after_hello(company: Company, follow: Follow) -> None:
    """A change made the very moment the stream has said hello arrives, also on the first stream of all."""
    _, rep = company.hire("rep", department=company.departments()["宁波组"])
    customer = company.add_customer(rep)["id"]
    for _ in range(5):
        stream = follow(rep)
        lead = company.add_lead(rep, customer=customer)
        assert eventually(lambda stream=stream, lead=lead: stream.knows(lead["id"]))  # type: ignore[misc]
        stream.close()


def test_what_happened_between_a_page_and_its_stream_is_told_first(company: Company, follow: Follow) -> None:
    """A page loads before its stream is open; changes of those moments are told, to those who may read them."""
    departments = company.departments()
    _, rep = company.hire("rep", department=departments["宁波组"])
    _, stranger = company.hire("rep", department=departments["深圳组"])
    company.add_lead(rep)
    since = rep.get("/session")["since"]
    lead = company.add_lead(rep)
    stream, other = follow(rep, since=since), follow(stranger, since=since)
    assert eventually(lambda: stream.knows(lead["id"])), "told before hello, or once what began earlier has ended"
    assert not other.knows(lead["id"])
    assert follow(rep, since="0").heard("reload"), "who has missed very much is told to load anew"


def test_a_session_that_is_ended_ends_its_stream(company: Company, follow: Follow) -> None:
    _, rep = company.hire("rep", department=company.departments()["宁波组"])
    stream = follow(rep)
    login = rep.get("/session")["member"]["login"]
    other = company.sign_in(login)
    sessions = other.get("/me/sessions")["sessions"]
    (doomed,) = [each["id"] for each in sessions if not each["current"]]
    other.call("DELETE", f"/me/sessions/{doomed}")
    lead = company.add_lead(other)
    assert stream.has_ended.wait(30)
    assert not stream.knows(lead["id"])
    assert rep.send("GET", "/live").status_code == 401


def test_an_idle_stream_ends_with_its_session_too(company: Company, follow: Follow) -> None:
    _, rep = company.hire("rep", department=company.departments()["宁波组"])
    stream = follow(rep)
    rep.call("DELETE", "/session")
    assert stream.has_ended.wait(30)


def test_a_member_who_is_disabled_hears_nothing_more(company: Company, follow: Follow) -> None:
    member, rep = company.hire("rep", department=company.departments()["宁波组"])
    stream = follow(rep)
    company.admin.call("PATCH", f"/members/{member['id']}", {"disabled": True})
    assert stream.has_ended.wait(30)


def test_a_changed_role_counts_for_open_streams(company: Company, follow: Follow) -> None:
    """Who loses the right to read is not told any more, who gains it is, and both are told to load anew."""
    departments = company.departments()
    member, person = company.hire("supervisor", department=departments["宁波组"])
    _, rep = company.hire("rep", department=departments["宁波组"])
    stream = follow(person)
    before = company.add_lead(rep)
    assert eventually(lambda: stream.knows(before["id"]))
    assert not stream.heard("definitions")
    company.admin.call("PATCH", f"/members/{member['id']}", {"roles": ["rep"]})
    hidden = company.add_lead(rep)
    own = company.add_lead(person)
    assert eventually(lambda: stream.knows(own["id"]))
    assert not stream.knows(hidden["id"])
    assert eventually(lambda: stream.heard("definitions"))
    company.admin.call("PATCH", f"/members/{member['id']}", {"roles": ["supervisor"]})
    after = company.add_lead(rep)
    assert eventually(lambda: stream.knows(after["id"]))


def test_a_shared_record_is_followed_from_then_on(company: Company, follow: Follow) -> None:
    departments = company.departments()
    _, rep = company.hire("rep", department=departments["宁波组"])
    friend, person = company.hire("rep", department=departments["深圳组"])
    lead = company.add_lead(rep)
    stream = follow(person)
    path = f"/records/lead/{lead['id']}"
    rep.call("PATCH", path, {"values": {"note": "unheard"}})
    assert company.add_lead(person)
    rep.call("PUT", f"{path}/shares", {"member": friend["id"], "access": "read"})
    rep.call("PATCH", path, {"values": {"note": "heard"}})
    assert eventually(lambda: stream.knows(lead["id"]))
    assert "unheard" not in stream.raw
    kinds = [data["kind"] for kind, data in stream.messages if kind == "change" and data["id"] == lead["id"]]
    assert "record.created" not in kinds


def test_a_revoked_key_ends_its_stream(company: Company, follow: Follow) -> None:
    made = company.admin.post("/api-keys", {"name": "follower", "role": "director"})
    stream = follow(key=made["secret"])
    company.admin.call("DELETE", f"/api-keys/{made['key']['id']}")
    assert stream.has_ended.wait(30)


def test_streams_hold_no_database_connection(company: Company, place: Place, follow: Follow) -> None:
    """More open browsers than connections, and the platform still answers."""
    streams = [follow(company.admin) for _ in range(25)]
    assert company.admin.get("/session")["member"]["login"] == "admin"
    lead = company.add_lead()
    assert eventually(lambda: all(each.knows(lead["id"]) for each in streams), 90)


def test_an_idle_stream_costs_next_to_nothing(company: Company, place: Place, follow: Follow) -> None:
    """Looking for changes wakes nobody up to look for changes: no circle."""
    follow(company.admin)
    process = psutil.Process(place.servers[0].pid)

    def is_quiet() -> bool:
        """Tell whether the server rested for most of two seconds: what went before may still keep it busy."""
        before = process.cpu_times()
        time.sleep(2)
        after = process.cpu_times()
        return after.user + after.system - before.user - before.system < 0.75

    assert eventually(is_quiet)


def test_strangers_get_no_stream(place: Place) -> None:
    for cookies in ({}, {"xiaolu_session": str(uuid4())}):
        assert httpx.get(f"{place.url}/api/live", cookies=cookies, timeout=30).status_code == 401
