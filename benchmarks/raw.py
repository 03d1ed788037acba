"""Raw PostgreSQL: pgbench with prepared statements doing the same work."""

import contextlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.place import Place

CREATE = """\\set n random(1, 900000000)
WITH w AS (
 INSERT INTO r_deal (id, version, created_at, created_by, updated_at, updated_by, owner, department, stage, stage_since,
  name, name__sort, amount, discount, net, region, phone, email, expected, score, key_deal, source, source__sort, contact, contact__sort,
  product, product__sort, quantity, note, search)
 SELECT uuidv7(), 1, now(), m.id, now(), m.id, m.id, m.department_id, 'new', now(), 'deal ' || :n, 'deal ' || :n, :n, 0.1, round(:n * 0.9, 2), 'east',
  '13800000000', 'a@example.com', date '2026-01-01', 50, true, 'web', 'web', 'contact', 'contact', 'product', 'product', 5, repeat('note ', 20),
  array_to_tsvector(ARRAY['deal', (:n)::text])
 FROM member m WHERE login = 'seller3' RETURNING id, owner)
INSERT INTO event (at, kind, entity, record_id, version, actor_id, actor_kind, cause_kind, correlation, after)
SELECT now(), 'record.created', 'deal', id, 1, owner, 'member', 'user', uuidv7(),
 jsonb_build_object('name', 'deal', 'amount', '100.00', 'discount', '0.1', 'net', '90.00', 'region', 'east', 'phone', '13800000000', 'email', 'a@example.com', 'expected', '2026-01-01',
  'score', 50, 'key_deal', true, 'source', 'web', 'contact', 'contact', 'product', 'product', 'quantity', 5, 'note', repeat('note ', 20)) FROM w;
"""
IDS = """SELECT row_number() OVER () AS n, id FROM (SELECT id FROM r_deal
 WHERE department = (SELECT department_id FROM member WHERE login = 'seller3') LIMIT 5000) x"""
"""The records that both sides change."""
UPDATE = """\\set n random(1, {ids})
WITH w AS (
 UPDATE r_deal SET version = version + 1, updated_at = now(), score = (:n % 100)::int WHERE id = (SELECT id FROM bench_ids WHERE n = :n)
 RETURNING id, version, owner, old.score AS before, new.score AS after)
INSERT INTO event (at, kind, entity, record_id, version, actor_id, actor_kind, cause_kind, correlation, before, after)
SELECT now(), 'record.updated', 'deal', id, version, owner, 'member', 'user', uuidv7(), jsonb_build_object('score', before), jsonb_build_object('score', after) FROM w;
"""
LIST = """SELECT r.*, m.name AS owner_name FROM r_deal r LEFT JOIN member m ON m.id = r.owner WHERE r.deleted_at IS NULL AND r.region = 'east' {scope}
 ORDER BY r.amount DESC NULLS LAST, r.id DESC LIMIT 50;
SELECT count(*) FROM r_deal r WHERE r.deleted_at IS NULL AND r.region = 'east' {scope};
"""
SCOPE = "AND r.department = (SELECT department_id FROM member WHERE login = 'seller3')"
AGGREGATE = """SELECT r.stage, r.region, count(*), sum(r.amount) FROM r_deal r WHERE r.deleted_at IS NULL GROUP BY 1, 2;
"""


@dataclass(frozen=True, slots=True)
class Raw:
    """What pgbench measured."""

    rate: float
    latency: float
    """Milliseconds."""


FEW = 20
"""Fewer transactions than this for a client are counted out beforehand: at the end of a time, pgbench drops those that are under way."""


def warmed(here: Place, script: str, *, clients: int) -> float:
    """Warm up, and return about how many milliseconds a transaction takes."""
    _pgbench(here, script, clients, ["-t", "1"])
    return _pgbench(here, script, clients, ["-t", "2"]).latency


def pgbench(here: Place, script: str, *, clients: int, seconds: float, expected: float) -> Raw:
    """Run a script for some seconds and return transactions per second; ``expected`` is what ``warmed`` found."""
    times = round(seconds * 1000 / expected)
    length = ["-t", str(max(1, times))] if times < FEW else ["-T", str(max(1, round(seconds)))]
    return _pgbench(here, script, clients, length)


@contextlib.contextmanager
def untraced(here: Place) -> Iterator[None]:
    """Let writers leave no trace for kept answers meanwhile: that is our cost, and not PostgreSQL's."""
    here.sql("ALTER TABLE r_deal DISABLE TRIGGER touched")
    try:
        yield
    finally:
        here.sql("ALTER TABLE r_deal ENABLE TRIGGER touched")


def _pgbench(here: Place, script: str, clients: int, length: list[str]) -> Raw:
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [
            str(here.server.programs / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "1", *length,
            "-f", file.name, "-h", "127.0.0.1", "-p", str(here.server.access.port), "-U", "xiaolu", "xiaolu",
        ]  # fmt: skip
        environment = {**os.environ, "PGPASSWORD": here.server.access.password, "PGOPTIONS": "-c search_path=main"}
        with untraced(here):
            done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=Path("/"))
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    latency = re.search(r"latency average = ([\d.]+)", done.stdout)
    if done.returncode or not rate or not latency:
        raise RuntimeError(done.stderr[-800:] or done.stdout[-800:])
    return Raw(float(rate[1]), float(latency[1]))
