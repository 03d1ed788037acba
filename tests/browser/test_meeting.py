"""The morning meeting: from the figure to the rows, to the record, to what happened; and nobody sees beyond their region."""

import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser import screen
from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.words import Words

STALLED = 73
"""Hours: a little over what counts as stalled."""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_figure_leads_to_its_rows_and_to_what_happened(visit: Visit, company: Company, language: str) -> None:
    words, title = Words(language), unique("停滞线索")
    company.person("rep").lead(title)
    company.pass_hours(STALLED)
    page = visit("supervisor", language=language)
    page.goto("/p/meeting")
    page.get_by_role("link", name=re.compile(f"^{re.escape(words.number('stalled_72'))}")).click()
    expect(page).to_have_url(re.compile("/v/morning_meeting"))
    page.get_by_role("searchbox").fill(title)
    expect(page.get_by_role("rowgroup").get_by_role("row")).to_have_count(1)
    row = page.get_by_role("row").filter(has_text=title)
    expect(row).to_contain_text(words.stage("acquire"))
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    created = page.get_by_role("listitem").filter(has_text=words("records.history.created"))
    expect(created).to_contain_text(company.person("rep").name)
    expect(page.get_by_text(re.compile(words("process.stages.over", time=".*"))).first).to_be_visible()


def test_a_director_sees_her_region_alone(visit: Visit, company: Company) -> None:
    words, here, there = Words("zh"), unique("华东线索"), unique("华南线索")
    ours = company.person("rep").lead(here)
    theirs = company.person("rep20").lead(there)
    page = visit("director")
    page.goto("/v/lead_all")
    page.get_by_role("searchbox").fill(here)
    expect(page.get_by_role("row").filter(has_text=here)).to_be_visible()
    page.get_by_role("searchbox").fill(there)
    expect(page.get_by_text(words("records.list.emptyFiltered", entity=words.several("lead")))).to_be_visible()
    page.keyboard.press("Control+k")
    found = screen.dialog(page)
    found.get_by_role("combobox").or_(found.get_by_role("searchbox")).first.fill(there)
    expect(found.get_by_text(words("common.search.empty", q=there))).to_be_visible()
    page.goto(f"/e/lead/{theirs['id']}")
    expect(page.get_by_text(words("records.record.notFound"))).to_be_visible()
    page.goto(f"/e/lead/{ours['id']}")
    expect(page.get_by_role("heading", name=here, level=1)).to_be_visible()
    with pytest.raises(httpx.HTTPStatusError, match="404"):
        company.person("director").record("lead", theirs["id"])
