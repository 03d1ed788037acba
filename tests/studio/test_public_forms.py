"""Public forms: what people send becomes a record with an owner; machines, floods and forgeries are turned away."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.metadata.sample import SAMPLE
from tests.studio.entrances import Stage, Story, base, solved, staged
from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.model.entrance import PublicForm, PublicOwner
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.validation.check import check_definitions
from xiaolu.metadata.yamlform import decode_definitions
from xiaolu.studio.public import routes, rules
from xiaolu.studio.public.model import Solution

Run = Callable[..., Any]
GOOD = {"company": "远山机械", "phone": "13800138000", "need": "两台空压机", "city": "江苏省苏州市"}


@pytest.fixture
def play(
    uow: UnitOfWork, database: Database, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Story], None]:
    monkeypatch.setattr(rules, "TOO_FAST", timedelta(0))
    monkeypatch.setattr(rules, "MOST_NUMBER", 500)
    monkeypatch.setattr("xiaolu.studio.public.service.MOST_NUMBER", 500)
    for name in ("_sends", "_uploads", "_looks"):
        monkeypatch.setattr(routes, name, type(routes._sends)(1000, 1000))

    def playing(story: Story) -> None:
        async def played() -> None:
            async with staged(uow, database, tmp_path) as stage:
                await story(stage)

        run(played())

    return playing


async def _token(stage: Stage) -> str:
    boss = await stage.member("boss")
    token: str = (await boss.send("GET", "/studio/public")).json()[0]["token"]
    return token


async def _send(stage: Stage, token: str, values: dict[str, Any], **more: Any) -> Any:
    address = more.pop("address", "10.0.0.9")
    stranger = stage.stranger(address)
    form = (await stranger.send("GET", f"/public/forms/{token}")).json()
    body = {"values": values, "solution": solved(form["riddle"]), "consent": True, **more}
    return await stranger.send("POST", f"/public/forms/{token}", body)


def test_what_people_send_becomes_a_record(play: Callable[[Story], None]) -> None:
    async def story(stage: Stage) -> None:
        token = await _token(stage)
        stranger = stage.stranger()
        form = (await stranger.send("GET", f"/public/forms/{token}")).json()
        assert [each["key"] for each in form["fields"]] == ["company", "phone", "need", "city", "budget", "papers"]
        assert form["title"] == {"zh": "官网咨询", "en": "Website enquiry"}
        assert [each["required"] for each in form["fields"]] == [True, True, True, False, False, False]
        assert "source" not in str(form["fields"])
        origin = {"utm_campaign": "spring", "referrer": "https://www.example.com/", "page": "/pumps"}
        sent = await _send(stage, token, GOOD, origin=origin)
        assert (sent.status_code, sent.json()["accepted"]) == (201, True), sent.text
        again = await _send(stage, token, {**GOOD, "company": "近水机械"})
        assert again.json()["accepted"]
        boss = await stage.member("boss")
        found = (await boss.send("GET", "/studio/public/website/submissions")).json()["submissions"]
        assert [each["state"] for each in found] == ["accepted", "accepted"]
        assert len({each["owner_id"] for each in found}) == 2
        assert "10.0.0.9" not in str(found)
        record = (await boss.send("GET", f"/records/lead/{found[1]['record_id']}")).json()
        assert record["values"]["source"] == "官网"
        assert (record["values"]["campaign"], record["values"]["city"]) == ("spring", "320500")
        notes = []
        for login in ("rep", "rex"):
            member = await stage.member(login)
            notes += (await member.send("GET", "/notifications")).json()["notifications"]
        assert len(notes) == 2
        assert any("1 条已有记录" in str(each["text"]) for each in notes)

    play(story)


def test_machines_are_turned_away(play: Callable[[Story], None]) -> None:
    async def story(stage: Stage) -> None:
        token = await _token(stage)
        trapped = await _send(stage, token, GOOD, trap="http://spam.example")
        assert (trapped.json()["accepted"], "人工" in trapped.json()["refusal"]["zh"]) == (False, True)
        unsigned = await _send(stage, token, GOOD, consent=False)
        assert not unsigned.json()["accepted"]
        stranger = stage.stranger()
        riddle = (await stranger.send("GET", f"/public/forms/{token}")).json()["riddle"]
        body = {"values": GOOD, "consent": True, "solution": {**solved(riddle), "signature": "0" * 64}}
        assert not (await stranger.send("POST", f"/public/forms/{token}", body)).json()["accepted"]
        body["solution"] = solved(riddle)
        assert (await stranger.send("POST", f"/public/forms/{token}", body)).json()["accepted"]
        replayed = await stranger.send(
            "POST", f"/public/forms/{token}", {**body, "values": {**GOOD, "company": "另一家"}}
        )
        assert replayed.status_code == 403
        boss = await stage.member("boss")
        tally = (await boss.send("GET", "/studio/public")).json()[0]["tally"]
        assert (tally["accepted"], tally["refused"]) == (1, 3)
        links = await _send(stage, token, {**GOOD, "need": "看 https://a.cn https://b.cn https://c.cn"})
        assert links.json()["accepted"]
        held = (await boss.send("GET", "/studio/public/website/submissions?status=held")).json()["submissions"]
        assert [(each["reason"], each["record_id"]) for each in held] == [("links", None)]
        taken = await boss.send("PATCH", f"/studio/submissions/{held[0]['id']}", {"accept": True})
        assert (taken.json()["state"], taken.json()["content"]) == ("accepted", None)
        assert (await boss.send("PATCH", f"/studio/submissions/{held[0]['id']}", {"accept": False})).status_code == 409

    play(story)


def test_every_rule_of_the_record_holds(play: Callable[[Story], None]) -> None:
    async def story(stage: Stage) -> None:
        token = await _token(stage)
        wrong = await _send(stage, token, {"company": "", "phone": "12", "budget": 5, "source": "偷偷", "need": ""})
        assert wrong.status_code == 422
        assert {each["path"][-1] for each in wrong.json()["problems"]} >= {"need"}
        wrong = await _send(stage, token, {**GOOD, "budget": 5, "source": "偷偷"})
        assert "100" in wrong.text
        unknown = await stage.stranger().send("GET", "/public/forms/nothing")
        assert unknown.status_code == 404

    play(story)


def test_files_are_looked_at_and_nobody_elses_can_be_sent(play: Callable[[Story], None]) -> None:
    async def story(stage: Stage) -> None:
        token = await _token(stage)
        stranger = stage.stranger()

        async def upload(name: str, content: bytes) -> Any:
            return await stranger.http.post(f"/api/public/forms/{token}/files", files={"file": (name, content)})

        assert (await upload("x.pdf", b"MZ\x90\x00 not a paper")).status_code == 422
        assert (await upload("big.pdf", b"%PDF-1.4\n" + bytes(10 * 1024 * 1024))).status_code in (413, 422)
        paper = (await upload("paper.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF")).json()
        identifier = paper["id"].partition(":")[0]
        forged = await _send(stage, token, {**GOOD, "papers": [identifier + ":" + "0" * 32]})
        assert forged.status_code == 422
        sent = await _send(stage, token, {**GOOD, "papers": [paper["id"]]})
        assert sent.json()["accepted"], sent.text

    play(story)


def test_floods_stop_at_the_limit_and_pages_may_stand_in_named_sites(play: Callable[[Story], None]) -> None:
    async def story(stage: Stage) -> None:
        token = await _token(stage)
        answers = [(await _send(stage, token, {**GOOD, "company": f"第{at}家"})).json()["accepted"] for at in range(22)]
        assert answers == [True] * 20 + [False] * 2
        assert (await _send(stage, token, {**GOOD, "company": "别处"}, address="10.1.1.1")).json()["accepted"]
        page = await stage.stranger().http.get(f"/f/{token}")
        assert "frame-ancestors 'self' https://www.example.com" in page.headers["content-security-policy"]
        boss = await stage.member("boss")
        fresh = (await boss.send("POST", "/studio/public/website/link")).json()["token"]
        assert fresh != token
        assert (await stage.stranger().send("GET", f"/public/forms/{token}")).status_code == 404
        rep = await stage.member("rep")
        assert (await rep.send("GET", "/studio/public")).status_code == 403

    play(story)


def test_forms_open_and_close() -> None:
    form = PublicForm(key="f", label=base().public_forms[0].label, entity="lead", fields=(), owner=PublicOwner(role="rep"),
                      opens="2026-05-01T09:00+08:00", closes="2026-05-02T09:00+08:00")  # fmt: skip
    first = datetime(2026, 5, 1, 1, tzinfo=UTC)
    moments = (first - timedelta(seconds=1), first, first + timedelta(days=1))
    assert [rules.closed_because(form, each) for each in moments] == ["early", None, "over"]
    riddle = rules.make_riddle(b"k", "f", "salt", 7, first)
    answer = Solution(
        salt="salt", challenge=riddle.challenge, issued=riddle.issued, signature=riddle.signature, number=7
    )
    assert rules.riddle_problem(b"k", "f", answer, first) == "too_fast"
    assert rules.riddle_problem(b"k", "f", answer, first + timedelta(seconds=5)) is None
    assert rules.riddle_problem(b"k", "g", answer, first + timedelta(seconds=5)) == "forged"
    assert rules.riddle_problem(b"k", "f", answer, first + timedelta(hours=1)) == "run_out"


WRONG = """
public_forms:
  - key: bad
    label: 坏
    entity: lead
    fields: [{key: nothing}, {key: customer}, {key: amount}, {key: amount}]
    owner: {role: nobody, member: ann}
    values: {number: "1"}
    origin: {cookie: amount}
    opens: 昨天
    origins: [www.example.com]
tours:
  - {key: empty, label: 空, steps: []}
  - {key: odd, label: 怪, steps: [{key: a, label: 一, text: 一, done: page}, {key: b, label: 二, text: 二, done: 跳}]}
"""


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = decode_definitions(SAMPLE + WRONG)
    assert isinstance(found, Definitions), found
    codes = {each.code for each in check_definitions(found)}
    assert codes >= {
        "public.type", "key.repeated", "public.one_owner", "public.computed", "public.origin_text", "public.not_an_instant",
        "public.not_a_site", "tour.no_steps", "tour.needs_page", "definition.not_allowed",
    }  # fmt: skip
