"""Access over HTTP, through the guard and the edge."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.access.http import Browser, serving
from tests.access.scene import PASSWORD, Scene
from tests.conftest import Database
from xiaolu.access.service.departments import DepartmentDraft, create_department
from xiaolu.access.service.members import set_password
from xiaolu.kit.i18n import catalogue

Run = Callable[..., Any]
Story = Callable[[Browser], Awaitable[None]]


def play(run: Run, database: Database, story: Story, **state: Any) -> None:
    async def played() -> None:
        async with serving(database, **state) as (app, _):
            await story(Browser(app))

    run(played())


@pytest.fixture
def staffed(installed: Scene, run: Run) -> Scene:
    async def staff() -> None:
        east = await create_department(installed.ctx(), DepartmentDraft(name="华东"))
        await installed.member("root", "admin", password=PASSWORD)
        await installed.member("wang", "rep", department=east, password=PASSWORD)

    run(staff())
    return installed


def code_of(response: httpx.Response) -> str:
    return str(response.json()["code"])


def test_signing_in_and_out(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        assert (await browser.send("GET", "/session")).status_code == 401
        wrong = await browser.sign_in("wang", "wrong password")
        unknown = await browser.sign_in("nobody", "wrong password")
        assert wrong.status_code == unknown.status_code == 401
        assert wrong.json() == unknown.json()
        opened = await browser.sign_in("wang", PASSWORD)
        assert opened.status_code == 200
        cookies = {each.split("=")[0]: each.lower() for each in opened.headers.get_list("set-cookie")}
        assert "httponly" in cookies["xiaolu_session"]
        assert "samesite=lax" in cookies["xiaolu_session"]
        assert "httponly" not in cookies["xiaolu_csrf"]
        me = (await browser.send("GET", "/session")).json()
        assert me["member"]["login"] == "wang"
        assert me["member"]["roles"] == [{"key": "rep", "label": "角色rep"}]
        assert me["member"]["department"]["name"] == "华东"
        assert me["member"]["abilities"] == []
        assert me["csrf"] == opened.json()["csrf"] == browser.http.cookies["xiaolu_csrf"]
        devices = (await browser.send("GET", "/me/sessions")).json()["sessions"]
        assert [(each["current"], each["address"]) for each in devices] == [(True, "10.0.0.9")]
        assert (await browser.send("DELETE", "/session")).status_code == 204
        assert (await browser.send("GET", "/session")).status_code == 401

    play(run, database, story)


def test_foreign_pages_and_missing_tokens_are_refused(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        foreign = await browser.send(
            "POST", "/session", {"login": "wang", "password": PASSWORD}, origin="http://evil.test"
        )
        assert (foreign.status_code, code_of(foreign)) == (403, "request.foreign")
        await browser.sign_in("wang", PASSWORD)
        body = {"language": "en"}
        for headers, code in (
            ({"x_csrf_token": ""}, "request.csrf"),
            ({"x_csrf_token": "0" * 64}, "request.csrf"),
            ({"x_csrf_token": "é"}, "request.csrf"),
            ({"authorization": "Basic d2FuZzp4", "x_csrf_token": ""}, "request.csrf"),
            ({"origin": "http://evil.test"}, "request.foreign"),
            ({"origin": "null"}, "request.foreign"),
            ({"sec_fetch_site": "cross-site"}, "request.foreign"),
            ({"sec_fetch_site": "same-site"}, "request.foreign"),
        ):
            refused = await browser.send("PATCH", "/me", body, **headers)
            assert (refused.status_code, code_of(refused)) == (403, code), headers
        for good in ({}, {"origin": "http://xiaolu.test"}, {"sec_fetch_site": "same-origin", "origin": "http://proxy"}):
            assert (await browser.send("PATCH", "/me", body, **good)).status_code == 204
        assert (await browser.send("GET", "/session", sec_fetch_site="cross-site")).status_code == 200
        assert (await browser.sign_in("wang", PASSWORD)).status_code == 200, "an old cookie does not hinder sign-in"

    play(run, database, story)


def test_every_answer_carries_the_security_headers(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        for response in (
            await browser.sign_in("wang", PASSWORD),
            await browser.send("GET", "/session"),
            await browser.send("GET", "/audit"),
            await browser.send("GET", "/no/such/address"),
            await browser.send("POST", "/session", {"login": 5}),
            await browser.send("PATCH", "/me", {}, origin="http://evil.test"),
        ):
            assert "default-src 'self'" in response.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["cache-control"] == "no-store"
            assert "strict-transport-security" not in response.headers

    play(run, database, story)


def test_answers_over_https_and_cookies_behind_it_are_secure(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        opened = await browser.sign_in("wang", PASSWORD)
        assert "strict-transport-security" in opened.headers
        assert all("secure" in each.lower() for each in opened.headers.get_list("set-cookie"))

    play(run, database, story, secure_cookies=True)


@pytest.mark.usefixtures("stopped_buckets")
def test_sign_in_is_limited_by_place(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        answers = [await browser.sign_in("wang", PASSWORD) for _ in range(12)]
        assert [each.status_code for each in answers] == [200] * 10 + [429] * 2
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert (await browser.sign_in("root", PASSWORD)).status_code == 200

    play(run, database, story)


@pytest.mark.usefixtures("stopped_buckets")
def test_requests_of_one_person_are_limited(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        statuses = [(await browser.send("GET", "/session")).status_code for _ in range(12)]
        assert statuses[:5] == [401] * 5
        assert statuses[-1] == 429

    async def unlimited(browser: Browser) -> None:
        assert {(await browser.send("GET", "/session")).status_code for _ in range(30)} == {401}

    play(run, database, story, requests_per_second=1)
    play(run, database, unlimited, requests_per_second=0)


def test_a_large_json_body_is_refused_unread(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        big = await browser.http.post(
            "/api/session", content=b"x", headers={"content-length": str(10**9), "content-type": "application/json"}
        )
        assert big.status_code == 413

    play(run, database, story)


def test_a_given_password_must_be_changed_first(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        member = await staffed.member("new", "admin")
        await set_password(staffed.ctx(), member, "given by the boss")
        await staffed.uow.finish()
        opened = await browser.sign_in("new", "given by the boss")
        assert opened.json()["member"]["must_change_password"] is True
        assert opened.json()["member"]["abilities"] == []
        blocked = await browser.send("GET", "/members")
        assert (blocked.status_code, code_of(blocked)) == (403, "password.must_change")
        change = {"current": "given by the boss", "password": "my own secret"}
        assert (await browser.send("POST", "/me/password", change)).status_code == 204
        assert (await browser.send("GET", "/members")).status_code == 200

    play(run, database, story)


def test_members_and_departments_are_managed_over_http(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        await browser.sign_in("root", PASSWORD)
        west = (await browser.send("POST", "/departments", {"name": "华西"})).json()
        bad = await browser.send(
            "POST", "/members", {"name": "李四", "login": "wang", "phone": "12", "roles": ["gone"]}
        )
        assert bad.status_code == 422
        assert {each["path"][0] for each in bad.json()["problems"]} == {"login", "phone", "roles"}
        assert all(each["message"] != each["code"] for each in bad.json()["problems"])
        draft = {"name": "李四", "login": "li", "department": west["id"], "roles": ["rep"], "password": PASSWORD}
        made = await browser.send("POST", "/members", draft)
        assert made.status_code == 201
        assert made.json()["must_change_password"] is True
        path = f"/members/{made.json()['id']}"
        changed = await browser.send("PATCH", path, {"version": 1, "roles": ["leader"], "email": "li@example.com"})
        assert (changed.json()["roles"], changed.json()["version"]) == (["leader"], 2)
        stale = await browser.send("PATCH", path, {"version": 1, "name": "x"})
        assert (stale.status_code, code_of(stale)) == (409, "member.changed")
        page = (await browser.send("GET", "/members?limit=2")).json()
        assert (len(page["members"]), page["count"]) == (2, 3)
        rest = (await browser.send("GET", f"/members?limit=2&cursor={page['next']}")).json()
        assert len(rest["members"]) == 1
        assert rest["next"] is None
        assert (await browser.send("GET", "/members?cursor=nonsense")).status_code == 422
        people = (await browser.send("GET", "/people?q=ls")).json()["people"]
        assert [(each["name"], each["department"]) for each in people] == [("李四", "华西")]
        named = (await browser.send("GET", f"/people?ids={made.json()['id']}")).json()["people"]
        assert [each["name"] for each in named] == ["李四"]
        full = await browser.send("DELETE", f"/departments/{west['id']}")
        assert (full.status_code, code_of(full)) == (409, "department.not_empty")
        renamed = await browser.send(
            "PATCH", f"/departments/{west['id']}", {"name": "西部", "manager": made.json()["id"]}
        )
        assert renamed.json()["manager"]["name"] == "李四"
        roles = (await browser.send("GET", "/roles")).json()["roles"]
        assert [(each["key"], each["members"]) for each in roles][:3] == [("admin", 1), ("rep", 1), ("leader", 1)]
        audit = (await browser.send("GET", "/audit?action=member.&limit=2")).json()
        assert [each["action"] for each in audit["entries"]] == ["member.changed", "member.roles_changed"]
        more = (await browser.send("GET", f"/audit?action=member.&before={audit['next']}")).json()
        assert {each["action"] for each in more["entries"]} == {"member.created"}
        assert (await browser.send("GET", "/audit?since=2026-01-01T00:00:00")).status_code == 422

    play(run, database, story)


def test_members_without_the_ability_are_denied_everywhere(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        await browser.sign_in("wang", PASSWORD)
        me = (await browser.send("GET", "/session")).json()["member"]["id"]
        attempts: list[tuple[str, str, Any]] = [
            ("GET", "/members", None),
            ("GET", f"/members/{me}", None),
            ("POST", "/members", {"name": "x", "login": "x1"}),
            ("PATCH", f"/members/{me}", {"roles": ["admin"]}),
            ("POST", f"/members/{me}/password", {"password": "a better password"}),
            ("DELETE", f"/members/{me}/totp", None),
            ("POST", "/departments", {"name": "x"}),
            ("GET", "/roles", None),
            ("GET", "/api-keys", None),
            ("POST", "/api-keys", {"name": "x", "role": "rep"}),
            ("GET", "/audit", None),
            ("GET", "/audit.csv", None),
        ]
        for method, path, body in attempts:
            assert (await browser.send(method, path, body)).status_code == 403, (method, path)
        for path in ("/people", "/departments", "/me/sessions"):
            assert (await browser.send("GET", path)).status_code == 200, path

    play(run, database, story)


def test_api_keys_need_no_csrf_token_and_cookies_do_not_count_beside_them(
    staffed: Scene, database: Database, run: Run
) -> None:
    async def story(browser: Browser) -> None:
        await browser.sign_in("root", PASSWORD)
        made = (await browser.send("POST", "/api-keys", {"name": "ERP", "role": "hr"})).json()
        robot = Browser(browser.http._transport.app)  # type: ignore[attr-defined]
        bearer = {"authorization": f"Bearer {made['secret']}"}
        assert (await robot.send("POST", "/members", {"name": "机器", "login": "bot"}, **bearer)).status_code == 201
        assert (await robot.send("GET", "/audit", **bearer)).status_code == 403
        assert (await browser.send("GET", "/audit", **bearer)).status_code == 403
        assert (await robot.send("GET", "/me/sessions", **bearer)).status_code == 403
        assert (await browser.send("DELETE", f"/api-keys/{made['key']['id']}")).status_code == 204
        assert (await robot.send("GET", "/members", **bearer)).status_code == 401
        assert (await browser.send("GET", "/members", authorization="Bearer nonsense")).status_code == 401

    play(run, database, story)


def test_failed_sign_ins_at_once_cannot_outrun_the_lock(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        answers = await asyncio.gather(*[browser.sign_in("wang", f"wrong password {each}") for each in range(10)])
        assert sorted(each.status_code for each in answers) == [401] * 5 + [429] * 5
        assert (await browser.sign_in("wang", PASSWORD)).status_code == 429

    play(run, database, story)


def test_messages_exist_in_both_languages() -> None:
    assert {key for key in catalogue("zh") if key.startswith(("session.", "access.", "audit.", "member."))} == {
        key for key in catalogue("en") if key.startswith(("session.", "access.", "audit.", "member."))
    }


def test_how_the_client_looks_is_kept_for_each_member(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        opened = (await browser.sign_in("wang", PASSWORD)).json()["member"]
        assert (opened["theme"], opened["density"]) == ("system", "comfortable")
        changed = await browser.send("PATCH", "/me", {"theme": "dark", "density": "compact"})
        assert changed.status_code == 204
        me = (await browser.send("GET", "/session")).json()["member"]
        assert (me["theme"], me["density"], me["language"]) == ("dark", "compact", None)
        assert (await browser.send("PATCH", "/me", {"theme": "neon"})).status_code == 400

    play(run, database, story)


def test_a_browser_s_language_holds_until_a_member_chooses_one(staffed: Scene, database: Database, run: Run) -> None:
    async def told(browser: Browser, asked: str) -> str:
        refused = await browser.send("POST", "/me/password", {"current": "x", "password": "y"}, accept_language=asked)
        return str(refused.json()["title"])

    async def story(browser: Browser) -> None:
        await browser.sign_in("wang", PASSWORD)
        assert (await told(browser, "en-GB,en;q=0.9")).isascii()
        assert not (await told(browser, "zh-CN")).isascii()
        assert (await browser.send("PATCH", "/me", {"language": "zh"})).status_code == 204
        assert not (await told(browser, "en-GB")).isascii()

    play(run, database, story)


def test_the_audit_log_is_told_in_words(staffed: Scene, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        await browser.sign_in("root", PASSWORD)
        west = (await browser.send("POST", "/departments", {"name": "华西"})).json()
        made = (await browser.send("POST", "/members", {"name": "李四", "login": "li"})).json()
        change = {"department": west["id"], "roles": ["rep"], "phone": "13800138000"}
        await browser.send("PATCH", f"/members/{made['id']}", change)
        entries = (await browser.send("GET", "/audit?action=people&limit=2")).json()["entries"]
        changed, roles = entries
        assert (changed["actor"]["name"], changed["subject"]) == ("Root", "李四")
        facts = {each["label"]: (each["before"], each["value"]) for each in changed["facts"]}
        assert facts == {"部门": ("", "华西"), "电话": ("", "13800138000")}
        assert [(each["label"], each["before"], each["value"]) for each in roles["facts"]] == [("角色", "", "角色rep")]
        file = await browser.send("GET", "/audit.csv?action=permission")
        assert file.text.splitlines()[0] == "\ufeff时间,谁,做了什么,对象,详情,来自"
        assert "角色: — → 角色rep" in file.text
        assert "部门" not in file.text
        exported = (await browser.send("GET", "/audit?action=export")).json()["entries"]
        assert [(each["action_label"], each["facts"][0]["value"]) for each in exported] == [("导出审计日志", "1")]

    play(run, database, story)
