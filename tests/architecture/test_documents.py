"""Documents stay true: generated pages are current, links lead somewhere, settings are told."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from tools.field_reference import TARGET, render

from xiaolu.kit.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_the_field_reference_is_current() -> None:
    assert TARGET.read_text("utf-8") == render()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize(
    ("page", "language", "quoted"), [("studio.md", "en", r"\*([^*\n]+)\*"), ("studio.zh.md", "zh", r"“([^”]+)”")]
)
def test_the_guide_says_what_the_screens_say(page: str, language: str, quoted: str) -> None:
    texts = "\n".join(each.read_text("utf-8") for each in (ROOT / "client/src/i18n" / language).glob("*.ts"))
    words = re.findall(quoted, (ROOT / "docs/guide" / page).read_text("utf-8"))
    assert [each for each in words if each not in texts] == []


def test_readers_are_addressed_in_one_way() -> None:
    spoken = ["client/src/i18n/zh/*.ts", "src/xiaolu/messages/zh/*.yaml", "src/xiaolu/**/*.yaml", "suite/**/*.yaml"]
    files = {each for pattern in spoken for each in ROOT.glob(pattern)}
    assert [each.name for each in files if "您" in each.read_text("utf-8")] == []


def test_every_setting_is_told() -> None:
    text = (ROOT / "docs" / "guide" / "operating.md").read_text("utf-8")
    missing = [each.name for each in fields(Settings) if f"XIAOLU_{each.name.upper()}" not in text]
    assert not missing
