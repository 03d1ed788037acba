"""A form changed while a million records are in use: a field deleted and another added as another session writes."""

import asyncio
import re
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Event, Thread
from typing import Any

import asyncpg
import httpx
from playwright.sync_api import Page, expect

from tests.browser import building, screen
from tests.browser.building import add_field, button
from tests.browser.company import Company, Person, company_of, unique
from tests.browser.conftest import Visit
from tests.browser.practice import Hand
from tests.browser.screen import control, dialog
from tests.browser.server import Server
from tests.browser.test_form_designer import block, forget_draft, new_form, publish
from tests.browser.words import Words

ROWS = 1_000_000
PATIENCE_MS = 120_000
"""Longest wait for a publication over all the rows: it only ever passes when something is wrong."""
LONGEST_WRITE = 5.0
"""Seconds: nobody who saves a record waits longer, whatever the builder does meanwhile."""


class _Database:
    """The tables behind the platform, for what would take too long through it."""

    def __init__(self, server: Server, entity: str) -> None:
        self.url = server.database_url
        self.table = f'main."r_{entity}"'

    def value(self, statement: str, *arguments: Any) -> Any:
        """Return the first value that a statement gives; ``{table}`` is the table of the records."""
        return self._run(lambda connection: connection.fetchval(statement.format(table=self.table), *arguments))

    def multiply(self, sample: str, name: str, amount: str) -> None:
        """Make ``ROWS`` records like the sample: each has its number in the two fields."""
        found = self._run(
            lambda connection: connection.fetch(
                "SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped"
                " AND attgenerated = ''",
                self.table,
            )
        )
        columns = [str(row["attname"]) for row in found]
        own = {"id": "uuidv7()", name: "'记录' || n", f"{name}__sort": "'jilu' || n", amount: "n"}
        taken = ", ".join(own.get(each, f'r."{each}"') for each in columns)
        names = ", ".join(f'"{each}"' for each in columns)
        statement = (
            f"INSERT INTO {self.table} ({names}) SELECT {taken} FROM {self.table} r, generate_series(1, {ROWS}) n"
            " WHERE r.id = $1::text::uuid"
        )
        self._run(lambda connection: connection.execute(statement, sample))
        self._run(lambda connection: connection.execute(f"ANALYZE {self.table}"))

    def _run(self, work: Callable[[Any], Coroutine[Any, Any, Any]]) -> Any:
        async def scenario() -> Any:
            connection = await asyncpg.connect(self.url)
            try:
                return await work(connection)
            finally:
                await connection.close()

        with ThreadPoolExecutor(1) as apart:  # the browser's loop owns this thread
            return apart.submit(lambda: asyncio.run(scenario())).result()


class _Writer:
    """Another session, which creates and changes records of the form without a pause."""

    def __init__(self, person: Person, entity: str, keys: dict[str, str]) -> None:
        self.person, self.entity, self.keys = person, entity, keys
        self.created: dict[str, int] = {}
        self.changed = 0
        self.longest = 0.0
        self.refused: list[str] = []
        self.is_over = Event()

    @property
    def writes(self) -> int:
        """Return how many writes were answered with success."""
        return len(self.created) + self.changed

    def run(self) -> None:
        """Write until it is over, or until a write fails."""
        try:
            for number in count(1):
                if self.is_over.is_set():
                    return
                self.write(number)
        except httpx.HTTPError as error:
            answer = getattr(error, "response", None)
            self.refused.append(f"{error}: {answer.text if answer is not None else ''}")

    def write(self, number: int) -> None:
        """Create a record, and change it."""
        name, amount = self.keys["名称"], self.keys["数量"]
        made = self._send("POST", f"/records/{self.entity}", {name: f"新记录{number}", amount: number})
        self.created[made["id"]] = number
        self._send("PATCH", f"/records/{self.entity}/{made['id']}", {amount: -number})
        self.created[made["id"]] = -number
        self.changed += 1

    def _send(self, method: str, path: str, values: dict[str, Any]) -> Any:
        began = time.monotonic()
        answer = self.person.send(method, path, json={"values": values})
        self.longest = max(self.longest, time.monotonic() - began)
        return answer


@contextmanager
def _writing(server: Server, entity: str, keys: dict[str, str]) -> Iterator[_Writer]:
    with company_of(server) as apart:
        writer = _Writer(apart.person("admin"), entity, keys)
        thread = Thread(target=writer.run)
        thread.start()
        try:
            yield writer
        finally:
            writer.is_over.set()
            thread.join()


def _await_more(page: Page, writer: _Writer) -> None:
    """Wait until the other session has written some more."""
    wanted = writer.writes + 4
    while writer.writes < wanted and not writer.refused:
        page.wait_for_timeout(20)


def _change_fields(hand: Hand, words: Words, entity: str, writer: _Writer) -> None:
    """Delete a field and add another, and publish both; the other session goes on writing all the while."""
    page = hand.page
    page.goto(f"/studio/forms/{entity}")
    _await_more(page, writer)
    hand.step()
    hand.click(block(page, words, "备注"))
    hand.press("Delete")
    hand.click(button(dialog(page), words("forms.remove.confirm")))
    expect(block(page, words, "备注")).to_have_count(0)
    add_field(hand, words, "money", "预算")
    before = writer.writes
    building.publish(hand, words)
    done = [words("studio.changes.published", version=r"\d+"), words("studio.changes.preparing")]
    expect(page.get_by_text(re.compile("|".join(done))).first).to_be_visible(timeout=PATIENCE_MS)
    page.goto(f"/studio/forms/{entity}")
    expect(page.locator("[data-changes]")).to_have_count(0, timeout=PATIENCE_MS)
    _await_more(page, writer)
    assert writer.writes > before
    assert writer.refused == []


def _fill_new_field(hand: Hand, words: Words, entity: str, record: str) -> None:
    page = hand.page
    page.goto(f"/e/{entity}/{record}")
    hand.step()
    hand.click(button(page, words("records.record.edit")))
    hand.fill(control(page, "预算"), "5000")
    hand.click(button(page, words("records.record.save")))
    screen.toast(page, words("records.record.saved"))
    expect(page.get_by_text("备注", exact=True)).to_have_count(0)


def test_fields_change_while_a_million_records_are_written(visit: Visit, company: Company, server: Server) -> None:
    words = Words("zh")
    forget_draft(company)
    page = visit("admin")
    entity = new_form(page, words, unique("大表"), "名称")
    making = Hand(page, "form for a million records")
    add_field(making, words, "integer", "数量")
    add_field(making, words, "text", "备注")
    publish(page, words)
    keys = building.field_keys(company, entity)
    sample = company.person("admin").create(entity, **{keys["名称"]: "样本", keys["数量"]: 0, keys["备注"]: "旧备注"})
    database = _Database(server, entity)
    try:
        database.multiply(sample["id"], keys["名称"], keys["数量"])
        hand = Hand(page, "delete and add a field over 1,000,000 records")
        with _writing(server, entity, keys) as writer:
            _change_fields(hand, words, entity, writer)
        _is_whole(database, keys, writer)
        chosen = str(database.value(f"SELECT id FROM {{table}} WHERE {keys['数量']} = {ROWS}"))
        _fill_new_field(hand, words, entity, chosen)
        record = company.person("admin").record(entity, chosen)
        assert record["values"][keys["数量"]] == ROWS
        assert float(record["values"][building.field_keys(company, entity)["预算"]]) == 5000
        hand.report()
        _roll_back(page, words)
        assert database.value(f"SELECT count(*) FROM {{table}} WHERE {keys['备注']} = '旧备注'") == ROWS + 1
    finally:
        database.value("TRUNCATE {table} CASCADE")


def _roll_back(page: Page, words: Words) -> None:
    """Publish the version before once more: the deleted field comes back with its values."""
    page.goto("/studio/history")
    button(page, words("studio.history.restore")).click()
    screen.press(dialog(page), words("studio.history.restoreNow"))
    expect(dialog(page)).to_have_count(0, timeout=PATIENCE_MS)


def _is_whole(database: _Database, keys: dict[str, str], writer: _Writer) -> None:
    """Every write that was answered is there, and every record that was there before is as it was."""
    name, amount = keys["名称"], keys["数量"]
    assert writer.refused == []
    assert writer.longest < LONGEST_WRITE
    assert database.value("SELECT count(*) FROM {table}") == ROWS + 1 + len(writer.created)
    old = f"SELECT count(*) FROM {{table}} WHERE {name} = '记录' || {amount} AND {amount} BETWEEN 1 AND {ROWS}"
    assert database.value(old) == ROWS
    written = f"SELECT count(*) FROM {{table}} JOIN unnest($1::uuid[], $2::bigint[]) AS w(id, n) USING (id) WHERE {amount} = n"
    assert database.value(written, list(writer.created), list(writer.created.values())) == len(writer.created)
