"""Working on a record together: comments, mentions, followers, previews, restoring a value, merging, the bin, printing."""

import io
import re
import zipfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.company import Company, phone, unique
from tests.browser.conftest import Visit
from tests.browser.screen import attach, choose, dialog, fill, press, toast
from tests.browser.words import Words
from xiaolu.kit.i18n import message


def _document(folder: Path) -> Path:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        text = '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>现有空压机三台</w:t></w:r></w:p></w:body></w:document>'
        archive.writestr("[Content_Types].xml", '<Types xmlns="t"/>')
        archive.writestr("word/document.xml", text)
    path = folder / "需求清单.docx"
    path.write_bytes(content.getvalue())
    return path


def _drawing(folder: Path) -> Path:
    path = folder / "布置图.pdf"
    Image.new("RGB", (200, 280), "#f4efe2").save(path, "PDF")
    return path


def _menu(page: Page, words: Words, entry: str) -> None:
    press(page, words("records.list.more"))
    page.get_by_role("menuitem", name=entry, exact=True).click()


def test_a_mention_reaches_who_may_read_and_both_see_the_comment(
    visit: Visit, company: Company, tmp_path: Path
) -> None:
    words = Words("zh")
    lead = company.person("rep").lead(unique("讨论线索"))
    supervisor = company.person("supervisor")
    page, other = visit("rep"), visit("supervisor")
    for each in (page, other):
        each.goto(f"/e/lead/{lead['id']}")
    box = page.get_by_label(words("comments.write"), exact=True)
    box.press_sequentially(f"请 @{supervisor.name}")
    page.get_by_role("option", name=re.compile(supervisor.name)).first.click()
    box.press_sequentially("看一下清单")
    attach(page, _document(tmp_path))
    expect(page.get_by_text("需求清单.docx")).to_be_visible()
    attach(page, _drawing(tmp_path))
    expect(page.get_by_text("布置图.pdf")).to_be_visible()
    press(page, words("comments.send"))
    for each in (page, other):
        comment = each.get_by_role("listitem").filter(has_text="看一下清单")
        expect(comment.first).to_contain_text(f"@{supervisor.name}")
    other.get_by_title(words("records.files.open", name="需求清单.docx")).click()
    expect(dialog(other)).to_contain_text("现有空压机三台")
    press(dialog(other), words("comments.preview.next"))
    drawn = dialog(other).get_by_role("img", name=words("comments.preview.page", page=1))
    expect(drawn).to_have_attribute("data-drawn", "true")
    other.keyboard.press("Escape")
    other.goto("/notifications")
    other.get_by_role("button", name=re.compile("在评论中提到了你")).first.click()
    expect(other.get_by_role("heading", name=lead["title"])).to_be_visible()
    page.get_by_role("button", name=words("comments.more")).click()
    page.get_by_role("menuitem", name=words("comments.remove")).click()
    press(dialog(page), words("comments.remove"))
    for each in (page, other):
        expect(each.get_by_text(words("comments.deleted"))).to_be_visible()
        expect(each.get_by_text("看一下清单")).to_have_count(0)


def test_following_is_a_choice_and_tells_of_changes_in_one_line(visit: Visit, company: Company) -> None:
    words = Words("zh")
    lead = company.person("rep").lead(unique("关注线索"))
    page = visit("supervisor")
    page.goto(f"/e/lead/{lead['id']}")
    press(page, words("comments.follow"))
    page.get_by_role("dialog").get_by_role("button", name=words("comments.follow"), exact=True).click()
    expect(page.get_by_role("button", name=words("comments.unfollow"))).to_be_visible()
    rep = company.person("rep")
    for text in ("第一句", "第二句"):
        rep.send("POST", f"/records/lead/{lead['id']}/comments", json={"text": text})
    page.goto("/notifications")
    line = page.get_by_role("button").filter(has_text=lead["title"])
    expect(line).to_have_count(1)
    expect(line).to_contain_text(words("tasks.notifications.times", count=2))


def test_a_field_gets_an_earlier_value_back(visit: Visit, company: Company) -> None:
    words, rep = Words("zh"), company.person("rep")
    lead = rep.lead(unique("恢复线索"))
    rep.send("PATCH", f"/records/lead/{lead['id']}", json={"values": {"amount": "990000"}, "version": lead["version"]})
    page = visit("rep")
    page.goto(f"/e/lead/{lead['id']}")
    press(page, words("comments.filters.changes"))
    page.get_by_role("button", name=re.compile("^把“预计金额”恢复为")).first.click()
    press(dialog(page), words("records.history.restoreDo"))
    toast(page, words("records.history.restoreDone", field="预计金额"))
    assert float(rep.record("lead", lead["id"])["values"]["amount"]) == 120_000


def test_duplicates_are_merged_side_by_side(visit: Visit, company: Company) -> None:
    words, admin = Words("zh"), company.person("admin")
    number = phone()
    one = admin.create("customer", name=unique("重复客户"), phone=number)
    two = admin.create("customer", name=unique("重复客户"), level="a")
    contact = admin.create("contact", name="张工", customer=two["id"], mobile=phone())
    page = visit("admin")
    page.goto(f"/e/customer/{one['id']}")
    _menu(page, words, words("records.merge.menu"))
    fill(dialog(page), words("records.merge.search"), two["title"])
    dialog(page).get_by_role("checkbox", name=re.compile(re.escape(two["title"]))).check()
    press(dialog(page), words("records.merge.compare", count=2))
    page.get_by_role(
        "radio", name=words("records.merge.take", field="客户等级", title=two["title"]), exact=True
    ).check()
    press(page, words("records.merge.preview"))
    expect(dialog(page)).to_contain_text(words("records.merge.follows", count=1))
    press(dialog(page), words("records.merge.confirm"))
    expect(page).to_have_url(re.compile(f"/e/customer/{one['id']}$"))
    kept = admin.record("customer", one["id"])
    assert kept["values"]["level"] == "a"
    assert admin.record("contact", contact["id"])["values"]["customer"] == one["id"]


def test_the_bin_gives_back_or_deletes_for_good(visit: Visit, company: Company) -> None:
    words, admin = Words("zh"), company.person("admin")
    back, gone = (admin.create("customer", name=unique("回收客户")) for _ in range(2))
    for each in (back, gone):
        admin.send("DELETE", f"/records/customer/{each['id']}", params={"version": each["version"]})
    page = visit("admin")
    page.goto("/e/customer/trash")
    row = page.get_by_role("row").filter(has_text=back["title"])
    row.get_by_role("button", name=words("records.trash.restore"), exact=True).click()
    expect(row).to_have_count(0)
    row = page.get_by_role("row").filter(has_text=gone["title"])
    row.get_by_role("button", name=words("records.trash.purge"), exact=True).click()
    press(dialog(page), words("records.trash.purge"))
    expect(row).to_have_count(0)
    assert admin.record("customer", back["id"]).get("deleted_at") is None


def test_a_shared_record_opens_for_who_could_not_see_it(visit: Visit, company: Company) -> None:
    words, admin = Words("zh"), company.person("admin")
    lead = admin.lead(unique("共享线索"))
    rep, page = company.person("rep"), visit("admin")
    page.goto(f"/e/lead/{lead['id']}")
    _menu(page, words, words("records.record.share"))
    choose(dialog(page), words("records.share.with"), rep.name)
    press(dialog(page), words("records.share.add"))
    expect(dialog(page).get_by_role("button", name=f"{words('records.share.remove')} {rep.name}")).to_be_visible()
    hers = visit("rep")
    told = "share.told_read"
    note = hers.get_by_role("button").filter(has_text=message(told, {"name": admin.name, "entity": "线索"}, "zh"))
    hers.goto("/notifications")
    note.filter(has_text=lead["title"]).click()
    expect(hers.get_by_role("heading", name=lead["title"])).to_be_visible()
    expect(hers.get_by_text(words("common.unseen"), exact=True).first).to_be_visible()


def test_a_record_prints_with_its_code(visit: Visit, company: Company) -> None:
    words = Words("zh")
    lead = company.person("rep").lead(unique("打印线索"))
    page = visit("rep")
    page.goto(f"/e/lead/{lead['id']}")
    _menu(page, words, words("records.print.title"))
    expect(page.get_by_role("img", name=words("records.print.code"))).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name=lead["title"])).to_be_visible()
    expect(page.get_by_role("button", name=words("records.print.print"))).to_be_hidden()
    expect(page.get_by_role("navigation", name=words("common.nav.label"))).to_be_hidden()
