"""The grid as a spreadsheet: changed where it stands, ranges copied and pasted, filled down, taken back; nothing blank while scrolling."""

from playwright.sync_api import Locator, Page, expect

from tests.browser import screen
from tests.browser.company import Company, Json, unique
from tests.browser.conftest import Visit
from tests.browser.screen import press
from tests.browser.words import Words

PASTE = """([text, html]) => {
    const data = new DataTransfer(); data.setData('text/plain', text); if (html) data.setData('text/html', html);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""
COPY = """() => {
    const data = new DataTransfer();
    document.activeElement.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));
    return [data.getData('text/plain'), data.getData('text/html')];
}"""
"""What Excel and the browser do: the clipboard itself is not the page's to read without asking."""


def _open(page: Page, words: Words, mark: str, columns: list[str], rows: int) -> Locator:
    """Show the leads with a mark, in the order of their names, with some columns."""
    query = "&".join((f"q={mark}", 'sort=[{"field":"name"}]', f"columns={columns}".replace("'", '"')))
    page.goto(f"/e/lead?{query}")
    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", str(rows + 2))
    expect(grid.get_by_role("link").first).to_be_visible()
    return grid


def _cell(grid: Locator, row: int, column: int) -> Locator:
    return grid.locator(f"[role=row][aria-rowindex='{row + 2}'] [aria-colindex='{column + 2}']")


def _values(company: Company, leads: list[Json], field: str) -> list[object]:
    return [company.person("rep").record("lead", each["id"])["values"][field] for each in leads]


def test_a_range_from_excel_is_pasted_refused_mended_and_taken_back(visit: Visit, company: Company) -> None:
    words, mark = Words("zh"), unique("粘贴")
    leads = [company.person("rep").lead(f"{mark}{name}", amount="100") for name in ("1", "2", "3")]
    page = visit("rep")
    grid = _open(page, words, mark, ["name", "amount", "expected_close", "product_line"], 3)
    _cell(grid, 0, 1).click()
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("[class*=chosen]")).to_have_count(2)
    _cell(grid, 0, 1).click()
    robot = words.option("product_line.robot")
    page.evaluate(
        PASTE, [f"1,200.50\t2027年1月2日\t{robot}\r\n很多\t2027/3/4\t没有这种\r\n¥300\t2027-05-06\t{robot}\r\n", ""]
    )
    alert = page.get_by_role("alert").filter(has_text=words("records.cells.refused", count=2))
    expect(alert).to_be_visible()
    expect(_cell(grid, 1, 1)).to_have_attribute("aria-invalid", "true")
    expect(_cell(grid, 1, 3)).to_have_attribute("aria-invalid", "true")
    assert _values(company, leads, "amount") == ["100.00"] * 3
    press(alert, words("records.cells.writeRest"))
    screen.toast(page, words("records.cells.changed", count=7))
    expect(_cell(grid, 0, 1)).to_contain_text("1,200.50")
    assert _values(company, leads, "amount") == ["1200.50", "100.00", "300.00"]
    assert _values(company, leads, "expected_close") == ["2027-01-02", "2027-03-04", "2027-05-06"]
    assert _values(company, leads, "product_line") == ["robot", leads[1]["values"]["product_line"], "robot"]
    grid.focus()
    page.keyboard.press("Control+z")
    screen.toast(page, words("records.cell.undone"))
    expect(_cell(grid, 0, 1)).to_contain_text("100.00")
    assert _values(company, leads, "amount") == ["100.00"] * 3
    assert _values(company, leads, "expected_close") == [None] * 3


def test_copied_filled_down_cleared_and_typed(visit: Visit, company: Company) -> None:
    words, mark = Words("zh"), unique("填充")
    first = company.person("rep").lead(f"{mark}1", amount="880")
    others = [company.person("rep").lead(f"{mark}{name}", amount="1", contact=None) for name in ("2", "3")]
    page = visit("rep")
    grid = _open(page, words, mark, ["name", "amount", "customer"], 3)
    _cell(grid, 0, 2).click()
    text, html = page.evaluate(COPY)
    assert text
    page.keyboard.press("ArrowDown")
    page.evaluate(PASTE, [text, html])
    screen.toast(page, words("records.cells.changed", count=1))
    assert _values(company, others[:1], "customer") == [first["values"]["customer"]]
    _cell(grid, 0, 1).click()
    page.keyboard.press("Control+Shift+ArrowDown")
    page.keyboard.press("Control+d")
    screen.toast(page, words("records.cells.filled", count=2))
    assert _values(company, others, "amount") == ["880.00", "880.00"]
    _cell(grid, 2, 1).click()
    page.keyboard.press("Delete")
    screen.toast(page, words("records.cells.cleared"))
    assert _values(company, others[1:], "amount") == [None]
    page.keyboard.press("5")
    editor = page.get_by_role("spinbutton").or_(page.get_by_role("textbox", name=words.field("lead.amount")))
    expect(editor.last).to_have_value("5")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    screen.toast(page, words("records.cell.saved"))
    expect(grid).to_be_focused()
    assert _values(company, others[1:], "amount") == ["55.00"]


def test_undo_leaves_alone_what_somebody_else_wrote(visit: Visit, company: Company) -> None:
    words, mark = Words("zh"), unique("撤销")
    lead = company.person("rep").lead(f"{mark}1", amount="100")
    page = visit("rep")
    grid = _open(page, words, mark, ["name", "amount"], 1)
    _cell(grid, 0, 1).click()
    page.evaluate(PASTE, ["250", ""])
    screen.toast(page, words("records.cells.changed", count=1))
    expect(_cell(grid, 0, 1)).to_contain_text("250.00")
    company.person("supervisor").send("PATCH", f"/records/lead/{lead['id']}", json={"values": {"amount": "700"}})
    page.keyboard.press("Control+z")
    screen.toast(page, words("records.cells.notUndone", count=1))
    assert _values(company, [lead], "amount") == ["700.00"]
