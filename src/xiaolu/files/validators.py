"""Validators of proof: does what was handed in show what its slot asks for? All problems at once, each with the way out."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from xiaolu.files.content_types import matches, short_name
from xiaolu.files.model import Place, StoredFile
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.evidence import EvidenceRules

EMPTY_PHRASES = frozenset(
    {
        "无", "没有", "没", "暂无", "暂时没有", "略", "同上", "如上", "好", "好的", "是", "可以", "已跟进", "跟进中", "正常", "知道了",
        "收到", "测试", "不知道", "待补充", "待定", "none", "na", "nil", "null", "nothing", "ok", "okay", "yes", "no", "done", "test",
        "tbd", "todo", "asdf", "followedup", "same", "sameasabove",
    }
)  # fmt: skip
"""Texts that say nothing, without blanks and punctuation, in lower case."""

EARTH_RADIUS_METRES = 6_371_008.8
CLOCK_TOLERANCE = timedelta(minutes=5)
"""How far a camera's clock may run ahead."""

_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What somebody hands in."""

    kind: str
    """file, image, text or link."""
    file: StoredFile | None = None
    text: str | None = None
    link_entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the proof is held against."""

    now: datetime
    time_zone: str = "Asia/Shanghai"
    places: Mapping[str, Place] | None = None
    """Location fields of the record by path, where they are filled."""


def check_proof(proof: Proof, rules: EvidenceRules, around: Surroundings) -> list[Problem]:
    """Return everything that is wrong with a proof; nothing: it is accepted."""
    found: list[Problem] = []
    if proof.file is not None:
        found += _check_content(proof.kind, proof.file, rules)
        found += _check_time(proof.file, rules, around)
        if rules.exif_place is not None:
            found += _check_place(proof.file, rules, around)
    if proof.kind == "text":
        found += _check_text(proof.text or "", rules)
    if proof.kind == "link" and rules.entity and proof.link_entity != rules.entity:
        found.append(problem("evidence.entity", "record", wanted=rules.entity))
    return found


def word_count(text: str) -> int:
    """Return how many letters and digits a text has, each Chinese character counting as one."""
    return len(_NOT_WORD.sub("", text))


def is_blank(text: str | None, minimum: int = 1) -> bool:
    """Tell whether a text has fewer than ``minimum`` letters or digits: blanks and punctuation say nothing."""
    return word_count(text or "") < max(minimum, 1)


def distance_metres(one: Place, other: Place) -> float:
    """Return the great-circle distance between two points."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    half_turn = math.radians(other.longitude - one.longitude) / 2
    chord = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(half_turn) ** 2
    return 2 * EARTH_RADIUS_METRES * math.asin(min(1.0, math.sqrt(chord)))


def _check_content(kind: str, file: StoredFile, rules: EvidenceRules) -> Iterator[Problem]:
    if kind == "image" and not file.is_image:
        yield problem("evidence.not_an_image", "file", found=file.content_type)
    elif rules.content_types and not matches(file.content_type, rules.content_types):
        yield problem(
            "evidence.content_types",
            "file",
            found=short_name(file.content_type),
            wanted=[short_name(each) for each in rules.content_types],
        )
    if rules.max_bytes is not None and file.size > rules.max_bytes:
        yield problem("evidence.max_bytes", "file", size=_size(file.size), limit=_size(rules.max_bytes))
    if file.size < max(rules.min_bytes or 0, 1):
        yield problem("evidence.min_bytes", "file", size=_size(file.size), limit=_size(max(rules.min_bytes or 0, 1)))


def _check_time(file: StoredFile, rules: EvidenceRules, around: Surroundings) -> Iterator[Problem]:
    if file.taken_at is None:
        if rules.exif_time or rules.max_age_hours is not None:
            yield problem("evidence.exif_time", "file")
        return
    taken = file.taken_at.astimezone(ZoneInfo(around.time_zone)).strftime("%Y-%m-%d %H:%M")
    if (rules.not_future or rules.max_age_hours is not None) and file.taken_at > around.now + CLOCK_TOLERANCE:
        yield problem("evidence.not_future", "file", taken=taken)
    if rules.max_age_hours is not None and around.now - file.taken_at > timedelta(hours=rules.max_age_hours):
        yield problem("evidence.max_age_hours", "file", taken=taken, hours=rules.max_age_hours)


def _check_place(file: StoredFile, rules: EvidenceRules, around: Surroundings) -> Iterator[Problem]:
    rule = rules.exif_place
    if rule is None:
        return
    wanted = (around.places or {}).get(rule.field or "")
    if rule.latitude is not None and rule.longitude is not None:
        wanted = Place(rule.latitude, rule.longitude)
    if file.place is None:
        yield problem("evidence.exif_place", "file")
    elif wanted is None:
        yield problem("evidence.exif_place_unknown", "file", field=rule.field)
    else:
        distance = distance_metres(file.place, wanted)
        if distance > rule.metres:
            yield problem("evidence.exif_place_far", "file", distance=round(distance), metres=round(rule.metres))


def _check_text(text: str, rules: EvidenceRules) -> Iterator[Problem]:
    bare = _NOT_WORD.sub("", text).lower()
    if not bare or bare in EMPTY_PHRASES or len(set(bare)) == 1 or bare in {_bare(each) for each in rules.phrases}:
        yield problem("evidence.phrases", "text")
    elif rules.min_length is not None and len(bare) < rules.min_length:
        yield problem("evidence.min_length", "text", have=len(bare), need=rules.min_length)


def _bare(text: str) -> str:
    return _NOT_WORD.sub("", text).lower()


def _size(size: int) -> str:
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
