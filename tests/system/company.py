"""Members and records that tests of the system add to the demo company."""

import itertools
import time
from collections.abc import Callable
from typing import Any

from tests.system.place import Person, Place

PASSWORD = "a spare password"
_numbers = itertools.count(1)


class Company:
    """Adds people and records, each under a name of its own."""

    def __init__(self, place: Place, admin: Person) -> None:
        self.place = place
        self.admin = admin
        self.people: list[Person] = []

    def hire(self, *roles: str, department: str | None = None) -> tuple[dict[str, Any], Person]:
        """Add a member and sign them in."""
        login = f"hired{next(_numbers)}-{time.time_ns() % 10**9}"
        given = {
            "login": login,
            "name": f"新人{login[5:]}",
            "roles": list(roles),
            "department": department,
            "password": PASSWORD,
            "must_change_password": False,
        }
        member: dict[str, Any] = self.admin.post("/members", given)
        return member, self.sign_in(login)

    def sign_in(self, login: str, password: str = PASSWORD) -> Person:
        person = self.place.person(login, password)
        self.people.append(person)
        return person

    def departments(self) -> dict[str, str]:
        """Return the ids of departments by name."""
        return {each["name"]: each["id"] for each in self.admin.get("/departments")["departments"]}

    def add_customer(self, person: Person | None = None, **values: Any) -> dict[str, Any]:
        number = f"{next(_numbers)}-{time.time_ns()}"
        made: dict[str, Any] = (person or self.admin).post(
            "/records/customer", {"values": {"name": f"客户{number}", **values}}
        )
        return made

    def add_lead(self, person: Person | None = None, **values: Any) -> dict[str, Any]:
        if "customer" not in values:
            values["customer"] = self.add_customer(person)["id"]
        given = {"name": f"线索{next(_numbers)}", "source": "exhibition", **values}
        made: dict[str, Any] = (person or self.admin).post("/records/lead", {"values": given})
        return made

    def close(self) -> None:
        for person in self.people:
            person.close()


def eventually(is_so: Callable[[], bool], seconds: float = 30) -> bool:
    """Wait until something is so; False where it never becomes so."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return is_so()
