"""What must be there before every screen has something to show, and what takes it away again."""

import copy
import io
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import httpx
import pyotp
from openpyxl import Workbook
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload

from tests.browser.company import Company, Json, Person, phone, unique

COLUMNS = ("客户名称", "总机电话", "客户等级")
ROWS = (("甬江机械", "0574-87654321", "A 战略客户"), ("乙公司", "12", "B 重点客户"), ("", "", "特级客户"))
LIMIT_SECONDS = 60
FIRST, OWN = "first password 1", "second password 2"
SHEETS: list[FilePayload] = [
    {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    for name, rows in {
        "门店": ("门店,区域,开业日期", "东门店,华东,2021-03-01", "西门店,华东,2022-06-18", "南山店,华南,2023-09-09"),
        "巡店记录": (
            "编号,门店,巡店人,状态,得分,日期",
            *(
                f"X{at:03d},{'东西南'[at % 3]}{'山' if at % 3 == 2 else '门'}店,{'王芳李敏'[at % 2 * 2 :][:2]},"
                f"{('待整改', '已通过', '已关闭')[at % 3]},{70 + at},2026-0{at % 6 + 1}-1{at % 9}"
                for at in range(24)
            ),
        ),
    }.items()
]
"""Two spreadsheets of which the second names rows of the first."""
OWNED = ["processes", "lead_journey"]
PUBLIC: Json = {
    "key": "site_contact",
    "label": {"zh": "预约上门诊断", "en": "Book a visit"},
    "intro": {
        "zh": "留下电话，工程师一个工作日内联系您。",
        "en": "Leave a number; an engineer calls within a working day.",
    },
    "consent": {"zh": "同意销路为此联系我", "en": "I agree to be called about this"},
    "entity": "customer",
    "fields": [{"key": "name"}, {"key": "phone"}, {"key": "level"}],
    "owner": {"role": "rep"},
}


def _upload(person: Person, name: str, content: bytes) -> str:
    uploaded = person.send("POST", "/files", files={"file": (name, content)})
    return str(uploaded["id"])


def _sheet(mark: str) -> bytes:
    book, content = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(COLUMNS)
    for row in ROWS:
        sheet.append((row[0] and f"{row[0]} {mark}", *row[1:]))
    book.save(content)
    return content.getvalue()


def _drawing() -> bytes:
    """Draw a picture to be shown as a file."""
    content, picture = io.BytesIO(), Image.new("RGB", (960, 640), "#eef3f1")
    pen = ImageDraw.Draw(picture)
    for at, colour in enumerate(("#15332d", "#2f7d6b", "#8fbfb2")):
        pen.rectangle((120 + at * 250, 480 - at * 130, 320 + at * 250, 560), fill=colour)
    picture.save(content, "PNG")
    return content.getvalue()


def _wait(admin: Person, job: str, state: str) -> None:
    """Wait until the worker has brought an import to a state."""
    end = time.monotonic() + LIMIT_SECONDS
    while admin.send("GET", f"/imports/{job}")["state"] != state:
        assert time.monotonic() < end, f"the import did not become {state}"
        time.sleep(0.1)


def _imports(admin: Person) -> Json:
    """Return imports that stand at each step."""
    jobs: list[str] = []
    for number in range(3):
        file = _upload(admin, "客户清单.xlsx", _sheet(unique(str(number))))
        jobs.append(admin.send("POST", "/imports", json={"entity": "customer", "file": file})["id"])
    for job in jobs[1:]:
        mapping = {"columns": dict(zip(COLUMNS, ("name", "phone", "level"), strict=True))}
        admin.send("PUT", f"/imports/{job}/mapping", json=mapping)
        admin.send("POST", f"/imports/{job}/check")
        _wait(admin, job, "checked")
    admin.send("POST", f"/imports/{jobs[2]}/run")
    _wait(admin, jobs[2], "done")
    return dict(zip(("uploaded", "checked", "imported"), jobs, strict=True))


def _records(company: Company) -> Json:
    """Return records whose pages are full: a lead far along, one's own with talk, a pair of duplicates, one in the bin."""
    admin, rep = company.person("admin"), company.person("rep")
    own = rep.lead("两台 75kW 变频空压机")
    picture = _upload(rep, "需求清单.png", _drawing())
    said = {"text": "客户发来了现场的布置图，管路要改一段。", "files": [picture]}
    rep.send("POST", f"/records/lead/{own['id']}/comments", json=said)
    query = {"sort": [{"field": "updated_at", "descending": True}], "limit": 50}
    rows = admin.send("POST", "/records/lead/query", json=query)["rows"]
    far = ["negotiate", "sign", "match", "confirm", "acquire", "deliver", "lost"]
    lead = min(rows, key=lambda row: far.index(row["stage"]))
    number = phone()
    one = admin.create("customer", name=unique("东海精密"), phone=number, level="b")
    two = admin.create("customer", name=unique("东海精密机械"), level="a")
    gone = admin.create("customer", name=unique("重复录入的客户"))
    admin.send("DELETE", f"/records/customer/{gone['id']}", params={"version": gone["version"]})
    found = {"own": own, "one": one, "two": two, "lead": lead}
    return {name: each["id"] for name, each in found.items()} | {"customer": lead["values"]["customer"]}


def _notes(company: Company) -> list[str]:
    """Announce something to all, and something that directors must confirm; return the keys. A rep reports an obstacle."""
    admin, rep = company.person("admin"), company.person("rep")
    text = {"zh": "周五 17:00 前补齐本周拜访纪要。", "en": "Please file this week's visit notes by Friday, 17:00."}
    title = {"zh": "本周纪要", "en": "Notes of the week"}
    notes = [
        {"title": title, "text": text},
        {"title": title, "text": text, "must_confirm": True, "roles": ["director"]},
    ]
    keys = [str(admin.send("POST", "/announcements", json=note)["id"]) for note in notes]
    place = {"page": "/v/lead_all", "entity": "lead", "width": 1440, "language": "zh"}
    report = {"category": "useless", "text": "来源字段一天要选几十次，多数时候是一样的", "place": place}
    rep.send("POST", "/obstacles", json=report)
    return keys


def _gallery(admin: Person) -> str:
    body = {
        "entity": "customer",
        "label": "客户卡片",
        "kind": "gallery",
        "card": ["level", "industry", "phone", "owner"],
    }
    return str(admin.send("POST", "/views", json=body)["key"])


def _forget_draft(admin: Person) -> None:
    admin.send("GET", "/studio/draft")
    admin.send("DELETE", "/studio/draft")


def _publish(admin: Person, definitions: Json, note: str) -> None:
    held = admin.send("GET", "/studio/definitions")
    admin.send(
        "POST", "/studio/publish", json={"definitions": definitions, "base_version": held["version"], "note": note}
    )


def _edit(admin: Person, op: Json) -> None:
    draft = admin.send("GET", "/studio/draft")
    body = {"revision": draft["revision"], "label": "调整线索表单", "ops": [op]}
    admin.send("POST", "/studio/draft/edits", json=body)


def _change(admin: Person) -> None:
    """Put some changes into the draft, so that there is something to review, and ask the process's owners about theirs."""
    fields = ["entities", "lead", "fields"]
    _edit(
        admin,
        {"op": "put", "path": [*fields, "amount", "label"], "value": {"zh": "预计成交额", "en": "Expected value"}},
    )
    rival = {"key": "rival", "label": {"zh": "竞争品牌", "en": "Rival"}, "type": "text"}
    _edit(admin, {"op": "put", "path": [*fields, "rival"], "value": rival})
    _edit(admin, {"op": "put", "path": [*OWNED, "stages", "match", "colour"], "value": "purple"})
    admin.send("POST", "/studio/draft/approvals", json={"note": "颜色与周会的看板一致"})


def _disown(company: Company) -> None:
    """Have the process without owners again, with the consent of those it has."""
    admin, owner = company.person("admin"), company.person("supervisor")
    _forget_draft(admin)
    _edit(admin, {"op": "drop", "path": [*OWNED, "owners"]})
    admin.send("POST", "/studio/draft/approvals", json={"note": ""})
    for request in owner.send("GET", "/approvals")["waiting"]:
        owner.send("POST", f"/approvals/{request['id']}", json={"approved": True, "reason": ""})
    admin.send("POST", "/studio/draft/publish", json={"note": "流程不再有所有者"})


def _viewing(company: Company) -> str:
    """Return the cookies of an administrator who sees the system as a rep."""
    server = company.server
    with httpx.Client(base_url=server.address, timeout=60) as client:
        client.post("/api/session", json={"login": "admin", "password": server.password}).raise_for_status()
        admin = Person(client, "", "", "admin")
        admin.send("POST", "/session/view", json={"member": company.person("rep").id})
        return json.dumps(
            [{"name": each.name, "value": each.value, "url": server.address} for each in client.cookies.jar]
        )


def _newcomer(company: Company, login: str) -> None:
    """Add a member who must choose a password first."""
    body = {"name": "林晓", "login": login, "roles": ["rep"], "department": None, "password": FIRST}
    company.person("admin").send("POST", "/members", json=body)


def _careful(company: Company, login: str) -> None:
    """Add a member who signs in with a second factor."""
    _newcomer(company, login)
    with httpx.Client(base_url=company.server.address, timeout=60) as client:
        client.post("/api/session", json={"login": login, "password": FIRST}).raise_for_status()

        def send(path: str, **body: str) -> Json:
            token = client.cookies.get("xiaolu_csrf") or ""
            answer = client.post(f"/api/me/{path}", json=body, headers={"X-CSRF-Token": token})
            answer.raise_for_status()
            found: Json = answer.json() if answer.content else {}
            return found

        send("password", current=FIRST, password=OWN)
        secret = send("totp", password=OWN)["secret"]
        now = datetime.fromisoformat(client.get("/api/health").headers["x-xiaolu-now"])
        send("totp/confirm", code=pyotp.TOTP(secret).at(now))


@contextmanager
def staged(company: Company) -> Iterator[Json]:
    """Set the stage; hand out the ids that the addresses name, and clear away what other tests would meet."""
    admin = company.person("admin")
    _forget_draft(admin)
    before = admin.send("GET", "/studio/definitions")["definitions"]
    with_form = copy.deepcopy(before)
    with_form["public_forms"] = [*with_form.get("public_forms", []), PUBLIC]
    next(each for each in with_form["processes"] if each["key"] == OWNED[1])["owners"] = ["supervisor"]
    _publish(admin, with_form, "加上官网预约表单")
    forms = admin.send("GET", "/studio/public")
    ids = _records(company) | _imports(admin)
    ids |= {"gallery": _gallery(admin), "form": next(each["token"] for each in forms if each["key"] == PUBLIC["key"])}
    ids |= {"newcomer": unique("new").replace(" ", ""), "careful": unique("two").replace(" ", "")}
    _newcomer(company, ids["newcomer"])
    _careful(company, ids["careful"])
    ids["viewing"] = _viewing(company)
    notes = _notes(company)
    _change(admin)
    try:
        yield ids
    finally:
        admin = company.person("admin")
        admin.send("DELETE", f"/views/{ids['gallery']}")
        for key in notes:
            admin.send("DELETE", f"/announcements/{key}")
        _disown(company)
        _publish(admin, before, "撤下官网预约表单")
