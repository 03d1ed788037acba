"""What the templates promise: the figures that they work out, and what they refuse."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from tests.access.http import Browser
from tests.conftest import Database
from tests.studio.entrances import staged
from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.model.workspace import Definitions

Run = Callable[..., Any]
INSTALLED = (
    "store_daily",
    "store_inspection",
    "customer_success",
    "payment_followup",
    "opportunity_pipeline",
    "tender",
)


def test_they_work_out_and_refuse(uow: UnitOfWork, database: Database, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with staged(uow, database, tmp_path, Definitions()) as stage:
            boss = await stage.member("boss")
            for name in INSTALLED:
                done = await boss.send("POST", f"/studio/templates/{name}/install", {})
                assert done.status_code == 200, (name, done.text)
            await stage.workspace.read_state()
            photo = await _photo(boss)
            await _a_store_reports_once_a_day(boss, photo)
            await _an_inspection_is_scored(boss, photo)
            await _health_follows_the_contacts(boss)
            await _a_receivable_is_settled_when_paid(boss)
            await _stages_weigh_and_bonds_are_out(boss)

    run(scenario())


async def _photo(boss: Browser) -> str:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(picture, "PNG")
    headers = {"x-csrf-token": boss.http.cookies["xiaolu_csrf"]}
    sent = await boss.http.post(
        "/api/files", files={"file": ("a.png", picture.getvalue(), "image/png")}, headers=headers
    )
    assert sent.status_code == 201, sent.text
    return str(sent.json()["id"])


async def _made(boss: Browser, entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
    made = await boss.send("POST", f"/records/{entity}", {"values": values})
    assert made.status_code == 201, (entity, made.text)
    return dict(made.json())


async def _values(boss: Browser, entity: str, record: Mapping[str, Any]) -> dict[str, Any]:
    return dict((await boss.send("GET", f"/records/{entity}/{record['id']}")).json()["values"])


async def _a_store_reports_once_a_day(boss: Browser, photo: str) -> None:
    store = await _made(boss, "daily_store", {"name": "人民路店", "target": 5000})
    day = {"store": store["id"], "day": "2026-05-01", "visitors": 80, "orders": 20, "sales": 6000, "photo": [photo]}
    report = (await _made(boss, "store_daily", day))["values"]
    assert report["name"] == f"{store['values']['number']} 2026-05-01"
    assert (float(report["conversion"]), float(report["ticket"]), float(report["reached"])) == (0.25, 300, 1.2)
    again = await boss.send("POST", "/records/store_daily", {"values": day})
    assert again.status_code in (409, 422), again.text
    short = {**day, "day": "2026-05-02", "sales": 4000}
    refused = await boss.send("POST", "/records/store_daily", {"values": short})
    assert refused.status_code == 422, refused.text
    await _made(boss, "store_daily", {**short, "reason": "stock", "action": "补齐断码尺寸"})
    assert float((await _values(boss, "daily_store", store))["sales"]) == 10000


async def _an_inspection_is_scored(boss: Browser, photo: str) -> None:
    store = await _made(boss, "inspection_store", {"name": "人民路店"})
    most = ["front", "display", "stock", "price", "promotion", "people", "service", "clean", "records"]
    unsafe = await _made(
        boss, "inspection", {"store": store["id"], "passed": most, "photos": [photo, await _photo(boss)]}
    )
    assert (unsafe["values"]["score"], unsafe["values"]["good"]) == (90, False)
    problem = {
        "subject": "灭火器过期",
        "inspection": unsafe["id"],
        "item": "safety",
        "severity": "stop",
        "before": [photo],
    }
    found = await _made(boss, "inspection_problem", problem)
    assert found["values"]["store"] == "人民路店"
    held = await _values(boss, "inspection", unsafe)
    assert (held["problems"], held["problems_open"]) == (1, 1)


async def _health_follows_the_contacts(boss: Browser) -> None:
    values = {
        "name": "远山",
        "product": "GX-75",
        "contact": "赵工",
        "renews_on": "2030-01-01",
        "amount": 90000,
        "usage": 0.8,
    }
    account = await _made(boss, "success_account", values)
    assert account["values"]["health"] == 65
    for kind in ("visit", "complaint"):
        touch = {"subject": "回访", "account": account["id"], "kind": kind, "feedback": "停机两次"}
        await _made(boss, "success_touch", touch)
    seen = await _values(boss, "success_account", account)
    assert (seen["health"], seen["at_risk"], seen["complaints"]) == (80, False, 1)


async def _a_receivable_is_settled_when_paid(boss: Browser) -> None:
    payment = {"reference": "20260501-1", "received_on": "2026-05-01", "amount": 400}
    values = {"customer": "远山", "contract": "HT-1", "kind": "delivery", "amount": 1000, "due_on": "2026-01-01"}
    owed = await _made(boss, "receivable", {**values, "payments": [payment]})
    assert float(owed["values"]["outstanding"]) == 600
    assert owed["values"]["days_overdue"] > 0
    move = {"transition": "settle", "version": owed["version"]}
    refused = await boss.send("POST", f"/records/receivable/{owed['id']}/move", move)
    assert refused.status_code in (403, 409, 422), refused.text


async def _stages_weigh_and_bonds_are_out(boss: Browser) -> None:
    person = {"name": "钱总", "part": "decider"}
    values = {
        "name": "二期",
        "customer": "远山",
        "kind": "new",
        "amount": 1000,
        "close_on": "2030-01-01",
        "people": [person],
    }
    deal = (await _made(boss, "opportunity", values))["values"]
    assert (float(deal["weighted"]), deal["deciders"], deal["slipped"]) == (100, 1, False)
    bid = {"bidder": "对手", "price": 90}
    values = {
        "name": "空压站", "purchaser": "远山", "due_at": "2026-05-01T09:00+08:00", "budget": 200, "price": 99,
        "bond": 10, "bond_way": "transfer", "bond_paid_on": "2026-04-20", "bids": [bid],
    }  # fmt: skip
    tender = (await _made(boss, "tender", values))["values"]
    assert (tender["bond_out"], float(tender["above_lowest"]), float(tender["below_limit"])) == (True, 0.1, 0.505)
