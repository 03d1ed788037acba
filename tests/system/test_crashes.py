"""Everything is killed without warning while people write: what was acknowledged is there once, what follows happened once."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from tests.system.company import Company, eventually
from tests.system.place import Person, Place

WRITERS = 4
UNDER_LOAD = 10
"""Records of each writer before something is killed."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


class Writer(threading.Thread):
    """Creates records and changes one of them, and keeps what was acknowledged and what it never heard of."""

    def __init__(self, place: Place, customer: str, lead: str) -> None:
        super().__init__(daemon=True)
        self.person = place.person("admin")
        self.customer = customer
        self.lead = lead
        self.acknowledged: dict[str, str] = {}
        self.unknown: set[str] = set()
        self.version = 1
        self.heard_of: list[str] = []
        self.stopped = threading.Event()
        self.failures: list[str] = []

    def run(self) -> None:
        while not self.stopped.is_set():
            name = f"线索{uuid4().hex}"
            values = {"name": name, "customer": self.customer, "source": "tender", "amount": 1000}
            answer = self._send("POST", "/records/lead", {"values": values})
            if answer is None:
                self.unknown.add(name)
            elif answer.status_code == 201:
                self.acknowledged[name] = answer.json()["id"]
            note = uuid4().hex
            answer = self._send("PATCH", f"/records/lead/{self.lead}", {"values": {"note": note}})
            if answer is not None and answer.status_code == 200:
                self.heard_of.append(note)

    def _send(self, method: str, path: str, body: Any) -> httpx.Response | None:
        try:
            answer = self.person.send(method, path, body)
        except httpx.HTTPError:
            time.sleep(0.05)
            return None
        if answer.status_code >= 300 and answer.status_code != 503:
            self.failures.append(f"{answer.status_code} {answer.text[:300]}")
        if answer.status_code == 503:
            time.sleep(0.05)
            return None
        return answer


async def _rows(place: Place, query: str, *values: Any) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(place.database_url, server_settings={"search_path": "main"})
    try:
        return list(await connection.fetch(query, *values))
    finally:
        await connection.close()


def rows(place: Place, query: str, *values: Any) -> list[asyncpg.Record]:
    return asyncio.run(_rows(place, query, *values))


def prepare_moves(company: Company, count: int) -> list[str]:
    """Make leads that may be submitted for a solution, which makes a task and freezes them."""
    admin = company.admin
    leads = []
    for _ in range(count):
        customer = company.add_customer()["id"]
        contact = admin.post(
            "/records/contact", {"values": {"name": "王工", "customer": customer, "mobile": "13800138000"}}
        )["id"]
        lead = company.add_lead(
            customer=customer,
            contact=contact,
            amount=600000,
            product_line="robot",
            pain_keywords=["停机", "能耗", "噪音"],
        )
        move = {"transition": "to_confirm", "action": reason(admin, lead["id"]), "remark": "客户已确认需求"}
        admin.post(f"/records/lead/{lead['id']}/move", {"version": lead["version"], **move})
        file = admin.upload("需求清单.pdf", PDF + uuid4().hex.encode())
        admin.post(f"/records/lead/{lead['id']}/evidence", {"slot": "needs_list", "kind": "file", "file": file["id"]})
        leads.append(lead["id"])
    return leads


def reason(admin: Person, lead: str) -> str:
    process = admin.get("/definitions")["processes"][0]
    sets = {each["key"]: each for each in admin.get("/definitions")["option_sets"]}
    key: str = sets[process["reasons"]]["options"][0]["key"]
    return key


def move_all(admin: Person, leads: list[str], action: str, *, until: float) -> None:
    """Submit leads again and again, as impatient people do, until every one is known to have moved or time is up."""
    left = list(leads)
    while left and time.monotonic() < until:
        lead = left.pop(0)
        move = {"transition": "to_match", "action": action, "remark": "请评估方案"}
        try:
            answer = admin.send("POST", f"/records/lead/{lead}/move", move)
        except httpx.HTTPError:
            time.sleep(0.05)
            left.append(lead)
            continue
        if answer.status_code == 503:
            time.sleep(0.05)
            left.append(lead)


def kill_postgres(place: Place) -> None:
    pid = place.postgres_pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def await_writes(place: Place, writers: list[Writer], more: int) -> None:
    """Wait until each writer has been acknowledged so many more records."""
    wanted = [len(writer.acknowledged) + more for writer in writers]
    assert eventually(
        lambda: all(len(each.acknowledged) >= least for each, least in zip(writers, wanted, strict=True)), 90
    ), place.log()


def test_what_was_acknowledged_outlives_every_kill(copy: Callable[..., Place]) -> None:
    place = copy(XIAOLU_TEST_CLOCK="1")
    api = place.serve("--no-worker")
    worker = place.spawn("worker", log="worker.log")
    admin = place.person("admin")
    company = Company(place, admin)
    leads = prepare_moves(company, 6)
    action = reason(admin, leads[0])
    customer = company.add_customer()["id"]
    writers = [Writer(place, customer, company.add_lead(customer=customer)["id"]) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    until = time.monotonic() + 90
    impatient = place.person("admin")
    mover = threading.Thread(target=move_all, args=(impatient, leads, action), kwargs={"until": until}, daemon=True)
    mover.start()

    await_writes(place, writers, UNDER_LOAD)
    worker.kill()
    worker.wait()
    worker = place.spawn("worker", log="worker.log")
    await_writes(place, writers, UNDER_LOAD)
    kill_postgres(place)
    await_writes(place, writers, 1)
    api.kill()
    api.wait()
    place.serve("--no-worker")
    await_writes(place, writers, 1)
    mover.join(90)
    impatient.close()
    for writer in writers:
        writer.stopped.set()
    for writer in writers:
        writer.join(60)
        writer.person.close()
        assert not writer.failures, writer.failures[:3] + place.log().splitlines()[-60:]

    check_records(place, writers)
    check_moves(place, leads)
    check_sweeps(place, admin)
    company.close()
    admin.close()


def check_records(place: Place, writers: list[Writer]) -> None:
    """Each acknowledged record is there once, with one event of its creation; none that nobody asked for is."""
    found = rows(
        place, "SELECT name, id::text AS id FROM r_lead WHERE name LIKE '线索________________________________'"
    )
    stored = {row["name"]: row["id"] for row in found}
    assert len(stored) == len(found), "a record was written twice"
    acknowledged = {name: record for writer in writers for name, record in writer.acknowledged.items()}
    unknown = {name for writer in writers for name in writer.unknown}
    assert len(acknowledged) > 20
    assert {name: stored.get(name) for name in acknowledged} == acknowledged
    assert set(stored) <= set(acknowledged) | unknown
    events = rows(
        place,
        "SELECT record_id::text AS id, count(*) AS n FROM event WHERE kind = 'record.created' AND record_id = ANY($1::uuid[]) "
        "GROUP BY 1",
        list(stored.values()),
    )
    assert {row["id"]: row["n"] for row in events} == dict.fromkeys(stored.values(), 1)
    for writer in writers:
        changes = rows(
            place,
            "SELECT after->>'note' AS note, version FROM event WHERE record_id = $1 AND kind = 'record.updated' ORDER BY id",
            UUID(writer.lead),
        )
        notes = [row["note"] for row in changes]
        assert len(notes) == len(set(notes))
        assert [note for note in notes if note in set(writer.heard_of)] == writer.heard_of
        versions = [row["version"] for row in changes]
        assert versions == list(range(2, len(versions) + 2))
        (now,) = rows(place, "SELECT version, note FROM r_lead WHERE id = $1", UUID(writer.lead))
        assert (now["version"], now["note"]) == (versions[-1], notes[-1])


def check_moves(place: Place, leads: list[str]) -> None:
    """Each lead was moved once, is frozen, and has one task for the adviser, however often it was asked for."""
    for lead in leads:
        (facts,) = rows(
            place,
            "SELECT r.stage, r.frozen_until IS NOT NULL AS frozen, "
            "(SELECT count(*) FROM event e WHERE e.record_id = r.id AND e.kind = 'record.moved' AND e.after->>'stage' = 'match') AS moves, "
            "(SELECT count(*) FROM task t WHERE t.record_id = r.id AND t.kind = 'todo') AS tasks "
            "FROM r_lead r WHERE r.id = $1",
            UUID(lead),
        )
        assert dict(facts) == {"stage": "match", "frozen": True, "moves": 1, "tasks": 1}


def check_sweeps(place: Place, admin: Person) -> None:
    """Escalations of a stage's time limit happen once each, though the worker is killed amid them."""
    admin.post("/dev/clock", {"advance_hours": 24 * 30})
    for _ in range(3):
        time.sleep(1)
        dying = place.spawn("worker", log="worker.log")
        time.sleep(3)
        dying.kill()
        dying.wait()
    last = place.spawn("worker", log="worker.log")
    due = (
        "SELECT count(*) AS n FROM r_lead WHERE name LIKE '线索________________________________' AND deleted_at IS NULL"
    )
    (expected,) = rows(place, due)
    reached = "SELECT count(DISTINCT e.record_id) AS n FROM escalation e JOIN r_lead r ON r.id = e.record_id WHERE r.name LIKE '线索________________________________'"
    assert eventually(lambda: rows(place, reached)[0]["n"] == expected["n"], 120), place.log("worker.log")
    doubled = rows(
        place,
        "SELECT record_id, after->>'step' AS step, after->>'stage' AS stage, count(*) FROM event WHERE kind = 'record.escalated' "
        "GROUP BY record_id, after->>'step', after->>'stage', after->>'hours', at HAVING count(*) > 1",
    )
    assert doubled == []
    (counts,) = rows(
        place,
        "SELECT (SELECT count(*) FROM escalation) AS steps, (SELECT count(*) FROM event WHERE kind = 'record.escalated') AS told",
    )
    assert counts["steps"] == counts["told"]
    last.terminate()
