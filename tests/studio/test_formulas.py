"""The formula editor over HTTP: names, functions, what is wrong and where, and results on real records."""

from typing import Any

from tests.access.http import Browser
from tests.access.scene import PASSWORD
from tests.conftest import Database, Run
from tests.studio.shop import play_shop
from xiaolu.kit.db import UnitOfWork


async def _check(browser: Browser, text: str, **more: Any) -> Any:
    answer = await browser.send("POST", "/studio/formula/check", {"entity": "deal", "text": text, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_names_and_functions_are_listed_in_the_readers_language(uow: UnitOfWork, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        names = {each["key"]: each for each in (await browser.send("GET", "/studio/formula/names")).json()["entities"]}
        deal = {each["key"]: each for each in names["deal"]["fields"]}
        assert deal["amount"]["names"] == ["金额"]
        assert (deal["customer"]["target"], deal["customer"]["type"]) == ("customer", "record")
        assert deal["stage"]["choices"] == [{"key": "new", "label": "new"}, {"key": "won", "label": "won"}]
        customer = {each["key"]: each for each in names["customer"]["fields"]}
        assert customer["deal"]["many"]
        assert customer["grade"]["choices"][0] == {"key": "a", "label": "重点"}
        assert names["member"]["fields"][0]["label"] == "姓名"
        listed = {each["name"]: each for each in (await browser.send("GET", "/studio/formula/functions")).json()}
        assert listed["LEFT"]["signature"] == "LEFT(文本, [字数])"
        await browser.send("PATCH", "/me", {"language": "en"})
        english = {each["name"]: each for each in (await browser.send("GET", "/studio/formula/functions")).json()}
        assert english["LEFT"]["signature"].startswith("LEFT(text")
        await browser.sign_in("rep", PASSWORD)
        assert (await browser.send("GET", "/studio/formula/names")).status_code == 403

    run(play_shop(uow, database, story))


def test_mistakes_have_a_place_and_a_way_out(uow: UnitOfWork, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        found = await _check(browser, "{金客} * 2")
        (problem,) = found["problems"]
        assert (problem["params"]["position"], problem["params"]["length"]) == (1, 2)
        assert "金额" in problem["message"]
        assert found["samples"] == []
        wrong = await _check(browser, "{金额}", expects="bool")
        assert wrong["problems"][0]["code"] == "formula.wrong_type_bool"
        field = await _check(browser, '{名称} & "!"', field="double")
        assert field["problems"][0]["params"]["length"] == 10
        assert (await _check(browser, "CHANGED({金额})"))["problems"][0]["code"] == "formula.no_change_here"

    run(play_shop(uow, database, story))


def test_results_on_recent_records(uow: UnitOfWork, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        empty = await _check(browser, "{金额}")
        assert (empty["type"], empty["samples"]) == ("number", [])
        assert "还没有记录" in empty["note"]
        customer = (await browser.send("POST", "/records/customer", {"values": {"name": "甲厂", "grade": "a"}})).json()
        for at in range(7):
            values = {"name": f"单{at}", "amount": str(at * 100), "customer": customer["id"]}
            assert (await browser.send("POST", "/records/deal", {"values": values})).status_code == 201
        found = await _check(browser, "{金额} * 1.5")
        assert [(each["title"], each["text"]) for each in found["samples"]][:2] == [("单6", "900"), ("单5", "750")]
        assert len(found["samples"]) == 5
        assert (await _check(browser, "{客户.等级}"))["samples"][0]["text"] == "重点"
        assert (await _check(browser, "{客户}"))["samples"][0]["text"] == "甲厂"
        assert (await _check(browser, "IF({金额} > 550， “大”， “小”)"))["samples"][0]["text"] == "大"
        changed = await _check(browser, "PREVIOUS({金额}) + 1", changed_allowed=True)
        assert changed["samples"][0]["text"] == "601"
        assert "没有改动" in changed["note"]
        hidden = await _check(browser, "{成本} + 1")
        assert (hidden["samples"], hidden["type"]) == ([], "number")
        assert "成本" in hidden["note"]

    run(play_shop(uow, database, story))


def test_formulas_are_written_over_the_draft(uow: UnitOfWork, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        await browser.send("POST", "/records/deal", {"values": {"name": "单", "amount": "100"}})
        draft = (await browser.send("GET", "/studio/draft")).json()
        deal = ["entities", "deal", "fields"]
        ops = [
            {"op": "put", "path": [*deal, "rate"], "value": {"key": "rate", "label": "折扣", "type": "decimal"}},
            {"op": "put", "path": [*deal, "double", "options", "formula"], "value": "{amount} * 3"},
        ]
        edit = {"revision": draft["revision"], "label": "折扣", "ops": ops}
        assert (await browser.send("POST", "/studio/draft/edits", edit)).status_code == 200
        found = await _check(browser, "{金额} * {折扣}")
        assert (found["type"], found["samples"]) == ("number", [])
        assert "折扣" in found["note"]
        assert (await _check(browser, "{双倍} + 1"))["samples"][0]["text"] == "301"
        used = await browser.send("GET", "/studio/usages?kind=field&entity=deal&key=rate")
        assert used.json() == []

    run(play_shop(uow, database, story))
