"""Whatever is sent to the interface is answered: understood or refused, never with a failure of ours.

Requests are generated from the OpenAPI document, with addresses of real records mixed in, and, for records, from the
definitions in force: real fields with values of every wrong shape.
"""

import contextlib
import json
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from tests.system.place import Person, Place

LEFT_OUT = {"followChanges", "signIn", "moveClock"}
"""A stream without end; signing in is limited on purpose; time stays where it is."""
OF_THE_ACCOUNT = {
    "signOut",
    "endMyOtherSessions",
    "changeMyPassword",
    "offerTotp",
    "removeTotp",
    "confirmTotp",
    "changeMe",
}
"""These end sessions or lock accounts: each is sent by somebody hired for it."""
SPARE_PASSWORD = "a spare password"
BOUNDS = settings(
    max_examples=5,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ENTITIES = ["lead", "customer", "contact", "activity"]


@pytest.fixture(scope="module")
def fuzzed(template: Place) -> Iterator[Place]:
    """A place that may be spoiled."""
    spoiled = template.copy("fuzz")
    try:
        spoiled.serve()
        yield spoiled
    finally:
        spoiled.remove()


@pytest.fixture(scope="module")
def document(fuzzed: Place) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{fuzzed.url}/api/schema/openapi.json", timeout=60).json()
    return found


@pytest.fixture(scope="module")
def boss(fuzzed: Place) -> Iterator[Person]:
    """The administrator of the place."""
    person = fuzzed.person("admin")
    yield person
    person.close()


@pytest.fixture(scope="module")
def ids(boss: Person) -> dict[str, list[str]]:
    return {
        entity: [row["id"] for row in boss.post(f"/records/{entity}/query", {"limit": 5})["rows"]]
        for entity in ENTITIES
    }


@pytest.fixture
def probers(fuzzed: Place, boss: Person) -> Iterator[Callable[[str], "Prober"]]:
    """Make probers for this test."""
    with contextlib.ExitStack() as stack:
        yield lambda login: stack.enter_context(Prober(fuzzed, login, boss))


def with_real_addresses(ids: dict[str, list[str]]) -> Callable[[Any], Any]:
    """Return what puts real entities and records into half of the generated paths."""
    pairs = [(entity, record) for entity, records in ids.items() for record in records]

    def fill(drawn: tuple[Any, tuple[str, str] | None]) -> Any:
        case, pair = drawn
        if pair is not None and case.path_parameters:
            names = dict(zip(("entity", "record_id"), pair, strict=True))
            for name in set(names) & set(case.path_parameters):
                case.path_parameters[name] = names[name]
        return case

    return lambda strategy: st.tuples(strategy, st.none() | st.sampled_from(pairs)).map(fill)


class Prober:
    """Sends generated cases as a signed-in person and keeps what broke."""

    def __init__(self, place: Place, login: str, admin: Person) -> None:
        self.place = place
        self.login = login
        self.admin = admin
        self.broken: list[str] = []
        self.statuses: dict[int, int] = {}
        self.person = place.person(login)

    def __enter__(self) -> "Prober":
        return self

    def __exit__(self, *_: object) -> None:
        self.person.close()

    def hire(self, login: str) -> None:
        """Add somebody with the same role."""
        roles = [self.login]
        given = {
            "login": login,
            "name": login,
            "roles": roles,
            "password": SPARE_PASSWORD,
            "must_change_password": False,
        }
        self.admin.post("/members", given)

    def send_case(self, case: Any, *, spare: str | None) -> None:
        person = self.person if spare is None else self.place.person(spare, SPARE_PASSWORD)
        session = requests.Session()
        session.cookies.update(dict(person.http.cookies))
        headers = {"x-csrf-token": person.http.headers["x-csrf-token"]}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                answer = case.call(base_url=self.place.url, session=session, headers=headers, timeout=30)
            except (requests.exceptions.InvalidHeader, requests.exceptions.InvalidURL, UnicodeEncodeError):
                return
            finally:
                session.close()
                if spare is not None:
                    person.close()
        self.note(
            answer.status_code, f"{case.method} {case.formatted_path} {case.query} {case.body!r:.600}", answer.text
        )

    def send(self, method: str, path: str, body: Any) -> None:
        content = json.dumps(body).encode()
        answer = self.person.http.request(
            method, f"/api{path}", content=content, headers={"content-type": "application/json"}
        )
        self.note(answer.status_code, f"{method} {path} {content.decode():.900}", answer.text)

    def note(self, status: int, what: str, text: str) -> None:
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status >= 500:
            self.broken.append(f"{status} {what} → {text[:300]}")


def probe_operation(probers: list[Prober], operation: Any, real: Callable[[Any], Any]) -> None:
    name = operation.definition.raw["operationId"]
    is_of_the_account = name in OF_THE_ACCOUNT
    spares = {each.login: f"{each.login}-{name}".lower() if is_of_the_account else None for each in probers}
    for prober in probers:
        if (spare := spares[prober.login]) is not None:
            prober.hire(spare)

    @seed(1)
    @settings(BOUNDS, max_examples=1 if is_of_the_account else BOUNDS.max_examples)
    @given(case=real(operation.as_strategy()))
    def probe(case: Any) -> None:
        for prober in probers:
            prober.send_case(case, spare=spares[prober.login])

    probe()


def test_every_operation_answers_whatever_is_sent(
    probers: Callable[[str], "Prober"], document: dict[str, Any], ids: dict[str, list[str]]
) -> None:
    """To a member with few rights and to one with all of them, who send the same."""
    both = [probers(login) for login in ("rep", "admin")]
    real = with_real_addresses(ids)
    for result in schemathesis.openapi.from_dict(document).get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        if operation.definition.raw["operationId"] not in LEFT_OUT:
            probe_operation(both, operation, real)
    for prober in both:
        assert not prober.broken, "\n".join(prober.broken)
        assert prober.statuses.get(200, 0) > 50, prober.statuses


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**31, 2**63, -(2**63) - 1, 10**40, 0.1, 1e308, -0.0]),
    st.text(max_size=12),
    st.sampled_from(
        [
            "", " ", "\u0000", "\ud800", "😀" * 3, "2026-02-30", "2026-11-21", "2026-11-21T10:00:00Z", "0001-01-01", "9999-12-31T23:59:59Z",
            "10000-01-01", "NaN", "Infinity", "-1e400", "1e5", "00000000-0000-0000-0000-000000000000", "' OR 1=1 --", "%", "{}", "\\",
            "a" * 5000, "138 1234 5678", "330200", "{amount}", "=1+1", "<b>x</b>",
        ]
    ),
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "me", "last", "next", "unit", "relative", "lat", "lng", "x", "formula"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=4,
)


def fields_of(person: Person, entity: str) -> list[dict[str, Any]]:
    for each in person.get("/definitions")["entities"]:
        if each["key"] == entity:
            found: list[dict[str, Any]] = each["fields"]
            return found
    raise AssertionError(entity)


def filters(fields: list[dict[str, Any]]) -> st.SearchStrategy[Any]:
    keys = [each["key"] for each in fields] + [
        "created_at",
        "owner",
        "stage",
        "customer.region",
        "owner.department",
        "no",
    ]
    operators = [*sorted({operator for each in fields for operator in each["operators"]}), "no"]
    leaf = st.one_of(
        st.fixed_dictionaries({"field": st.sampled_from(keys), "op": st.sampled_from(operators), "value": JSON}),
        st.fixed_dictionaries({"formula": st.sampled_from(["{金额} > 1", "1/0", "{", "TODAY()", "", "\u0000"])}),
        JSON,
    )
    return st.recursive(
        leaf,
        lambda inner: st.dictionaries(
            st.sampled_from(["all", "any", "not"]), st.lists(inner, max_size=3) | inner, min_size=1, max_size=2
        ),
        max_leaves=4,
    )


@pytest.mark.parametrize("login", ["rep", "admin"])
@pytest.mark.parametrize("entity", ["lead", "activity"])
def test_records_answer_whatever_their_fields_are_given(
    probers: Callable[[str], "Prober"], ids: dict[str, list[str]], entity: str, login: str
) -> None:
    prober = probers(login)
    fields = fields_of(prober.person, entity)
    keys = [each["key"] for each in fields]
    some_keys = st.sampled_from([*keys, "id", "version", "stage", "owner", "no"])
    rows = prober.person.post(f"/records/{entity}/query", {"limit": 3})["rows"]
    mine = [row["id"] for row in rows] or ids[entity]
    writable = {each["key"] for each in fields if each["access"] == "write" and not each["is_computed"]}
    right = {key: value for key, value in (rows[0]["values"] if rows else {}).items() if key in writable}
    values = st.dictionaries(some_keys, JSON, max_size=6) | st.dictionaries(some_keys, JSON, max_size=1).map(
        lambda odd: {**right, **odd}
    )
    wide = settings(BOUNDS, max_examples=60)
    units = st.sampled_from([None, "day", "week", "month", "quarter", "year", "no"])

    @seed(2)
    @wide
    @given(
        values=values,
        record=st.sampled_from(mine),
        condition=st.none() | filters(fields),
        sort=st.lists(st.fixed_dictionaries({"field": some_keys, "descending": st.booleans()}), max_size=2),
        group=st.lists(st.fixed_dictionaries({"field": some_keys, "unit": units}), max_size=2),
        measure=st.fixed_dictionaries(
            {"do": st.sampled_from(["count", "sum", "avg", "min", "max", "no"]), "field": some_keys}
        ),
        text=st.text(max_size=8),
        odd=JSON,
    )
    def probe(**drawn: Any) -> None:
        record, condition = drawn["record"], drawn["condition"]
        wanted = {"filter": condition, "sort": drawn["sort"], "search": drawn["text"], "limit": 5, "count": True}
        prober.send("POST", f"/records/{entity}", {"values": drawn["values"]})
        prober.send("PATCH", f"/records/{entity}/{record}", {"values": drawn["values"], "version": 1})
        prober.send("POST", f"/records/{entity}/evaluate", {"values": drawn["values"], "id": record})
        prober.send("POST", f"/records/{entity}/duplicates", {"values": drawn["values"]})
        prober.send("POST", f"/records/{entity}/query", wanted)
        prober.send("POST", f"/records/{entity}/query", {"cursor": drawn["odd"], "filter": condition})
        prober.send(
            "POST", f"/records/{entity}/window", {"filter": condition, "sort": drawn["sort"], "offset": 0, "limit": 3}
        )
        aggregate = {"filter": condition, "group": drawn["group"], "measures": [drawn["measure"]]}
        prober.send("POST", f"/records/{entity}/aggregate", aggregate)
        prober.send("POST", f"/records/{entity}/bulk", {"ids": [record], "values": drawn["values"]})
        prober.send("POST", f"/records/{entity}/move", {"odd": drawn["odd"]})
        move = {"transition": "to_confirm", "version": 1, "remark": drawn["text"], "values": drawn["values"]}
        prober.send("POST", f"/records/{entity}/{record}/move", move)
        prober.person.http.get("/api/search", params={"q": drawn["text"]})

    probe()
    assert not prober.broken, "\n".join(prober.broken)
