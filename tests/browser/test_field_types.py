"""Every field type by hand: a form with all of them is filled in, read, changed, exported with its files, and imported."""

import re
import struct
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser import screen
from tests.browser.company import Company, Json, unique
from tests.browser.conftest import Visit
from tests.browser.screen import press
from tests.browser.test_form_designer import forget_draft
from tests.browser.words import Words
from tests.files.pictures import jpeg
from xiaolu.metadata.fields.registry import FIELD_TYPES

WORDS = Words("zh")
FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(64)
VOICE = (
    b"RIFF"
    + struct.pack("<I", 36)
    + b"WAVEfmt "
    + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    + b"data"
    + bytes(4)
)
MADE = {
    "auto_number": re.compile(r"^E-\d{4}$"),
    "formula": re.compile("10,001"),
    "lookup": re.compile("."),
    "rollup": re.compile("^1"),
}
"""What the platform works out, by type."""
CHOICES = [{"key": "one", "label": "选项一"}, {"key": "two", "label": "选项二"}]
OPTIONS: dict[str, Json] = {
    **{kind: {"options": CHOICES} for kind in ("single_select", "multi_select", "checklist")},
    **{kind: {"target": "customer"} for kind in ("relation", "many_to_many")},
    "formula": {"formula": "{money} * 2", "result": "money"},
    "lookup": {"relation": "f_relation", "field": "name", "result": "text"},
    "rollup": {"children": "f_sub_table", "aggregate": "count", "result": "integer"},
}
"""Settings of the types that need some."""
GIVEN_ANEW = {"auto_number"}
"""What belongs to a record and does not pass to another."""
UPLOADS = {"file", "image", "audio", "video", "signature"}
WRITTEN = {"money": "5,000.5", "date_time": "14:30", "long_text": "第一行", "location": "29.86830, 121.54400"}
"""How a value is shown, where it is not shown as it was typed."""


class Sheet:
    """The form as somebody fills it in; each field is called after its type."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.folder = folder

    def part(self, kind: str) -> Locator:
        """Return a field with its label."""
        label = self.page.locator("form label").filter(has_text=re.compile(rf"^{kind}\*?$"))
        return label.locator("xpath=..")

    def type(self, text: str) -> "Filling":
        """Type into the field."""

        def act(kind: str) -> str:
            self.part(kind).locator("input, textarea").first.fill(text)
            return text

        return act

    def enter(self, text: str) -> "Filling":
        """Type into the field, and confirm with Enter."""

        def act(kind: str) -> str:
            box = self.part(kind).locator("input").first
            box.fill(text)
            box.press("Enter")
            return text

        return act

    def first(self, kind: str) -> str:
        """Take the first of what is offered, and return its name."""
        self.part(kind).locator("input").first.click()
        kinds = (".ant-select-item-option", ".ant-select-tree-title", ".ant-cascader-menu-item")
        options = self.page.locator(", ".join(f"{each}:visible" for each in kinds))
        expect(self.part(kind).locator(".ant-select-loading")).to_have_count(0)
        name = options.first.inner_text()
        options.filter(has_text=name).first.click()
        expect(self.part(kind)).to_contain_text(name)
        self.page.keyboard.press("Escape")
        expect(options).to_have_count(0)
        return name.split(" · ")[0]

    def give(self, name: str, content: bytes) -> "Filling":
        """Choose a file, and wait until it is there."""

        def act(kind: str) -> str:
            path = self.folder / name
            path.write_bytes(content)
            self.part(kind).locator("input[type=file]").set_input_files(path)
            expect(self.part(kind).get_by_text(name).or_(self.part(kind).locator("audio")).first).to_be_visible()
            return name if name.endswith("txt") else ""

        return act

    def press(self, button: str, shown: str) -> "Filling":
        """Press a button of the field."""

        def act(kind: str) -> str:
            self.part(kind).get_by_role("button", name=button).click()
            return shown

        return act

    def sign(self, kind: str) -> str:
        """Draw on the signature's paper."""
        box = self.part(kind).locator("canvas")
        box.scroll_into_view_if_needed()
        place = box.bounding_box()
        assert place is not None
        mouse = self.page.mouse
        for at in (0.2, 0.5):
            mouse.move(place["x"] + place["width"] * at, place["y"] + place["height"] * 0.3)
            mouse.down()
            mouse.move(place["x"] + place["width"] * (at + 0.2), place["y"] + place["height"] * 0.7, steps=6)
            mouse.up()
        expect(self.part(kind).get_by_text(WORDS("records.signature.kept"))).to_be_visible()
        return ""

    def rows(self, kind: str) -> str:
        """Add a row to the table."""
        self.part(kind).get_by_role("button", name=re.compile(WORDS("records.rows.add"))).click()
        self.part(kind).locator("tbody input").first.fill("机械臂")
        return "机械臂"

    def words(self, kind: str) -> str:
        """Add keywords."""
        box = self.part(kind).locator("input").first
        for word in ("交期", "价格"):
            box.fill(word)
            box.press("Enter")
        return "价格"

    def tick(self, kind: str) -> str:
        """Tick the first item of the list."""
        self.part(kind).get_by_role("checkbox").first.check()
        return "选项一"

    def switch(self, kind: str) -> str:
        """Switch it on."""
        self.part(kind).get_by_role("switch").click()
        return ""

    def write(self, kind: str) -> str:
        """Write text, part of it bold."""
        box = self.part(kind).get_by_role("textbox")
        box.click()
        self.page.keyboard.press("Control+b")
        self.page.keyboard.insert_text("要点")
        return "要点"

    def hours(self, kind: str) -> str:
        """Say how long it takes."""
        self.part(kind).locator("input").first.fill("2")
        self.part(kind).get_by_label(WORDS("records.units.minutes")).fill("30")
        return ""

    def fillings(self) -> dict[str, "Filling"]:
        """Return how each type is filled in, by hand."""
        return {
            "text": self.type("一行文字"),
            "long_text": self.type("第一行\n第二行"),
            "rich_text": self.write,
            "email": self.type("li@example.com"),
            "phone": self.type("13800001234"),
            "url": self.type("https://example.com/a"),
            "keyword_list": self.words,
            "integer": self.type("12"),
            "decimal": self.type("3.25"),
            "money": self.type("5000.50"),
            "percent": self.type("35"),
            "rating": self.press(WORDS("records.rating", count=4), ""),
            "single_select": self.first,
            "multi_select": self.first,
            "switch": self.switch,
            "checklist": self.tick,
            "date": self.enter("2026-12-20"),
            "date_time": self.enter("2026-12-20 14:30"),
            "duration": self.hours,
            "user": self.first,
            "department": self.first,
            "relation": self.first,
            "many_to_many": self.first,
            "sub_table": self.rows,
            "file": self.give("合同.txt", "合同".encode()),
            "image": self.give("现场.jpg", jpeg()),
            "audio": self.give("语音.wav", VOICE),
            "video": self.give("演示.mp4", FILM),
            "signature": self.sign,
            "region": self.first,
            "location": self.type("29.868300, 121.544000"),
            "barcode": self.type("6901234567892"),
        }


Filling = Callable[[str], str]


def _value(page: Page, kind: str) -> Locator:
    """Return what the record's page shows under a label."""
    return page.locator("dt").filter(has_text=re.compile(rf"^{kind}$")).locator("xpath=../dd")


def _shown(page: Page, kinds: dict[str, str]) -> None:
    """Each value is on the record's page: as a text, a picture or a player."""
    for kind, text in kinds.items():
        value = _value(page, kind)
        if text:
            expect(value).to_contain_text(WRITTEN.get(kind, text))
        else:
            expect(value.locator("img, audio, video, svg, [role=img], span").first).to_be_visible()
    for kind, made in MADE.items():
        expect(_value(page, kind)).to_have_text(made)
    expect(_value(page, "many_to_many").get_by_role("link").first).to_have_attribute(
        "href", re.compile("^/e/customer/")
    )


def _change(page: Page, sheet: Sheet) -> None:
    """Three values become others."""
    press(page, WORDS("records.record.edit"))
    expect(sheet.part("file").get_by_text("合同.txt")).to_be_visible()
    sheet.type("另一行文字")("text")
    sheet.press(WORDS("records.rating", count=5), "")("rating")
    sheet.part("sub_table").locator("tbody input").first.fill("夹具")
    press(page, WORDS("records.record.save"))
    screen.toast(page, WORDS("records.record.saved"))
    expect(_value(page, "text")).to_contain_text("另一行文字")
    expect(_value(page, "sub_table")).to_contain_text("夹具")


def _carried(page: Page, entity: str, file: Path) -> None:
    """The list is exported with its files, and the zip imported as it is."""
    page.goto(f"/v/{entity}")
    page.get_by_role("button", name=WORDS("records.list.more"), exact=True).first.click()
    with page.expect_download() as downloading:
        page.get_by_role("menuitem", name=WORDS("records.list.exportZip")).click()
    downloading.value.save_as(file)
    page.goto(f"/imports?entity={entity}")
    screen.attach(page, file)
    for name in ("imports.begin", "imports.map.next"):
        button = page.get_by_role("button", name=WORDS(name), exact=True)
        expect(button).to_be_enabled()
        button.click()
    run = page.get_by_role("button", name=WORDS("imports.check.run", count=2), exact=True)
    expect(run).to_be_enabled()
    run.click()
    expect(page.get_by_text(WORDS("imports.result.done")).first).to_be_visible()


def _told(record: Json) -> Json:
    """Return what a record says, with names in place of files and rows without their ids."""
    told = {kind: record["values"][f"f_{kind}"] for kind in FIELD_TYPES if kind not in GIVEN_ANEW}
    told |= {kind: record["display"][f"f_{kind}"] for kind in UPLOADS}
    told["sub_table"] = [each["part"] for each in told["sub_table"]]
    return told


def _built(company: Company) -> str:
    """Publish a form with a field of every type, and return its key."""
    key = f"types_{uuid4().hex[:6]}"
    own = {"sub_table": {"entity": f"{key}_row"}, "auto_number": {"numbering": key}}
    fields: list[Json] = [
        {"key": f"f_{kind}", "label": kind, "type": kind, "options": (OPTIONS | own).get(kind, {})}
        for kind in FIELD_TYPES
    ]
    name = {"key": "name", "label": "名称", "type": "text", "required": True}
    part = {"key": "part", "label": "部件", "type": "text"}
    made: dict[tuple[str, str], Json] = {
        ("numberings", key): {"label": "编号", "pattern": "E-{seq:4}"},
        ("entities", f"{key}_row"): {"label": "部件", "title": "part", "parent": key, "fields": [part]},
        ("entities", key): {"label": unique("全部类型"), "title": "name", "fields": [name, *fields]},
        ("views", key): {"label": "全部", "entity": key, "columns": ["name", *(each["key"] for each in fields)]},
    }
    ops = [{"op": "put", "path": list(path), "value": {"key": path[1], **value}} for path, value in made.items()]
    admin = company.person("admin")
    revision = admin.send("GET", "/studio/draft")["revision"]
    admin.send("POST", "/studio/draft/edits", json={"revision": revision, "label": "全部类型", "ops": ops})
    admin.send("POST", "/studio/draft/publish", json={})
    return key


def test_every_field_type_goes_round(visit: Visit, company: Company, tmp_path: Path) -> None:
    forget_draft(company)
    entity = _built(company)
    page = visit("admin")
    page.goto(f"/e/{entity}/new")
    sheet = Sheet(page, tmp_path)
    fillings = sheet.fillings()
    assert set(FIELD_TYPES) == {*fillings, *MADE}
    sheet.type("样品")("名称")
    longer = page.evaluate("document.documentElement.scrollHeight - window.innerHeight")
    assert longer == 0, "the form scrolls in its frame, and the page around it stands still"
    given = {kind: fill(kind) for kind, fill in fillings.items()}
    press(page, WORDS("common.actions.save"))
    expect(page.get_by_role("heading", name="样品", level=1)).to_be_visible()
    _shown(page, given)
    _change(page, sheet)
    _carried(page, entity, tmp_path / "export.zip")
    admin = company.person("admin")
    rows: list[Json] = admin.send("POST", f"/records/{entity}/query", json={"limit": 10})["rows"]
    one, other = (_told(admin.record(entity, each["id"])) for each in rows)
    assert one == other
    assert all(value not in (None, "", []) for value in one.values()), one
