"""How Chinese text sounds: order, and what a search finds."""

from hypothesis import given
from hypothesis import strategies as st

from xiaolu.kit.pinyin import MOST_TOKENS, query_tokens, search_tokens, sort_key, syllables


def found(text: str, query: str) -> bool:
    tokens = search_tokens([text])
    wanted = query_tokens(query)
    return bool(wanted) and all(any(each.startswith(one) for each in tokens) for one in wanted)


def test_names_sort_by_sound() -> None:
    names = ["张三", "重庆长安", "阿里", "银行", "abc", "李四", "单县", "Zebra", "12"]
    ordered = sorted(names, key=lambda each: sort_key(each) or "")
    assert ordered == ["12", "阿里", "abc", "重庆长安", "李四", "单县", "银行", "Zebra", "张三"]


def test_words_are_read_as_people_read_them() -> None:
    assert syllables("重庆") == ("chong", "qing")
    assert syllables("银行行长") == ("yin", "hang", "hang", "zhang")
    assert syllables("绿") == ("lv",)
    assert sort_key(None) is None
    assert sort_key("甲") != sort_key("钾")  # one sound, two characters


def test_a_name_is_found_by_any_part() -> None:
    name = "宁波海天塑机集团有限公司 HT-2000"
    for query in ("海天", "塑", "司", "有限公司", "nbht", "htsj", "haitian", "ningbo", "ht", "2000", "HT", "海天 ht"):
        assert found(name, query), query
    for query in ("上海", "tianhai", "天海", "3000", "海天 abc"):
        assert not found(name, query), query


def test_a_phone_is_found_by_its_end() -> None:
    assert found("13812345678", "5678")
    assert found("13812345678", "138")
    assert not found("13812345678", "9999")


@given(st.text(max_size=60))
def test_every_text_finds_itself(text: str) -> None:
    if query_tokens(text):
        assert found(text, text)


@given(st.lists(st.text(max_size=400), max_size=5))
def test_tokens_are_plain_bounded_and_sorted(texts: list[str]) -> None:
    tokens = search_tokens(texts)
    assert tokens == sorted(set(tokens))
    assert len(tokens) <= MOST_TOKENS
    assert all(each and " " not in each for each in tokens)
