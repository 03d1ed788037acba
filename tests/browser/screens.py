"""Every screen there is: its route, who looks at it, and what is pressed so that it shows what it can."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, expect

from tests.browser.chromium import ROOT
from tests.browser.screen import control, dialog, fill, press
from tests.browser.staging import FIRST, OWN, SHEETS
from tests.browser.words import Words

Ids = dict[str, str]
Opening = Callable[[Page, Words, Ids], None]
CREATED = re.compile(r"(\w+) = createRoute\(\{\s+getParentRoute: \(\) => (\w+),\s+path: \"([^\"]+)\"")
Trouble = Literal["network", "server"]
FAILING = re.compile(r"/api/(records|tasks|numbers|announcements|comments|files)\b")
"""What a server in trouble cannot answer: everything but who one is and how the workspace is built."""
STRANGERS = "/f/$token"
"""The page of a public form, which the client keeps apart from its router."""


def routes() -> set[str]:
    """Return the client's routes, as its router has them."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(ROOT / "client/src/app").glob("*.ts*")))
    found: dict[str, tuple[str, str]] = {name: (parent, path) for name, parent, path in CREATED.findall(text)}
    frames = text.count("createRoute({") - text.count("path:")
    assert len(found) + frames == text.count("createRoute({"), "a route is written in a way that is not read here"

    def whole(name: str) -> str:
        parent, path = found[name]
        return (whole(parent) if parent in found else "") + path

    parents = {parent for parent, _ in found.values()}
    return {whole(name).rstrip("/") or "/" for name in found if name not in parents}


@dataclass(frozen=True)
class Screen:
    """A screen: its route, who looks at it, its address, and what is opened on it."""

    route: str
    login: str | None = "admin"
    address: str = ""
    opening: Opening | None = None
    closing: Opening | None = None
    """What gives back the stage as it was found."""
    trouble: Trouble | None = None

    def show(self, page: Page, words: Words, ids: Ids) -> None:
        """Open the screen and wait until nothing is being fetched any more."""
        if self.trouble == "server":
            said = {"status": 500, "code": "internal", "title": words.server("internal")}
            page.route(FAILING, lambda route: route.fulfill(status=500, json=said))
        page.goto((self.address or self.route).format(**ids))
        settle(page)
        if self.trouble == "network":
            _lose_network(page, words)

    def open(self, page: Page, words: Words, ids: Ids) -> None:
        """Open what is opened on the screen."""
        if self.opening:
            self.opening(page, words, ids)
            settle(page)

    def leave(self, page: Page, words: Words, ids: Ids) -> None:
        """Have the trouble over, and the stage as it was."""
        if self.trouble:
            page.context.set_offline(False)
            page.unroute_all()
        if self.closing:
            self.closing(page, words, ids)


def _lose_network(page: Page, words: Words) -> None:
    """Open the page once more without a network, once what it shows is kept."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.reload()
    settle(page)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.reload()
    settle(page)
    said = words("common.live.offline", when="|").split("|", maxsplit=1)[0]
    expect(page.get_by_role("status").filter(has_text=said).first).to_be_visible()


def settle(page: Page) -> None:
    """Wait until the screen shows its content and nothing is being fetched any more."""
    expect(page.get_by_role("heading", level=1, include_hidden=True).first).to_be_attached()
    expect(page.locator("[aria-busy=true], [class*=skeleton]")).to_have_count(0)


def _press(*keys: str) -> Opening:
    def open_it(page: Page, words: Words, _: Ids) -> None:
        for key in keys:
            press(page, words(key))

    return open_it


def _menu(key: str) -> Opening:
    """Open what an entry of a record's menu opens."""

    def open_it(page: Page, words: Words, _: Ids) -> None:
        press(page, words("records.list.more"))
        page.get_by_role("menuitem", name=words(key), exact=True).click()
        expect(dialog(page)).to_be_visible()

    return open_it


def _help(key: str) -> Opening:
    def open_it(page: Page, words: Words, _: Ids) -> None:
        press(page, words("common.nav.help"))
        page.get_by_role("menuitem", name=words(key)).click()
        expect(dialog(page)).to_be_visible()

    return open_it


def _tour(page: Page, words: Words, ids: Ids) -> None:
    _help("common.nav.tours")(page, words, ids)
    start = "|".join(words(f"help.{label}") for label in ("start", "resume", "again"))
    dialog(page).get_by_role("button", name=re.compile(start)).first.click()
    expect(page.get_by_role("complementary").get_by_role("heading")).to_be_focused()


def _search(page: Page, _words: Words, _: Ids) -> None:
    page.keyboard.press("Control+k")
    dialog(page).get_by_role("combobox").first.fill("空压机")
    expect(dialog(page).get_by_role("option").first).to_be_visible()


def _move(page: Page, words: Words, _: Ids) -> None:
    press(page, words("process.board.moveTo"))
    page.get_by_role("menuitem").first.click()
    expect(dialog(page).get_by_role("radio").first).to_be_visible()


def _preview(page: Page, words: Words, _: Ids) -> None:
    if (timeline := page.get_by_role("tab", name=words("records.record.history"))).count():
        timeline.click()
    page.get_by_title(words("records.files.open", name="需求清单.png")).first.click()
    expect(dialog(page).get_by_role("img").first).to_be_visible()


def _why(page: Page, words: Words, ids: Ids) -> None:
    _menu("records.record.access")(page, words, ids)
    box = control(dialog(page), words("records.access.who"))
    box.click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").first.click()
    expect(dialog(page).get_by_role("list", name=words("records.access.why"))).to_be_visible()


def _field(page: Page, words: Words, _: Ids) -> None:
    canvas = page.get_by_role("region", name=words("forms.canvas.label"))
    canvas.locator("[data-block]").nth(2).click()


def _stage(page: Page, words: Words, _: Ids) -> None:
    page.get_by_text(words.stage("match"), exact=True).first.click()
    expect(page.get_by_label(re.compile(rf"^{words('processes.stage.name')}")).first).to_be_visible()


def _walk(page: Page, words: Words, _: Ids) -> None:
    press(page, words("processes.walk.title"))
    expect(page.get_by_label(re.compile(f"^{words('processes.walk.from')}")).first).to_be_visible()


def _formula(page: Page, words: Words, _: Ids) -> None:
    canvas = page.get_by_role("region", name=words("forms.canvas.label"))
    canvas.get_by_role("button", name=re.compile(rf"^{re.escape(words.field('lead.discount'))}[，,]")).click()
    press(page, words("formula.open"))
    expect(dialog(page).get_by_role("table", name=words("formula.samples"))).to_be_visible()


def _viewing(page: Page, words: Words, ids: Ids) -> None:
    page.context.add_cookies(json.loads(ids["viewing"]))
    page.goto("/")
    expect(page.get_by_role("button", name=words("common.viewing.end"))).to_be_visible()


def _sheets(page: Page, words: Words, _: Ids) -> None:
    page.locator("input[type=file]").set_input_files(SHEETS)
    for sheet in SHEETS:
        expect(page.get_by_text(sheet["name"], exact=True)).to_be_visible()


def _sheets_read(page: Page, words: Words, ids: Ids) -> None:
    _sheets(page, words, ids)
    press(page, words("entrances.sheets.read"))
    expect(page.get_by_role("button", name=words("entrances.sheets.check"), exact=True)).to_be_visible()


def _sheets_checked(page: Page, words: Words, ids: Ids) -> None:
    _sheets_read(page, words, ids)
    press(page, words("entrances.sheets.check"))
    expect(page.get_by_role("button", name=words("entrances.sheets.build"), exact=True)).to_be_enabled()


def _sheets_built(page: Page, words: Words, ids: Ids) -> None:
    _sheets_checked(page, words, ids)
    press(page, words("entrances.sheets.build"))
    expect(page.get_by_text(words("entrances.sheets.done"), exact=True)).to_be_visible()


def _take_back(page: Page, _words: Words, _: Ids) -> None:
    """Remove the app that was made, and bring the draft onto what holds then."""
    token = next(each["value"] for each in page.context.cookies() if each["name"] == "xiaolu_csrf")
    headers = {"x-csrf-token": token}
    made = page.request.get("/api/studio/spreadsheets").json()[0]["id"]
    assert page.request.delete(f"/api/studio/spreadsheets/{made}", headers=headers).ok
    assert page.request.post("/api/studio/draft/rebase", headers=headers, data={"resolutions": {}}).ok


def _template(page: Page, words: Words, _: Ids) -> None:
    page.get_by_role("button", name=re.compile(words("entrances.templates.preview"))).first.click()
    expect(dialog(page)).to_be_visible()


def _enter(who: str, password: str, heading: str) -> Opening:
    """Sign in as somebody who is asked for something more."""

    def open_it(page: Page, words: Words, ids: Ids) -> None:
        fill(page, words("session.signIn.login"), ids[who])
        fill(page, words("session.signIn.password"), password)
        press(page, words("session.signIn.submit"))
        expect(page.get_by_role("heading", name=words(heading))).to_be_visible()

    return open_it


SCREENS: dict[str, Screen] = {
    "home": Screen("/", "supervisor"),
    "home-admin": Screen("/"),
    "home-rep": Screen("/", "rep"),
    "announcement": Screen("/", "director"),
    "search": Screen("/", "supervisor", opening=_search),
    "tours": Screen("/", "supervisor", opening=_help("common.nav.tours")),
    "tour": Screen("/", "supervisor", opening=_tour),
    "obstacle": Screen("/tasks", "rep", opening=_help("common.nav.report")),
    "meeting": Screen("/p/$page", "supervisor", "/p/meeting"),
    "board": Screen("/v/$view", address="/v/lead_board"),
    "list": Screen("/v/$view", address="/v/lead_all"),
    "calendar-view": Screen("/v/$view", address="/v/lead_calendar"),
    "timeline-view": Screen("/v/$view", address="/v/lead_timeline"),
    "map-view": Screen("/v/$view", address="/v/customer_map"),
    "gallery-view": Screen("/v/$view", address="/v/{gallery}"),
    "activities": Screen("/v/$view", address="/v/activity_all"),
    "grouped": Screen("/e/$entity", address="/e/lead?group=stage"),
    "record": Screen("/e/$entity/$id", address="/e/lead/{lead}"),
    "record-edit": Screen("/e/$entity/$id", "rep", "/e/lead/{own}", _press("records.record.edit")),
    "record-move": Screen("/e/$entity/$id", "rep", "/e/lead/{own}", _move),
    "record-why": Screen("/e/$entity/$id", address="/e/lead/{lead}", opening=_why),
    "record-share": Screen("/e/$entity/$id", address="/e/lead/{lead}", opening=_menu("records.record.share")),
    "preview": Screen("/e/$entity/$id", "rep", "/e/lead/{own}", _preview),
    "customer": Screen("/e/$entity/$id", address="/e/customer/{customer}"),
    "print": Screen("/e/$entity/$id/print", address="/e/lead/{lead}/print"),
    "merge": Screen("/e/$entity/merge", address='/e/customer/merge?ids=["{one}","{two}"]'),
    "new-record": Screen("/e/$entity/new", "rep", "/e/lead/new"),
    "recycle-bin": Screen("/e/$entity/trash", address="/e/customer/trash"),
    "tasks": Screen("/tasks", "supervisor"),
    "notifications": Screen("/notifications", "supervisor"),
    "imports": Screen("/imports", address="/imports?entity=customer"),
    "import-mapping": Screen("/imports/$id", address="/imports/{uploaded}"),
    "import-check": Screen("/imports/$id", address="/imports/{checked}"),
    "import-done": Screen("/imports/$id", address="/imports/{imported}"),
    "approvals": Screen("/approvals", "supervisor"),
    "approvals-empty": Screen("/approvals"),
    "account": Screen("/account"),
    "members": Screen("/admin/members"),
    "member": Screen("/admin/members", opening=_press("admin.members.create")),
    "departments": Screen("/admin/departments"),
    "roles": Screen("/admin/roles"),
    "announcements": Screen("/admin/announcements"),
    "audit": Screen("/admin/audit"),
    "health": Screen("/admin/health"),
    "studio-apps": Screen("/studio"),
    "studio-forms": Screen("/studio/forms"),
    "studio-form": Screen("/studio/forms/$entity", address="/studio/forms/lead", opening=_field),
    "studio-form-try": Screen("/studio/forms/$entity", address="/studio/forms/lead", opening=_press("forms.mode.try")),
    "studio-formula": Screen("/studio/forms/$entity", address="/studio/forms/lead", opening=_formula),
    "studio-data": Screen("/studio/data"),
    "studio-choices": Screen("/studio/choices"),
    "studio-processes": Screen("/studio/processes"),
    "studio-process": Screen("/studio/processes/$process", address="/studio/processes/lead_journey"),
    "studio-stage": Screen("/studio/processes/$process", address="/studio/processes/lead_journey", opening=_stage),
    "studio-walk": Screen("/studio/processes/$process", address="/studio/processes/lead_journey", opening=_walk),
    "studio-views": Screen("/studio/views"),
    "studio-view": Screen("/studio/views", address="/studio/views?view=lead_board"),
    "studio-grid": Screen("/studio/views", address="/studio/views?view=lead_all"),
    "studio-page": Screen("/studio/views", address="/studio/views?page=home_rep"),
    "studio-figures": Screen("/studio/figures"),
    "studio-tours": Screen("/studio/tours"),
    "studio-roles": Screen("/studio/roles"),
    "studio-roles-overview": Screen("/studio/roles", opening=_press("roles.tabs.overview")),
    "studio-roles-seen": Screen("/studio/roles", opening=_press("roles.tabs.seen")),
    "studio-calendar": Screen("/studio/calendar"),
    "studio-public": Screen("/studio/public"),
    "studio-obstacles": Screen("/studio/obstacles"),
    "studio-changes": Screen("/studio/changes"),
    "studio-history": Screen("/studio/history"),
    "studio-spreadsheet": Screen("/studio/new-from-spreadsheet"),
    "studio-spreadsheet-files": Screen("/studio/new-from-spreadsheet", opening=_sheets),
    "studio-spreadsheet-shape": Screen("/studio/new-from-spreadsheet", opening=_sheets_read),
    "studio-spreadsheet-plan": Screen("/studio/new-from-spreadsheet", opening=_sheets_checked),
    "studio-spreadsheet-done": Screen("/studio/new-from-spreadsheet", opening=_sheets_built, closing=_take_back),
    "studio-templates": Screen("/studio/templates"),
    "studio-template": Screen("/studio/templates", opening=_template),
    "not-found": Screen("/$", address="/nowhere/at-all"),
    "home-failed": Screen("/", "supervisor", trouble="server"),
    "list-failed": Screen("/v/$view", address="/v/lead_all", trouble="server"),
    "board-failed": Screen("/v/$view", address="/v/lead_board", trouble="server"),
    "record-failed": Screen("/e/$entity/$id", address="/e/lead/{lead}", trouble="server"),
    "home-offline": Screen("/", "supervisor", trouble="network"),
    "list-offline": Screen("/v/$view", address="/v/lead_all", trouble="network"),
    "board-offline": Screen("/v/$view", address="/v/lead_board", trouble="network"),
    "record-offline": Screen("/e/$entity/$id", address="/e/lead/{lead}", trouble="network"),
    "view-as": Screen("/", None, "/sign-in", _viewing),
    "sign-in": Screen("/sign-in", None),
    "sign-in-code": Screen("/sign-in", None, opening=_enter("careful", OWN, "session.signIn.codeTitle")),
    "first-password": Screen("/sign-in", None, opening=_enter("newcomer", FIRST, "session.mustChange.title")),
    "public-form": Screen(STRANGERS, None, "/f/{form}"),
}
