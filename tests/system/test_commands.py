"""The command line on real data: back-up and restore, people, apps, imports, and clear words where something is in the way."""

import asyncio
import hashlib
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from python_calamine import CalamineWorkbook

from tests.system.place import STOP_SECONDS, Person, Place

Make = Callable[..., Place]
SHOP = """
format: 1
apps: [{key: shop, label: {zh: 商店, en: Shop}, version: 1.0.0}]
entities:
  - key: product
    label: {zh: 产品, en: product}
    title: product
    fields: [{key: product, label: {zh: 产品, en: product}, type: text, required: true, unique: true}]
  - key: opportunity
    label: {zh: 商机, en: opportunity}
    title: number
    fields:
      - {key: number, label: {zh: 编号, en: number}, type: text, required: true, unique: true}
      - {key: product, label: {zh: 产品, en: product}, type: relation, options: {target: product}, required: true}
      - {key: close_date, label: {zh: 关闭, en: close date}, type: date}
      - {key: close_value, label: {zh: 金额, en: close value}, type: money}
"""
OPPORTUNITIES = """number,product,close date,close value
A1,GTX Pro,2017-03-01,1054
A2,GTXPro,2017-03-11,4514
A3,GTX Pro,31/02/2017,50
A1,GTX Pro,2017-03-12,12
A4,MG Special,,"1,200.50"
,GTX Pro,2017-03-13,1
"""
"""A misspelt product, a day that is none, a number that occurs twice, and a row without one."""
RENUMBERED = {"event": ("xid", "id"), "event_cursor": ("xid", "id", "moved_at")}
"""Numbers that belong to a server; their order is compared instead. What ``touched`` says of a server's transactions is not backed up."""


async def _contents(url: str, schema: str) -> dict[str, list[str]]:
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch(
            "SELECT c.relname FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p') "
            "AND NOT c.relispartition AND c.relname <> 'touched' ORDER BY 1",
            schema,
        )
        found: dict[str, list[str]] = {}
        for row in tables:
            name = row["relname"]
            left_out = "".join(f" - '{each}'" for each in RENUMBERED.get(name, ()))
            order = "t.xid, t.id" if name == "event" else "1"
            found[name] = [
                each["row"]
                for each in await connection.fetch(
                    f'SELECT (to_jsonb(t){left_out})::text AS row FROM "{schema}"."{name}" t ORDER BY {order}'
                )
            ]
        return found
    finally:
        await connection.close()


async def _ask(url: str, schema: str, query: str, *values: Any) -> Any:
    connection = await asyncpg.connect(url, server_settings={"search_path": schema})
    try:
        return await connection.fetchval(query, *values)
    finally:
        await connection.close()


def contents(place: Place, schema: str = "main") -> dict[str, list[str]]:
    return asyncio.run(_contents(place.database_url, schema))


def ask(place: Place, query: str, *values: Any, schema: str = "main") -> Any:
    return asyncio.run(_ask(place.database_url, schema, query, *values))


def files_of(place: Place) -> dict[str, str]:
    folder = place.folder / "files"
    return {
        str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in folder.rglob("*")
        if each.is_file()
    }


def test_a_restored_backup_is_the_same_workspace(copy: Make, empty: Make, tmp_path: Path) -> None:
    """Every row, every file, and consumers that go on exactly where they were; then a second restore is refused."""
    old = copy()
    server = old.serve("--no-worker")
    consumed, left = (
        25,
        "SELECT count(*) FROM event e, event_cursor c WHERE c.consumer = 'test' AND (e.xid, e.id) > (c.xid, c.id)",
    )
    ask(
        old,
        "INSERT INTO event_cursor (consumer, xid, id, moved_at) SELECT 'test', xid, id, now() FROM event ORDER BY xid, id "
        f"OFFSET {consumed - 1} LIMIT 1",
    )
    before, unread = contents(old), ask(old, left)
    archive = tmp_path / "today.tar"
    said = old.run("backup", str(archive))
    assert str(archive) in said
    assert archive.stat().st_mode & 0o077 == 0, "a back-up holds everything: only its owner may read it"
    assert server.poll() is None
    old.stop()

    new = empty()
    assert "Restored" in new.run("restore", str(archive))
    new.serve("--no-worker")
    after = contents(new)
    assert before.keys() == after.keys()
    assert len(before["r_lead"]) >= 20
    for table in before:
        assert before[table] == after[table], table
    assert files_of(new) == files_of(old)
    assert files_of(new)
    assert ask(new, left) == unread == len(before["event"]) - consumed
    assert ask(new, "SELECT xid < pg_current_xact_id() FROM event ORDER BY xid DESC LIMIT 1")

    admin = new.person("admin", old.password)
    lead = admin.post("/records/lead/query", {"limit": 1})["rows"][0]
    changed = admin.call("PATCH", f"/records/lead/{lead['id']}", {"values": {"note": "after the restore"}})
    assert changed["version"] == lead["version"] + 1
    assert ask(new, left) == unread + 1
    history = admin.get(f"/records/lead/{lead['id']}/history")["events"]
    assert history[0]["kind"] == "record.updated"
    admin.close()
    new.stop()

    refused = new.run("restore", str(archive), status=1)
    assert "main" in refused
    assert "Traceback" not in refused


def test_what_is_no_backup_is_refused(empty: Make, tmp_path: Path) -> None:
    place = empty()
    wrong = tmp_path / "wrong.tar"
    wrong.write_bytes(b"not an archive" * 1000)
    said = place.run("restore", str(wrong), status=1)
    assert "Traceback" not in said
    assert "back-up" in said


def test_a_second_server_and_a_taken_port_are_told(place: Place, empty: Make) -> None:
    said = place.run("serve", "--port", "1", status=1)
    assert "already runs" in said
    assert f":{place.port}" in said
    other = empty()
    said = other.run("serve", "--port", str(place.port), status=1)
    assert f"Port {place.port}" in said
    assert "taken" in said


@pytest.mark.parametrize("command", [("serve",), ("worker",)], ids=["serve", "worker"])
def test_what_is_told_to_end_takes_its_database_along(copy: Make, command: tuple[str, ...]) -> None:
    """A service manager's SIGTERM is an orderly end: status 0, and no server left behind.

    Started in the background of a script, where shells have Ctrl-C ignored.
    """
    place = copy()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = place.serve() if command == ("serve",) else place.spawn(*command)
    finally:
        signal.signal(signal.SIGINT, before)
    place.await_database()
    process.send_signal(signal.SIGTERM)
    assert process.wait(STOP_SECONDS) == 0
    assert place.postgres_pid() is None
    assert "Traceback" not in place.log()


def test_doctor_looks_at_a_running_place(place: Place) -> None:
    said = place.run("doctor")
    assert "PostgreSQL 18" in said
    assert re.search(r"Timers given up\s+ok", said)
    assert "NOT WRITABLE" not in said


def test_mistyped_settings_are_told(empty: Make) -> None:
    said = empty(XIAOLU_PROT="9000").run("doctor", status=1)
    assert "XIAOLU_PROT" in said
    assert "Traceback" not in said


def test_the_first_administrator_chooses_a_password(empty: Make) -> None:
    """`init` prints a password once; with it one can do nothing but choose another."""
    place = empty()
    given = re.search(r"admin / (\S+)", place.run("init"))
    assert given is not None
    assert "in use already" in place.run("init", status=1)
    place.serve()
    admin = Person(place.url)
    assert admin.sign_in("admin", given[1])["must_change_password"] is True
    assert admin.send("GET", "/definitions").status_code == 403
    assert admin.send("POST", "/records/lead/query", {}).json()["code"] == "password.must_change"
    admin.post("/me/password", {"current": given[1], "password": "a password of my own"})
    admin.sign_in("admin", "a password of my own")
    assert admin.get("/definitions")["entities"]
    admin.close()


def test_people_are_added_and_get_new_passwords(place: Place) -> None:
    said = place.run("user", "add", "wang.fang", "--name", "王芳", "--role", "rep")
    first = re.search(r"wang.fang / (\S+)", said)
    assert first is not None
    person = Person(place.url)
    assert person.sign_in("wang.fang", first[1])["must_change_password"] is True
    second = re.search(r"wang.fang / (\S+)", place.run("user", "password", "wang.fang"))
    assert second is not None
    assert person.send("GET", "/session").status_code == 401
    person.sign_in("wang.fang", second[1])
    person.close()
    for arguments in (
        ("user", "password", "nobody"),
        ("user", "add", "wang.fang", "--name", "王芳", "--role", "rep"),
        ("user", "add", "li", "--name", "李", "--role", "no-such-role"),
    ):
        assert "Traceback" not in place.run(*arguments, status=1)


def test_an_app_makes_the_round_trip(copy: Make, tmp_path: Path) -> None:
    """What is exported differs in nothing; a change of it is shown, published, and exported again."""
    place = copy()
    place.serve("--no-worker")
    file = tmp_path / "journey.yaml"
    place.run("app", "export", "journey", "-o", str(file))
    assert "Nothing would change" in place.run("app", "diff", str(file))
    text = file.read_text("utf-8")
    assert "线索获取" in text
    changed = text.replace("线索获取", "获得线索")
    file.write_text(changed, "utf-8")
    assert "Nothing would change" not in place.run("app", "diff", str(file))
    assert place.run("app", "publish", str(file)).startswith("published")
    assert place.run("app", "export", "journey").rstrip() == changed.rstrip()
    broken = tmp_path / "broken.yaml"
    broken.write_text(changed.replace("target: customer", "target: nothing"), "utf-8")
    said = place.run("app", "install", str(broken), status=1)
    assert "Traceback" not in said
    assert "entities" in said
    assert "Nothing would change" in place.run("app", "diff", str(file))


def test_a_spreadsheet_is_imported_from_the_command_line(empty: Make, tmp_path: Path) -> None:
    """Into entities that a YAML file defines; what is wrong is told row by row, and mended rows go in afterwards."""
    place = empty()
    with place.with_database():
        bring_in(place, tmp_path)


def bring_in(place: Place, tmp_path: Path) -> None:
    place.run("init", "--no-suite")
    for name, text in (
        ("shop.yaml", SHOP),
        ("deals.csv", OPPORTUNITIES),
        ("products.csv", "product\nGTX Pro\nMG Special\n"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    place.run("app", "install", str(tmp_path / "shop.yaml"))
    assert "2 created, 0 updated, 0 refused" in place.run(
        "import", "product", str(tmp_path / "products.csv"), "--as", "admin"
    )
    deals, refused = str(tmp_path / "deals.csv"), tmp_path / "refused.xlsx"
    checked = place.run("import", "opportunity", deals, "--as", "admin", "--check")
    assert "2 good, 4 bad of 6" in checked
    assert "GTXPro" in checked
    assert "perhaps GTX Pro" in checked
    said = place.run("import", "opportunity", deals, "--as", "admin", "--errors", str(refused))
    assert "2 created, 0 updated, 4 refused" in said
    rows = list(CalamineWorkbook.from_path(str(refused)).get_sheet_by_index(0).iter_rows())
    reasons = {str(row[0]): " ".join(map(str, row)) for row in rows[1:]}
    assert len(reasons) == 4, rows
    (tmp_path / "mended.csv").write_text(
        OPPORTUNITIES.replace("GTXPro", "GTX Pro").replace("31/02/2017", "2017/2/28"), "utf-8"
    )
    mended = place.run(
        "import", "opportunity", str(tmp_path / "mended.csv"), "--as", "admin", "--mode", "upsert", "--key", "number"
    )
    assert "2 created" in mended
    assert "Traceback" not in mended
    assert "nobody" in place.run("import", "opportunity", deals, "--as", "nobody", status=1)
