"""What a task costs a person: actions counted, and the time that a practised hand needs for them.

The time follows the keystroke-level model of Card, Moran and Newell (1980): operators with fixed times for somebody who knows
what to do. It says nothing about finding out what to do, and nothing about how fast the machine answers.
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from playwright.sync_api import Locator, Page

from tests.browser.chromium import ROOT

REPORT = ROOT / "test-results/practice"
KEY = 0.2
"""Seconds for a key, of a person who types 55 words a minute."""
POINT = 1.1
PRESS = 0.2
"""A button of the mouse, down and up."""
HOME = 0.4
"""The hand from the keyboard to the mouse, or back."""
THINK = 1.35
"""Before each step of its own."""
KEYS_OF_A_CHARACTER = 2.5
"""Keys for a Chinese character through an input method that knows words."""


@dataclass
class Hand:
    """Works a page, and keeps count."""

    page: Page
    task: str
    limit_minutes: float | None = None
    clicks: int = 0
    drags: int = 0
    keys: float = 0
    steps: int = 0
    _is_at_mouse: bool = field(default=True, repr=False)
    _moves: int = field(default=0, repr=False)

    def step(self) -> None:
        """Begin a step that a person would think about."""
        self.steps += 1

    def click(self, place: Locator) -> None:
        """Click on something."""
        self._reach(to_mouse=True)
        self.clicks += 1
        place.click()

    def fill(self, place: Locator, text: str) -> None:
        """Click into a field and type over what it holds."""
        self.click(place)
        self._reach(to_mouse=False)
        self.keys += cost(text)
        place.fill(text)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self._reach(to_mouse=False)
        self.keys += cost(text)
        self.page.keyboard.insert_text(text)

    def press(self, *keys: str) -> None:
        """Press keys, one after another; ``Control+K`` counts as two."""
        self._reach(to_mouse=False)
        for key in keys:
            self.keys += key.count("+") + 1
            self.page.keyboard.press(key)

    def drag(self, place: Locator, to: Locator) -> None:
        """Drag something somewhere, in small moves as a hand does."""
        self._reach(to_mouse=True)
        self.drags += 1
        place.scroll_into_view_if_needed()
        start, end = place.bounding_box(), to.bounding_box()
        assert start is not None
        assert end is not None
        mouse = self.page.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(start["x"] + start["width"] / 2 + 8, start["y"] + start["height"] / 2 + 8, steps=3)
        mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=12)
        mouse.up()

    @property
    def actions(self) -> int:
        """Return clicks, drags and entries."""
        return self.clicks + self.drags + self._moves

    @property
    def seconds(self) -> float:
        """Return the time that a practised hand needs."""
        pointing = self.clicks * (POINT + PRESS) + self.drags * (2 * POINT + PRESS)
        return pointing + self.keys * KEY + self._moves * HOME + self.steps * THINK

    def report(self) -> None:
        """Write the count down, and hold it against the limit where the task has one."""
        REPORT.mkdir(parents=True, exist_ok=True)
        found = {
            "task": self.task,
            "clicks": self.clicks,
            "drags": self.drags,
            "keys": round(self.keys),
            "steps": self.steps,
            "minutes": round(self.seconds / 60, 1),
            "limit_minutes": self.limit_minutes,
        }
        name = os.environ.get("PYTEST_CURRENT_TEST", self.task).split("::")[-1].split(" ")[0]
        path = REPORT / f"{name}-{crc32(self.task.encode()) % 10_000}.json"
        path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        assert self.limit_minutes is None or self.seconds / 60 <= self.limit_minutes, found

    def _reach(self, *, to_mouse: bool) -> None:
        if to_mouse is not self._is_at_mouse:
            self._is_at_mouse = to_mouse
            self._moves += 1


def cost(text: str) -> float:
    """Return the keys that a text takes."""
    return sum(1 if ord(each) < 0x2E80 else KEYS_OF_A_CHARACTER for each in text)


def reported(folder: Path = REPORT) -> list[str]:
    """Return a line for each task that was reported, and forget them."""
    lines = []
    for path in sorted(folder.glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        path.unlink()
        limit = f" (limit {found['limit_minutes']:g})" if found["limit_minutes"] else ""
        lines.append(
            f"{found['task']}: {found['clicks']} clicks, {found['drags']} drags, {found['keys']} keys, "
            f"{found['steps']} steps, {found['minutes']} min for a practised hand{limit}"
        )
    return lines
