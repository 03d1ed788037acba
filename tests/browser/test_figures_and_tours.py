"""A figure and a guided tour made in the studio, published together, and met by those whom they are for."""

import re

from playwright.sync_api import Page, expect

from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.screen import control, dialog, press
from tests.browser.test_form_designer import forget_draft, publish
from tests.browser.words import Words

WORDS = Words("zh")


def _typed(page: Page, label: str, text: str) -> None:
    """Type into a property, and leave it."""
    box = control(page, label)
    box.fill(text)
    box.blur()


def _figure(page: Page, name: str) -> None:
    """The sum of an amount over the leads that are won, led to a view."""
    page.goto("/studio/figures")
    press(page, WORDS("figures.new"))
    expect(control(page, WORDS("figures.name"))).to_have_value(re.compile("数量$"))
    _typed(page, WORDS("figures.name"), name)
    control(page, WORDS("figures.form")).select_option("lead")
    amount = f"{WORDS.field('lead.amount')} · {WORDS('records.measureNames.sum')}"
    control(page, WORDS("figures.measure")).select_option(label=amount)
    _typed(page, WORDS("figures.unit"), "元")
    control(page, WORDS("figures.view")).select_option("lead_all")
    expect(page.get_by_role("navigation", name=WORDS("figures.list")).get_by_text(name)).to_be_visible()
    expect(page.get_by_text(WORDS("studio.saving.saved"))).to_be_visible()


def _tour(page: Page, name: str) -> None:
    """Two steps: one to be read, one that is done on a page."""
    page.goto("/studio/tours")
    press(page, WORDS("tours.new"))
    expect(control(page, WORDS("tours.name"))).to_have_value(WORDS("tours.newName"))
    _typed(page, WORDS("tours.name"), name)
    _typed(page, WORDS("tours.stepName"), "看一看首页")
    press(page, WORDS("tours.addStep"))
    _typed(page, WORDS("tours.stepName"), "打开任务")
    _typed(page, WORDS("tours.page"), "/tasks")
    control(page, WORDS("tours.done")).select_option("page")


def test_a_figure_and_a_tour_reach_those_they_are_for(visit: Visit, company: Company) -> None:
    forget_draft(company)
    figure, tour = unique("线索总额"), unique("新人引导")
    page = visit("admin")
    _figure(page, figure)
    _tour(page, tour)
    publish(page, WORDS)
    made = company.person("admin").send("GET", "/studio/definitions")["definitions"]
    number = next(each for each in made["numbers"] if each["label"]["zh"] == figure)
    assert (number["entity"], number["view"]) == ("lead", "lead_all")
    assert number["measure"] == {"do": "sum", "field": "amount"}

    supervisor = visit("supervisor")
    expect(supervisor.get_by_text(figure)).to_be_visible()
    press(supervisor, WORDS("common.nav.help"))
    supervisor.get_by_role("menuitem", name=WORDS("common.nav.tours")).click()
    dialog(supervisor).get_by_role("button", name=tour).click()
    card = supervisor.get_by_role("complementary", name=tour)
    expect(card).to_contain_text("看一看首页")
    press(card, WORDS("help.next"))
    expect(card).to_contain_text("打开任务")
    supervisor.get_by_role("navigation").get_by_role("link", name=WORDS("common.nav.tasks")).first.click()
    expect(card).to_have_count(0)
