"""Text as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaolu.kit.text import clean_block, clean_line, is_blank

ANY = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    "text", [None, "", " ", "\u3000", "\u200b\u200b", "\n\t", "\ufeff", "\u2800", "\u3164", "\u00ad "]
)
def test_what_cannot_be_seen_is_blank(text: str | None) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["。", "a", " 好 ", "👍", "-"])
def test_what_can_be_seen_is_not(text: str) -> None:
    assert not is_blank(text)


@given(ANY)
def test_cleaning_is_done_once(text: str) -> None:
    for clean in (clean_line, clean_block):
        cleaned = clean(text)
        assert clean(cleaned) == cleaned
        assert "\x00" not in cleaned
        cleaned.encode()


@given(ANY)
def test_a_line_is_one_line(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1


def test_lines_of_a_block_stay() -> None:
    assert clean_block("a\r\nb\rc\u2028d\n") == "a\nb\nc\nd"
