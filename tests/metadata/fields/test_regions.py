"""Administrative divisions: codes, names as people write them, suggestions."""

from typing import Any

import pytest

from xiaolu.metadata.fields.nearest import nearest
from xiaolu.metadata.fields.regions import (
    divided_regions,
    find_regions,
    full_name,
    region_tree,
    regions,
    suggest_regions,
)


def test_the_list_is_whole() -> None:
    provinces = [each for each in regions().values() if each.parent is None]
    assert len(provinces) == 34
    assert len(regions()) > 3_100
    for each in regions().values():
        assert each.code.isdigit()
        assert len(each.code) == 6
        assert each.parent is None or each.parent in regions()


def test_every_division_is_found_by_its_full_name() -> None:
    for code in regions():
        name = full_name(code)
        assert name is not None
        assert find_regions(name) == (code,)
        assert find_regions(name.replace("/", "")) == (code,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("宁波", ["浙江省/宁波市"]),
        ("浙江 宁波 海曙", ["浙江省/宁波市/海曙区"]),
        ("宁波市海曙区", ["浙江省/宁波市/海曙区"]),
        ("北京市北京市朝阳区", ["北京市/朝阳区"]),
        ("北京市-市辖区-朝阳区", ["北京市/朝阳区"]),
        ("中国浙江省", ["浙江省"]),
        ("内蒙古呼和浩特", ["内蒙古自治区/呼和浩特市"]),
        ("新疆石河子市", ["新疆维吾尔自治区/石河子市"]),
        ("吉林市", ["吉林省/吉林市"]),
        ("朝阳区", ["北京市/朝阳区", "吉林省/长春市/朝阳区"]),
        ("火星", []),
        ("", []),
        ("宁波市海曙区解放路1号", []),
    ],
)
def test_names_as_people_write_them(text: str, names: list[str]) -> None:
    assert [full_name(each) for each in find_regions(text)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [("宁波海署区", "浙江省/宁波市/海曙区"), ("淅江省", "浙江省"), ("宁波市海蜀区", "浙江省/宁波市/海曙区")],
)
def test_the_nearest_name_is_suggested(text: str, name: str) -> None:
    assert suggest_regions(text)[0] == name


def test_a_long_list_is_searched_as_closely_as_a_short_one() -> None:
    names = [full_name(each) or each for each in regions()]
    near = [each for each in names if each.startswith(("浙江省/宁波市", "上海市"))]
    assert nearest("浙江省/宁波市/海蜀区", names) == nearest("浙江省/宁波市/海蜀区", near)


def test_the_tree_holds_every_division() -> None:
    def count(branch: list[dict[str, Any]]) -> int:
        return sum(1 + count(each["children"]) for each in branch)

    assert count(region_tree()) == len(regions())
    assert "441900" not in divided_regions()
