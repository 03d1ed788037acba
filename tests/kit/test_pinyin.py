"""Chinese sorts by sound, and is found by words of two characters, by pinyin and by initials."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.pinyin_tables import FOLDER, characters_text, phrases_text
from xiaolu.kit.pinyin import LONGEST_TOKEN, MOST_TOKENS, query_tokens, search_tokens, sort_key, syllables


def is_found(text: str, query: str) -> bool:
    tokens = search_tokens([text])
    return all(any(token.startswith(wanted) for token in tokens) for wanted in query_tokens(query))


def test_the_tables_are_those_of_the_library() -> None:
    assert Path(FOLDER, "pinyin_characters.txt").read_text(encoding="utf-8") == characters_text()
    assert Path(FOLDER, "pinyin_phrases.txt").read_text(encoding="utf-8") == phrases_text()


def test_names_sort_by_sound() -> None:
    names = ["张三", "李四", "Zhang", "王芳", "阿里", "曾强", "重庆长安", "12号", "单伟", "解敏", "仇亮", "abc"]
    assert sorted(names, key=lambda each: sort_key(each) or "") == [
        "12号", "阿里", "abc", "重庆长安", "李四", "仇亮", "单伟", "王芳", "解敏", "曾强", "Zhang", "张三",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("重庆银行", "chong qing yin hang"),
        ("单位", "dan wei"),
        ("单伟", "shan wei"),
        ("曾经", "ceng jing"),
        ("曾国藩", "zeng guo fan"),
        ("解放路", "jie fang lu"),
        ("绿地", "lv di"),
        ("查询", "cha xun"),
        ("单", "dan"),
    ],
)
def test_characters_are_read_in_their_words(run: str, said: str) -> None:
    assert " ".join(syllables(run)) == said


@pytest.mark.parametrize(
    "query",
    [
        "宁波",
        "海曙",
        "机电",
        "设备有限",
        "公",
        "nbhs",
        "hsjd",
        "ningbo",
        "haishu",
        "ningbohaishu",
        "abc",
        "AB",
        "5678",
        "0574",
        "宁波 abc",
    ],
)
def test_a_record_is_found(query: str) -> None:
    assert is_found("宁波海曙机电设备有限公司 ABC-9 0574-87655678", query)


@pytest.mark.parametrize("query", ["波宁", "上海", "xyz", "宁波 xyz", "nbsh"])
def test_other_records_are_not_found(query: str) -> None:
    assert not is_found("宁波海曙机电设备有限公司 ABC-9", query)


@given(st.text(st.sampled_from("宁波海曙机电重庆长行单曾解abcXYZ019 -，"), max_size=40), st.data())
def test_every_part_of_a_chinese_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    part = text[start : start + data.draw(st.integers(1, 6))]
    if all(not each.isascii() for each in part):
        assert is_found(text, part)


@given(st.text(max_size=200))
def test_any_text_has_a_key_and_bounded_tokens(text: str) -> None:
    key = sort_key(text)
    assert key is not None
    assert sort_key(text) == key
    tokens = search_tokens([text, None])
    assert len(tokens) <= MOST_TOKENS
    assert tokens == sorted(set(tokens))
    assert all(0 < len(each) <= LONGEST_TOKEN for each in tokens)
    assert sort_key(None) is None
