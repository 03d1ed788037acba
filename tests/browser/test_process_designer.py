"""The process designer: six stages with proofs and reasons from nothing, and a stage put into a process that is running."""

import copy
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.company import Company, Json, Person, unique
from tests.browser.conftest import Visit
from tests.browser.practice import Hand
from tests.browser.screen import control, dialog, press, still, toast
from tests.browser.words import Words

FIRST = "新建"
STAGES = ("需求确认", "方案匹配", "商务谈判", "合同签署", "交付启动")
PROOFS = {
    FIRST: "拜访纪要",
    "需求确认": "需求清单",
    "方案匹配": "方案确认函",
    "商务谈判": "报价单",
    "合同签署": "合同摘要",
}
"""What a record needs before it leaves each stage."""


def _named(text: str) -> Json:
    return {"zh": text, "en": text}


def _form(key: str, label: str) -> Json:
    name = {"key": "name", "label": _named("名称"), "type": "text", "required": True}
    amount = {"key": "amount", "label": _named("金额"), "type": "money"}
    return {"key": key, "label": _named(label), "title": "name", "fields": [name, amount]}


def _publish(admin: Person, definitions: Json) -> None:
    held = admin.send("GET", "/studio/definitions")
    body = {"definitions": definitions, "base_version": held["version"], "note": "浏览器测试"}
    admin.send("POST", "/studio/publish", json=body)


@pytest.fixture
def words() -> Words:
    """The interface in Chinese."""
    return Words("zh")


@pytest.fixture
def admin(company: Company) -> Iterator[Person]:
    """Who builds; what the test builds is taken out again afterwards."""
    person = company.person("admin")
    before = person.send("GET", "/studio/definitions")["definitions"]
    _discard(person)
    yield person
    _discard(person)
    _publish(person, before)


def _discard(admin: Person) -> None:
    admin.send("GET", "/studio/draft")
    admin.send("DELETE", "/studio/draft")


def _form_with(admin: Person, label: str, process: Json | None = None) -> str:
    """Publish a fresh form, and its process."""
    definitions: dict[str, Any] = copy.deepcopy(admin.send("GET", "/studio/definitions")["definitions"])
    key = unique("flow").replace(" ", "_").lower()
    definitions.setdefault("entities", []).append(_form(key, label))
    if process is not None:
        definitions.setdefault("processes", []).append({**process, "key": f"{key}_way", "entity": key})
    _publish(admin, definitions)
    return key


def _node(page: Page, stage: str) -> Locator:
    return page.locator(".react-flow__node").filter(has=page.get_by_text(stage, exact=True))


def _name(page: Page, words: Words, label: str, text: str) -> None:
    fill = dialog(page)
    control(fill, label).fill(text)
    press(fill, words("processes.add"))
    expect(page.get_by_role("dialog")).to_have_count(0)


def _saved(page: Page, words: Words) -> None:
    expect(page.get_by_text(words("studio.saving.saved"))).to_be_visible()


def _publish_by_hand(page: Page, words: Words) -> None:
    page.goto("/studio/changes")
    press(page, words("studio.changes.publish"))
    expect(page.get_by_text(words("studio.changes.nothing"))).to_be_visible()


def _choose(hand: Hand, place: Locator, option: str) -> None:
    """Take one of a short list: a click opens it, another takes the option."""
    hand.step()
    hand.clicks += 2
    place.select_option(label=option)


def _press(hand: Hand, place: Page | Locator, name: str) -> None:
    hand.step()
    hand.click(place.get_by_role("button", name=name, exact=True).first)


def _reasons(hand: Hand, words: Words, name: str) -> None:
    """Make the list of reasons that every move asks for."""
    page = hand.page
    page.goto("/studio/choices")
    _press(hand, page, words("choices.addSet"))
    hand.fill(control(dialog(page), words("choices.name")), name)
    _press(hand, dialog(page), words("common.actions.create"))
    first = control(page, words("choices.nameOf", number=1))
    expect(first).to_have_value(words("choices.firstOption"))
    hand.fill(first, "客户要求")
    first.blur()
    _press(hand, page, words("choices.paste"))
    hand.fill(control(dialog(page), words("choices.pasteLabel")), "双方同意")
    _press(hand, dialog(page), words("choices.addCount", count=1))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(first).to_have_value("客户要求")
    expect(control(page, words("choices.nameOf", number=2))).to_have_value("双方同意")


def _proof(hand: Hand, words: Words, name: str) -> None:
    """Demand a text before a record leaves the stage that is chosen."""
    _press(hand, hand.page, words("processes.evidence.add"))
    made = dialog(hand.page)
    _choose(hand, control(made, words("processes.evidence.kind")), words("processes.evidence.kinds.text"))
    hand.fill(control(made, words("processes.evidence.name")), name)
    _press(hand, made, words("processes.add"))
    expect(hand.page.get_by_role("dialog")).to_have_count(0)


def _stage(hand: Hand, words: Words, stage: str) -> None:
    _press(hand, hand.page, words("processes.stage.add"))
    hand.fill(control(dialog(hand.page), words("processes.stage.name")), stage)
    _press(hand, dialog(hand.page), words("processes.add"))
    expect(_node(hand.page, stage)).to_be_visible()
    if stage in PROOFS:
        _proof(hand, words, PROOFS[stage])


def _build(hand: Hand, words: Words, form: str, reasons: str) -> None:
    """Build and publish the process of a form: six stages, a proof for leaving each, a reason for every move."""
    page = hand.page
    _reasons(hand, words, reasons)
    hand.click(page.get_by_role("link", name=words("studio.areas.processes.title")).first)
    _press(hand, page, form)
    _press(hand, dialog(page), words("processes.new.make"))
    still(_node(page, FIRST))
    hand.click(_node(page, FIRST))
    _proof(hand, words, PROOFS[FIRST])
    hand.fill(control(page, words("processes.rules.length")), "6")
    control(page, words("processes.rules.length")).blur()
    for stage in STAGES:
        _stage(hand, words, stage)
    expect(page.locator(".react-flow__node")).to_have_count(1 + len(STAGES))
    _choose(hand, control(page, words("processes.stage.kind")), words("processes.stage.kinds.won"))
    _press(hand, page, words("processes.process.settings"))
    _choose(hand, control(page, words("processes.process.reasons")), reasons)
    _saved(page, words)
    hand.step()
    hand.click(page.locator("[data-changes]"))
    _press(hand, page, words("studio.changes.publish"))
    expect(page.get_by_text(words("studio.changes.nothing"))).to_be_visible()


def _refused(admin: Person, record: Json, transition: str, action: str) -> list[str]:
    with pytest.raises(httpx.HTTPStatusError) as caught:
        admin.move(record, transition, action)
    return [each["code"] for each in caught.value.response.json()["problems"]]


def _first_move(page: Page, words: Words) -> None:
    """Move the record of the page: too short a proof is refused, then all is given."""
    press(page, words("process.board.moveTo"))
    page.get_by_role("menuitem", name=STAGES[0]).click()
    move = dialog(page)
    expect(move.get_by_text(words("process.evidence.missing", count=1), exact=True)).to_be_visible()
    move.get_by_role("radio", name="客户要求", exact=True).click()
    control(move, words("process.move.remark")).fill("客户要求尽快推进")
    control(move, PROOFS[FIRST]).fill("已访")
    press(move, words("process.evidence.add"))
    expect(move.get_by_role("alert").first).to_be_visible()
    control(move, PROOFS[FIRST]).fill("已拜访客户，确认扩容两台")
    press(move, words("process.evidence.add"))
    expect(move.get_by_text(words("process.evidence.filled"), exact=True)).to_be_visible()
    expect(move.get_by_text(words("process.move.ready"))).to_be_visible()
    press(move, words("process.move.submit"))
    expect(page.get_by_role("dialog")).to_have_count(0)


def _walk_on(admin: Person, record: Json, steps: list[Json], action: str) -> Json:
    """Move a record through the stages that are left, each with its proof."""
    for stage, step in zip(STAGES, steps, strict=False):
        assert record["display"]["stage"] == stage
        assert "process.evidence_missing" in _refused(admin, record, step["key"], action)
        here = admin.send("GET", f"/records/{record['entity']}/{record['id']}/moves")["transitions"]
        slot = next(each for each in here if each["key"] == step["key"])["evidence"][0]["slot"]
        proof = {"kind": "text", "slot": slot, "text": f"{PROOFS[stage]}已备齐，客户已确认"}
        admin.send("POST", f"/records/{record['entity']}/{record['id']}/evidence", json=proof)
        record = admin.move(admin.record(record["entity"], record["id"]), step["key"], action)
    return record


def test_six_stages_with_proofs_and_reasons_from_nothing(visit: Visit, admin: Person, words: Words) -> None:
    form, reasons = unique("商机"), unique("推进动作")
    entity = _form_with(admin, form)
    page = visit("admin")
    hand = Hand(page, "six stages with proofs and reasons", limit_minutes=15)
    _build(hand, words, form, reasons)
    hand.report()

    record = admin.create(entity, name="海天扩容")
    found = admin.send("GET", "/studio/definitions")["definitions"]
    path = next(each for each in found["processes"] if each["entity"] == entity)
    options = next(each for each in found["option_sets"] if each["key"] == path["reasons"])["options"]
    agreed = str(options[1]["key"])
    assert "process.evidence_missing" in _refused(admin, record, path["transitions"][0]["key"], agreed)
    page.goto(f"/e/{entity}/{record['id']}")
    _first_move(page, words)
    record = _walk_on(admin, admin.record(entity, record["id"]), path["transitions"][1:], agreed)
    assert record["display"]["stage"] == STAGES[-1]


RUNNING: Json = {
    "label": _named("受理"),
    "initial": "new",
    "remark_required": False,
    "stages": [
        {"key": "new", "label": _named("新建")},
        {"key": "doing", "label": _named("处理中")},
        {"key": "done", "label": _named("完成"), "kind": "won"},
    ],
    "transitions": [
        {"key": "start", "label": _named("开始处理"), "source": ["new"], "target": "doing"},
        {"key": "finish", "label": _named("办结"), "source": ["doing"], "target": "done"},
    ],
}


def _ways(admin: Person, record: Json) -> set[str]:
    found = admin.send("GET", f"/records/{record['entity']}/{record['id']}/moves")
    return {each["label"] for each in found["transitions"]}


def _start(admin: Person, entity: str, name: str) -> Json:
    return _go_on(admin, admin.create(entity, name=name))


def _go_on(admin: Person, record: Json) -> Json:
    record = admin.record(record["entity"], record["id"])
    path = f"/records/{record['entity']}/{record['id']}/move"
    moved: Json = admin.send("POST", path, json={"transition": "start", "version": record["version"]})
    return moved


def test_a_stage_is_put_into_a_process_that_is_running(visit: Visit, admin: Person, words: Words) -> None:
    entity = _form_with(admin, unique("工单"), RUNNING)
    old, waiting = _start(admin, entity, "先来的"), admin.create(entity, name="等待的")
    page = visit("admin")
    page.goto(f"/studio/processes/{entity}_way")
    still(_node(page, "处理中"))
    _node(page, "处理中").click()
    press(page, words("processes.stage.insertAfter"))
    _name(page, words, words("processes.stage.name"), "复核")
    expect(_node(page, "复核")).to_be_visible()
    _saved(page, words)
    page.goto("/studio/changes")
    stay = page.get_by_role("radio", name=words("processes.choices.finish"))
    expect(stay).to_be_checked()
    page.get_by_role("radio", name=words("processes.choices.some")).check()
    expect(page.get_by_text(words("processes.choices.inStage", stage="处理中", count=1))).to_be_visible()
    page.get_by_label(words("processes.running.target", stage="处理中")).select_option(
        words("processes.choices.finish")
    )
    expect(page.get_by_label(words("processes.running.target", stage="新建"))).to_have_value("*")
    _saved(page, words)
    _publish_by_hand(page, words)

    young, waiting = _start(admin, entity, "后到的"), _go_on(admin, waiting)
    assert [_ways(admin, each) for each in (old, young, waiting)] == [{"办结"}, {"进入复核"}, {"进入复核"}]
    page.goto(f"/e/{entity}/{old['id']}")
    expect(page.get_by_text(words("process.stages.former", number=1))).to_be_visible()

    page.goto(f"/studio/processes/{entity}_way")
    page.get_by_role("button", name=words("processes.running.title")).click()
    press(page, words("processes.running.moveNow"))
    control(dialog(page), words("processes.running.reason")).fill("统一按新流程办理")
    press(dialog(page), words("processes.running.move", count=1))
    toast(page, words("processes.running.moved", count=1))
    assert _ways(admin, old) == {"进入复核"}
    page.goto(f"/e/{entity}/{old['id']}")
    expect(page.get_by_text("统一按新流程办理").first).to_be_visible()
    _remove_a_stage(page, words, admin, old, next(iter(_steps(admin, old, "进入复核"))))


def _steps(admin: Person, record: Json, label: str) -> list[str]:
    found = admin.send("GET", f"/records/{record['entity']}/{record['id']}/moves")
    return [each["key"] for each in found["transitions"] if each["label"] == label]


def _remove_a_stage(page: Page, words: Words, admin: Person, record: Json, step: str) -> None:
    """A stage that holds a record is deleted; its record goes where the builder says."""
    entity = record["entity"]
    held = admin.record(entity, record["id"])
    body = {"transition": step, "version": held["version"]}
    admin.send("POST", f"/records/{entity}/{record['id']}/move", json=body)
    page.goto(f"/studio/processes/{entity}_way")
    still(_node(page, "复核"))
    _node(page, "复核").click()
    press(page, words("processes.stage.remove"))
    expect(_node(page, "复核")).to_have_count(0)
    _saved(page, words)
    page.goto("/studio/changes")
    page.get_by_role("radio", name=words("processes.choices.move")).check()
    expect(page.get_by_text(words("processes.choices.gone", stage="复核", count=1))).to_be_visible()
    page.get_by_label(words("processes.running.target", stage="复核")).select_option(
        words("processes.choices.moveTo", stage="处理中")
    )
    _saved(page, words)
    _publish_by_hand(page, words)
    moved = admin.record(entity, record["id"])
    assert (moved["stage"], moved["process_version"]) == ("doing", None)


def test_a_record_is_walked_through_before_publishing(visit: Visit, admin: Person, words: Words) -> None:
    entity = _form_with(admin, unique("申请"), RUNNING)
    page = visit("admin", width=390, height=844)
    page.goto(f"/studio/processes/{entity}_way")
    press(page, words("processes.walk.title"))
    walk = dialog(page)
    control(walk, words("processes.walk.from")).select_option("doing")
    way = walk.get_by_role("listitem").filter(has_text="办结")
    press(way, words("processes.walk.fill"))
    press(way, words("processes.walk.try"))
    expect(walk.get_by_text(words("processes.walk.refused"), exact=True)).to_be_visible()
    press(walk, words("processes.walk.values"))
    control(walk, "名称").fill("试走")
    expect(walk.get_by_text(words("processes.walk.accepted"), exact=True)).to_be_visible()
    expect(walk.get_by_text(words("processes.walk.end"))).to_be_visible()
    assert admin.send("POST", f"/records/{entity}/query", json={"limit": 1})["rows"] == []
