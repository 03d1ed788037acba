"""The import wizard with a spreadsheet as people send it: wrong in places, and undone in the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from tests.browser import screen
from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.screen import dialog, press
from tests.browser.words import Words


def _sheet(path: Path, mark: str) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["客户名称", "总机电话", "客户等级", "业务员备注"],
        [f"甲公司 {mark}", "0574-87654321", "A 战略客户", "重点"],
        [f"乙公司 {mark}", "13800001111", "B 重点客户", ""],
        [f"丙公司 {mark}", "12", "C 普通客户", ""],
        ["", "0574-87651234", "C 普通客户", ""],
        [f"丁公司 {mark}", "", "特级客户", ""],
        [f"戊公司 {mark}", "", "", "老客户"],
    ):
        sheet.append(row)
    book.save(path)
    return path


def _figure(page: Page, label: str, value: int) -> None:
    figure = page.locator("div").filter(has=page.get_by_text(label, exact=True)).last
    expect(figure).to_contain_text(str(value))


@pytest.mark.parametrize("language", ["zh"])
def test_a_spreadsheet_with_errors(visit: Visit, company: Company, tmp_path: Path, language: str) -> None:
    words, mark = Words(language), unique("导入")
    page = visit("supervisor", language=language)
    page.goto("/imports?entity=customer")
    screen.attach(page, _sheet(tmp_path / "客户清单.xlsx", mark))
    begin = page.get_by_role("button", name=words("imports.begin"), exact=True)
    expect(begin).to_be_enabled()
    begin.click()

    field = words("imports.map.field")
    expect(page.get_by_label(f"客户名称：{field}")).to_have_value("name")
    expect(page.get_by_label(f"客户等级：{field}")).to_have_value("level")
    page.get_by_label(f"客户名称：{field}").select_option("")
    missing = words("imports.map.required", fields=words.field("customer.name"))
    expect(page.get_by_text(missing)).to_be_visible()
    page.get_by_label(f"客户名称：{field}").select_option("name")
    page.get_by_label(f"业务员备注：{field}").select_option("note")
    press(page, words("imports.map.next"))

    run = page.get_by_role("button", name=words("imports.check.run", count=3), exact=True)
    expect(run).to_be_enabled()
    _figure(page, words("imports.check.good"), 3)
    _figure(page, words("imports.check.bad"), 3)
    with page.expect_download() as downloading:
        page.get_by_role("link", name=words("imports.check.errors")).or_(
            page.get_by_role("button", name=words("imports.check.errors"))
        ).first.click()
    errors = tmp_path / "errors.xlsx"
    downloading.value.save_as(errors)
    rows = [
        [str(cell or "") for cell in row] for row in load_workbook(errors).worksheets[0].iter_rows(values_only=True)
    ]
    assert len(rows) == 4
    assert any(f"丙公司 {mark}" in row for row in rows)
    assert any("特级客户" in " ".join(row) for row in rows)

    unknown = words("imports.check.nearValue", value="特级客户", column="客户等级", count=1)
    screen.choose(page, unknown, words.option("customer_level.a"))
    press(page, words("imports.check.applyNear"))
    run = page.get_by_role("button", name=words("imports.check.run", count=4), exact=True)
    expect(run).to_be_enabled()
    run.click()
    expect(page.get_by_text(words("imports.result.done")).first).to_be_visible()
    found = company.person("supervisor").send("POST", "/records/customer/query", json={"search": mark, "count": True})
    assert found["count"] == 4
    press(page, words("imports.result.undo"))
    press(dialog(page), words("imports.result.undo"))
    expect(page.get_by_text(words("imports.result.undone")).first).to_be_visible()
    found = company.person("supervisor").send("POST", "/records/customer/query", json={"search": mark, "count": True})
    assert found["count"] == 0


@pytest.fixture
def quotations(company: Company) -> Iterator[None]:
    """A form with lines: the template of quotations, taken out again."""
    admin = company.person("admin")
    admin.send("POST", "/studio/templates/quotation_register/install", json={"rights": {}})
    yield
    admin.send("DELETE", "/studio/apps/quotation_register")


@pytest.mark.usefixtures("quotations")
def test_lines_on_a_second_sheet_come_with_their_record_and_go_with_it(
    visit: Visit, company: Company, tmp_path: Path
) -> None:
    words, mark, path = Words("zh"), unique("两表"), tmp_path / "报价.xlsx"
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets: dict[str, list[list[str | int]]] = {
        "报价单": [["报价单号", "客户", "有效期至"], ["Q1", mark, "2027-03-01"]],
        "明细": [
            ["报价单号", "产品", "数量", "目录单价", "报价单价"],
            ["Q1", "空压机", 2, 100, 90],
            ["Q1", "干燥机", 1, 50, 50],
            ["Q9", "储气罐", 1, 30, 30],
        ],
    }
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    page, admin = visit("admin"), company.person("admin")
    page.goto("/imports?entity=quotation")
    screen.attach(page, path)
    press(page, words("imports.begin"))
    press(page, words("imports.map.next"))
    lost = page.get_by_role("row").filter(has_text=words("imports.check.sheetRow", sheet="明细", row=4))
    expect(lost).to_contain_text("Q9")
    press(page, words("imports.check.run", count=3))
    expect(page.get_by_text(words("imports.result.done")).first).to_be_visible()
    [made] = admin.send("POST", "/records/quotation/query", json={"search": mark})["rows"]
    assert made["values"]["total"] == "230.00"
    press(page, words("imports.result.undo"))
    press(dialog(page), words("imports.result.undo"))
    expect(page.get_by_text(words("imports.result.undone")).first).to_be_visible()
    assert admin.send("POST", "/records/quotation/query", json={"search": mark})["rows"] == []
