"""Nothing leaves by any door: for random roles, no answer of any address holds what its reader may not see.

Every text and amount of the company below is a mark that occurs once. Whoever may not see a value must not find its
mark in any answer: lists, windows, figures, searches, history, exports, files, duplicates, evidence, or whatever
address the OpenAPI document names besides. What a person may see is worked out here anew, plainly, from the role.
"""

import contextlib
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.system.place import Person, Place

PACKAGE = Path(__file__).with_name("leak_company.yaml")
ENTITIES = {"firm": ("name", "secret", "worth"), "deal": ("name", "note", "price", "firm", "firm_secret", "paper")}
SCOPES = st.sampled_from(["none", "own", "department", "department_tree", "all", "formula"])
PASSWORD = "a spare password"
LEFT_OUT = {"followChanges"}
"""A stream without end (tests/system/test_live.py asks it)."""


def role_of(entity: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return grants on an entity: any scope, any fields hidden, some only in a stage."""
    hidden = st.lists(st.sampled_from(ENTITIES[entity]), unique=True, max_size=3)
    condition = "{price} > 500000" if entity == "deal" else "{worth} > 500000"
    stages = hidden.map(lambda keys: {"won": dict.fromkeys(keys, "hidden")} if entity == "deal" and keys else {})
    return st.fixed_dictionaries({"read": SCOPES, "fields": hidden, "stages": stages}).map(
        lambda drawn: {
            "entity": entity,
            "read": drawn["read"],
            **({"formula": condition} if drawn["read"] == "formula" else {}),
            "export": True,
            "import": True,
            "fields": dict.fromkeys(drawn["fields"], "hidden"),
            "stages": drawn["stages"],
        }
    )


@dataclass
class Row:
    """A record as it was written: whose it is, its values, and the marks of its history, evidence and file."""

    entity: str
    id: str
    owner: str
    stage: str
    amount: int
    firm: "Row | None" = None
    marks: dict[str, set[str]] = field(default_factory=dict)
    """Field → marks; ``*``: what everybody who may read the record may see."""
    file: str | None = None


@dataclass
class House:
    """The company under test."""

    place: Place
    boss: Person
    homes: dict[str, str]
    """Department of each member, by login."""
    ids: dict[str, str]
    rows: list[Row]
    roles: list[dict[str, Any]]

    def sees(self, row: Row, who: str) -> bool:
        grant = self.grant(row.entity)
        above = {"north": {"north", "east"}, "east": {"east"}, "west": {"west"}}
        reach = {
            "none": False,
            "all": True,
            "own": row.owner == who,
            "department": self.homes[row.owner] == self.homes[who],
            "department_tree": self.homes[row.owner] in above[self.homes[who]],
            "formula": row.amount > 500_000,
        }
        return reach[grant["read"]]

    def shows(self, row: Row, key: str, who: str) -> bool:
        grant = self.grant(row.entity)
        if grant["fields"].get(key) == "hidden" or grant["stages"].get(row.stage, {}).get(key) == "hidden":
            return False
        if key == "firm_secret":
            return row.firm is not None and self.sees(row.firm, who) and self.shows(row.firm, "secret", who)
        return True

    def grant(self, entity: str) -> dict[str, Any]:
        return next(each for each in self.roles if each["entity"] == entity)

    def forbidden(self, who: str) -> dict[str, str]:
        """Return mark → where it stands, of everything that the member may not see."""
        allowed: set[str] = set()
        every: dict[str, str] = {}
        for row in self.rows:
            for key, marks in row.marks.items():
                every.update((mark, f"{row.entity}.{key} of {row.id}") for mark in marks)
                if self.sees(row, who) and (key == "*" or self.shows(row, key, who)):
                    allowed |= marks
        return {mark: where for mark, where in every.items() if mark not in allowed}


MEMBERS = {"anna": "north", "bert": "east", "carl": "west"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A running company: a department below another, three members, records of each."""
    from tests.system.place import new_folder

    place = Place(new_folder("leaks"))
    try:
        said = place.run("init", "--no-suite")
        place.serve("--no-worker")
        boss = Person(place.url)
        first = said.split("admin / ")[1].split()[0]
        boss.sign_in("admin", first)
        boss.post("/me/password", {"current": first, "password": PASSWORD})
        boss.sign_in("admin", PASSWORD)
        yield furnish(place, boss)
        boss.close()
    finally:
        place.remove()


def furnish(place: Place, boss: Person) -> House:
    boss.post("/studio/apps/install", {"yaml": PACKAGE.read_text("utf-8")})
    north = boss.post("/departments", {"name": "北区"})["id"]
    departments = {
        "north": north,
        "east": boss.post("/departments", {"name": "北区东组", "parent_id": north})["id"],
        "west": boss.post("/departments", {"name": "西区"})["id"],
    }
    house = House(place, boss, dict(MEMBERS), {}, [], [])
    publish(house, [{"entity": each} for each in ENTITIES])
    for login, home in MEMBERS.items():
        given = {"login": login, "name": login, "department": departments[home], "roles": ["reader"]}
        given |= {"password": PASSWORD, "must_change_password": False}
        house.ids[login] = boss.post("/members", given)["id"]
    for number, login in enumerate(MEMBERS):
        for amount in (1, 9):
            add_rows(house, login, f"{number}{amount}", amount * 100_000 + 7_310 + number)
    return house


def add_rows(house: House, owner: str, mark: str, amount: int) -> None:
    boss = house.boss
    firm_values = {"name": f"Qf{mark}name", "secret": f"Qf{mark}secret", "worth": f"{amount}.13"}
    made = boss.post("/records/firm", {"values": {**firm_values, "owner": house.ids[owner]}})
    firm = Row("firm", made["id"], owner, "", amount)
    firm.marks = {key: {str(value)} for key, value in firm_values.items()}
    file = boss.upload(f"Qd{mark}paper.txt", f"Qd{mark}content".encode())
    values = {"name": f"Qd{mark}name", "note": f"Qd{mark}before", "price": f"{amount}.57", "firm": firm.id}
    deal = boss.post("/records/deal", {"values": {**values, "paper": [file["id"]], "owner": house.ids[owner]}})
    deal = boss.call(
        "PATCH", f"/records/deal/{deal['id']}", {"version": deal["version"], "values": {"note": f"Qd{mark}after"}}
    )
    boss.post(
        f"/records/deal/{deal['id']}/evidence",
        {"kind": "text", "text": f"Qd{mark}evidence says more than ten words of proof"},
    )
    stage = "new"
    if mark.endswith("9"):
        version = boss.get(f"/records/deal/{deal['id']}")["version"]
        boss.post(
            f"/records/deal/{deal['id']}/move", {"transition": "win", "version": version, "remark": f"Qd{mark}remark"}
        )
        stage = "won"
    row = Row("deal", deal["id"], owner, stage, amount, firm=firm, file=file["id"])
    row.marks = {
        "name": {values["name"]},
        "note": {f"Qd{mark}before", f"Qd{mark}after"},
        "price": {values["price"]},
        "paper": {f"Qd{mark}paper", f"Qd{mark}content"},
        "firm_secret": {firm_values["secret"]},
        "*": {f"Qd{mark}evidence", f"Qd{mark}remark"},
    }
    house.rows += [firm, row]


def publish(house: House, grants: list[dict[str, Any]]) -> None:
    """Make these the grants of the role that the members hold."""
    current = house.boss.get("/studio/definitions")
    wanted = current["definitions"]
    kept = [each for each in wanted.get("roles", []) if each["key"] != "reader"]
    wanted["roles"] = [*kept, {"key": "reader", "label": {"zh": "读者"}, "grants": grants}]
    house.boss.post("/studio/publish", {"definitions": wanted, "base_version": current["version"]})
    house.roles = [{"fields": {}, "stages": {}, "read": "none", **each} for each in grants]


Doors = Iterator[tuple[str, httpx.Response]]


def doors(house: House, person: Person, document: dict[str, Any]) -> Doors:
    """Ask everything that could tell something, about everything."""
    yield from plain_doors(house, person, document)
    for entity, keys in ENTITIES.items():
        yield from list_doors(person, entity, keys)
    every = {mark for row in house.rows for marks in row.marks.values() for mark in marks}
    for text in sorted({mark[:size] for mark in every for size in (4, 5)}):
        yield f"search {text}", person.send("GET", f"/search?q={text}")


def plain_doors(house: House, person: Person, document: dict[str, Any]) -> Doors:
    """Every GET of the document, with the ids of every record, file and member in its path."""
    for path, operations in document["paths"].items():
        operation = operations.get("get")
        if operation is None or operation["operationId"] in LEFT_OUT:
            continue
        for filled in fillings(house, path.removeprefix("/api")):
            yield filled, person.send("GET", filled)


def fillings(house: House, path: str) -> Iterator[str]:
    if "{entity}" in path and "{record_id}" in path:
        for row in house.rows:
            filled = path.replace("{entity}", row.entity).replace("{record_id}", row.id)
            yield f"{filled}?member={house.ids[row.owner]}" if filled.endswith("/access") else filled
    elif "{entity}" in path:
        yield from (path.replace("{entity}", each) for each in ENTITIES)
    elif "{file_id}" in path:
        yield from (path.replace("{file_id}", row.file) for row in house.rows if row.file)
    elif "{member_id}" in path:
        yield from (path.replace("{member_id}", each) for each in house.ids.values())
    elif "{" not in path:
        yield path


def list_doors(person: Person, entity: str, keys: tuple[str, ...]) -> Doors:
    base = f"/records/{entity}"
    for body in ({"limit": 100, "count": True}, {"limit": 100, "deleted": True}, {"limit": 100, "search": "Q"}):
        yield "query", person.send("POST", f"{base}/query", body)
    yield "window", person.send("POST", f"{base}/window", {"offset": 0, "limit": 100})
    measures = [{"do": "count"}, *({"do": do, "field": key} for key in keys for do in ("min", "max", "sum"))]
    for measure in measures:
        yield f"aggregate {measure}", person.send("POST", f"{base}/aggregate", {"group": [], "measures": [measure]})
    for key in keys:
        yield (
            f"group {key}",
            person.send("POST", f"{base}/aggregate", {"group": [{"field": key}], "measures": [{"do": "count"}]}),
        )
        yield f"sort {key}", person.send("POST", f"{base}/query", {"sort": [{"field": key}], "limit": 100})
        condition = {"field": key, "op": "not_empty"}
        yield f"filter {key}", person.send("POST", f"{base}/query", {"filter": condition, "limit": 100})
        yield f"form {key}", person.send("POST", f"{base}/duplicates", {"values": {key: "Qd01name"}})
    for form in ("csv", "xlsx"):
        yield f"export {form}", person.send("POST", f"{base}/export", {"format": form})


def told(answer: httpx.Response) -> str:
    """Return everything that an answer says, unpacked."""
    if answer.content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            return "\n".join(book.read(each).decode("utf-8", "replace") for each in book.namelist())
    return answer.content.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def document(house: House) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{house.place.url}/api/schema/openapi.json", timeout=60).json()
    return found


@pytest.fixture(scope="module")
def reader(house: House) -> Iterator[Callable[[str], Person]]:
    """Sign members in, once."""
    known: dict[str, Person] = {}

    def find(login: str) -> Person:
        if login not in known:
            known[login] = house.place.person(login, PASSWORD)
        return known[login]

    yield find
    for each in known.values():
        each.close()


def test_no_door_tells_what_is_hidden(house: House, document: dict[str, Any], reader: Callable[[str], Person]) -> None:
    @settings(
        max_examples=10, database=None, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.tuples(role_of("firm"), role_of("deal")), st.sampled_from(sorted(MEMBERS)))
    def check(grants: tuple[dict[str, Any], dict[str, Any]], login: str) -> None:
        publish(house, list(grants))
        person, forbidden = reader(login), house.forbidden(login)
        for door, answer in doors(house, person, document):
            assert answer.status_code < 500, f"{door}: {answer.text}"
            said = told(answer)
            found = [f"{mark} ({where})" for mark, where in forbidden.items() if mark in said]
            assert not found, f"{login} with {grants} learns {found} from {door}: {said[:600]}"
        for entity in ENTITIES:
            wanted = sum(row.entity == entity and house.sees(row, login) for row in house.rows)
            if house.grant(entity)["read"] != "none":
                listed = person.post(f"/records/{entity}/query", {"count": True})["count"]
                scrolled = person.post(f"/records/{entity}/window", {"offset": 0, "limit": 10})["count"]
                assert (listed, scrolled) == (wanted, wanted), f"{login} with {grants}: {entity}"

    check()


def test_the_marks_are_found_where_they_may_be(house: House, document: dict[str, Any]) -> None:
    """Without this the test above could pass because nobody is told anything."""
    publish(house, [{"entity": each, "read": "all", "export": True} for each in ENTITIES])
    with contextlib.closing(house.place.person("carl", PASSWORD)) as carl:
        said = "\n".join(told(answer) for _, answer in doors(house, carl, document))
    marks = {mark for row in house.rows for each in row.marks.values() for mark in each}
    unseen = {mark for mark in marks if mark not in said}
    assert not {each for each in unseen if not each.endswith("remark")}, unseen
