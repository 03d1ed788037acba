"""What a person sees, in a real browser: a grid of all records flung and dragged through, and a board of 2,000 cards.

The browser draws without a graphics card here, and shares the cores with server and database: figures are a floor.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, sync_playwright
from tests.browser.chromium import FLAGS, unpack_chromium

from benchmarks.cases import Line
from benchmarks.place import Place

SAMPLING = Path(__file__).with_name("sampling.js")
CARDS = 2_000
FLINGS = 6
FLING_PIXELS, FLING_SPEED = 24_000, 8_000
"""A strong flick of a finger; a long grid is compressed, so that its rows go by some five times faster."""
BLANK_MS = 100.0
FRAME_MS = 17.0
"""A sixtieth of a second, with the jitter of the browser's own clock."""


@dataclass(frozen=True, slots=True)
class Frames:
    """What a stretch of frames looked like, in milliseconds."""

    times: list[float]
    work: list[float]
    blank: float
    places: int
    """How many different rows stood at the top."""

    def frame(self, share: float) -> float:
        """Return a percentile of the time from one frame to the next."""
        return _percentile(self.times, share)

    @property
    def script(self) -> float:
        """Return the 95th percentile of the work that the page itself does for a frame."""
        return _percentile(self.work, 0.95)


def _percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


@contextmanager
def browser_page(url: str, headers: Mapping[str, str]) -> Iterator[Page]:
    """Open a page of the client as somebody who is signed in."""
    chromium = unpack_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable, args=list(FLAGS), env=dict(chromium.environment)
        )
        context = browser.new_context(base_url=url, viewport={"width": 1440, "height": 900}, service_workers="block")
        cookies = SimpleCookie(headers["Cookie"])
        context.add_cookies([{"name": name, "value": each.value, "url": url} for name, each in cookies.items()])
        context.add_init_script(path=SAMPLING)
        page = context.new_page()
        page.set_default_timeout(60_000)
        yield page
        browser.close()


@contextmanager
def sampled(page: Page, found: list[Frames], *, grid: bool) -> Iterator[None]:
    """Sample the frames of what is done inside."""
    page.evaluate("(grid) => sampling.start(grid)", grid)
    yield
    page.wait_for_timeout(500)
    kept: dict[str, Any] = page.evaluate("() => sampling.stop()")
    found.append(Frames(kept["frames"], kept["work"], kept["longestBlank"], kept["places"]))


def fling(page: Page, target: Locator, *, down: bool, pixels: int = FLING_PIXELS) -> None:
    """Flick over something, as a finger does."""
    box = target.bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    session.send(
        "Input.synthesizeScrollGesture",
        {
            "x": box["x"] + box["width"] / 2,
            "y": box["y"] + box["height"] / 2,
            "yDistance": -pixels if down else pixels,
            "speed": FLING_SPEED,
            "gestureSourceType": "touch",
        },
    )
    session.detach()


def measure_scroll(page: Page, rows: int) -> Iterator[Line]:
    """Fling through the grid at three places, and drag the thumb from its first row to its last and back."""
    page.goto("/v/deal_all")
    grid = page.get_by_role("grid")
    grid.get_by_role("link").first.wait_for()
    flung: list[Frames] = []
    for share in (0.0, 0.5, 0.9):
        page.evaluate("(share) => sampling.drag(share, 0.2)", share)
        page.wait_for_timeout(1_000)
        for number in range(FLINGS):
            with sampled(page, flung, grid=True):
                fling(page, grid, down=number % 3 != 2)
    yield _grid_line(f"grid of {rows:,} rows, longest blank while flung", flung)
    dragged: list[Frames] = []
    for share in (0.0, 1.0, 0.0):
        with sampled(page, dragged, grid=True):
            page.evaluate("(share) => sampling.drag(share, 5)", share)
    yield _grid_line(f"grid of {rows:,} rows, longest blank while its thumb is dragged", dragged)


def _grid_line(what: str, runs: list[Frames]) -> Line:
    blank = max(each.blank for each in runs)
    places = sum(each.places for each in runs)
    times = Frames([time for each in runs for time in each.times], [], 0, 0)
    shown = f"{blank:.0f} ms; {places} places shown; frames p50 {times.frame(0.5):.0f} p95 {times.frame(0.95):.0f} ms"
    return Line(what, shown, "—", "—", f"≤ {BLANK_MS:.0f} ms", blank <= BLANK_MS)


def measure_board(page: Page, view: str) -> Iterator[Line]:
    """Scroll a board of 2,000 cards to the end of a column, and carry a card over all columns and back."""
    page.goto(view)
    columns = page.locator("section[aria-label] > section")
    page.get_by_role("article").first.wait_for()
    scrolled: list[Frames] = []
    with sampled(page, scrolled, grid=False):
        for _ in range(4):
            fling(page, columns.first, down=True)
        fling(page, columns.first, down=False, pixels=4 * FLING_PIXELS)
    yield _board_line("board of 2,000 cards, frames while a column is flung", scrolled[0])
    carried: list[Frames] = []
    card = page.get_by_role("article").first.bounding_box()
    wide = page.viewport_size
    assert card is not None
    assert wide is not None
    x, y = card["x"] + card["width"] / 2, card["y"] + card["height"] - 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 12, steps=4)
    with sampled(page, carried, grid=False):
        for goal in (wide["width"] - 200, x, wide["width"] - 200, x):
            page.mouse.move(goal, y + 200, steps=90)
    page.keyboard.press("Escape")
    page.mouse.up()
    yield _board_line("board of 2,000 cards, frames while a card is carried", carried[0])


def _board_line(what: str, frames: Frames) -> Line:
    shown = f"p95 {frames.frame(0.95):.1f} ms (p50 {frames.frame(0.5):.1f}, {len(frames.times)} frames), own work p95 {frames.script:.1f} ms"
    return Line(what, shown, "—", "—", f"≤ {FRAME_MS:.0f} ms", frames.frame(0.95) <= FRAME_MS)


def scrolls(here: Place) -> Iterator[Line]:
    """Scroll through all records."""
    with browser_page(here.url, here.tokens["admin"]) as page:
        yield from measure_scroll(page, here.rows)


def boards(here: Place) -> Iterator[Line]:
    """Move a board that a filter narrows to 2,000 cards."""
    here.sql("UPDATE r_deal SET product = 'board' WHERE id IN (SELECT id FROM r_deal ORDER BY id LIMIT $1)", CARDS)
    with browser_page(here.url, here.tokens["admin"]) as page:
        yield from measure_board(page, '/v/deal_board?filter={"field":"product","op":"eq","value":"board"}')
