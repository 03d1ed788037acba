"""The API beside the browser: what a test needs to exist before it starts, and the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from tests.browser.server import Server

Json = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """A signed-in member of the demo company, seen through the API."""

    client: httpx.Client
    id: str
    name: str
    login: str

    def send(self, method: str, path: str, **options: Any) -> Any:
        """Call the API; return the answer's JSON, or None where there is no body.

        Raises:
            httpx.HTTPStatusError: the call was refused.
        """
        token = self.client.cookies.get("xiaolu_csrf") or ""
        answer = self.client.request(method, f"/api{path}", headers={"X-CSRF-Token": token}, **options)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def create(self, entity: str, **values: Any) -> Json:
        """Create a record."""
        record: Json = self.send("POST", f"/records/{entity}", json={"values": values})
        return record

    def speak(self, language: str) -> None:
        """Have the interface in a language."""
        self.send("PATCH", "/me", json={"language": language})

    def record(self, entity: str, record_id: str) -> Json:
        """Read a record as it is now."""
        record: Json = self.send("GET", f"/records/{entity}/{record_id}")
        return record

    def lead(self, name: str, **values: Any) -> Json:
        """Create a customer, a contact and a lead that is complete but for its proofs."""
        customer = self.create("customer", name=unique(f"{name}客户"))
        contact = self.create("contact", name="联系人", customer=customer["id"], mobile=phone())
        own: Json = {"customer": customer["id"], "contact": contact["id"], "source": "referral", "amount": "120000"}
        return self.create("lead", name=name, **own | values)

    def move(self, record: Json, transition: str, action: str) -> Json:
        """Move a record on, with a reason."""
        path = f"/records/{record['entity']}/{record['id']}/move"
        body = {"transition": transition, "version": record["version"], "action": action, "remark": "按约定推进"}
        moved: Json = self.send("POST", path, json=body)
        return moved


class Company:
    """The demo company: its people by login, and its clock."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._people: dict[str, Person] = {}
        self._clients: list[httpx.Client] = []

    def person(self, login: str) -> Person:
        """Return a member, signed in once until the clock moves: sessions that nobody used end."""
        if login not in self._people:
            client = httpx.Client(base_url=self.server.address, timeout=60)
            self._clients.append(client)
            answer = client.post("/api/session", json={"login": login, "password": self.server.password})
            answer.raise_for_status()
            member = answer.json()["member"]
            self._people[login] = Person(client, member["id"], member["name"], login)
        return self._people[login]

    def members(self) -> list[Json]:
        """Everybody in the company, with logins and roles."""
        members: list[Json] = self.person("admin").send("GET", "/members")["members"]
        return members

    def login_of(self, member_id: str) -> str:
        """Return the login of a member."""
        return next(str(each["login"]) for each in self.members() if each["id"] == member_id)

    def pass_hours(self, hours: float) -> None:
        """Move the company's clock ahead."""
        self.person("admin").send("POST", "/dev/clock", json={"advance_hours": hours})
        self._people.clear()

    def forget(self, login: str) -> None:
        """Sign a person in anew when next needed: their session was ended."""
        self._people.pop(login, None)

    def close(self) -> None:
        """Close the connections; sessions end with the server."""
        for client in self._clients:
            client.close()


@contextmanager
def company_of(server: Server) -> Iterator[Company]:
    """Hand out the company of a running server."""
    company = Company(server)
    try:
        yield company
    finally:
        company.close()


def phone() -> str:
    """Return a mobile number that nobody else in the run has."""
    return f"139{uuid4().int % 10**8:08d}"


def unique(name: str) -> str:
    """Return a name that nothing else in the run has."""
    return f"{name} {uuid4().hex[:6]}"
