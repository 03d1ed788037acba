"""Each validator refuses with its name and the way out, and lets the boundary through."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaolu.files.content_types import short_name
from xiaolu.files.model import Place, StoredFile
from xiaolu.files.validators import Proof, Surroundings, check_proof, distance_metres, is_blank
from xiaolu.metadata.model.evidence import EvidenceRules, PlaceRule

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FACTORY = Place(29.868336, 121.54399)


def stored(**changes: Any) -> StoredFile:
    plain: dict[str, Any] = {
        "id": UUID(int=1), "name": "a.jpg", "size": 5000, "content_type": "image/jpeg", "sha256": "0" * 64, "created_at": NOW,
        "created_by": None, "width": 100, "height": 100,
    }  # fmt: skip
    return StoredFile(**{**plain, **changes})


def codes(
    rules: EvidenceRules,
    *,
    kind: str = "image",
    text: str | None = None,
    places: dict[str, Place] | None = None,
    **file: Any,
) -> list[str]:
    around = Surroundings(now=NOW, places=places or {})
    proof = Proof(kind=kind, file=stored(**file) if kind in {"file", "image"} else None, text=text)
    return [each.code for each in check_proof(proof, rules, around)]


def test_age() -> None:
    rules = EvidenceRules(max_age_hours=24)
    assert codes(rules, taken_at=NOW - timedelta(hours=24)) == []
    assert codes(rules, taken_at=NOW - timedelta(hours=24, minutes=1)) == ["evidence.max_age_hours"]
    assert codes(rules, taken_at=None) == ["evidence.exif_time"]
    assert codes(rules, taken_at=NOW + timedelta(hours=1)) == ["evidence.not_future"]


def test_time_must_be_there_and_not_in_the_future() -> None:
    assert codes(EvidenceRules(exif_time=True), taken_at=None) == ["evidence.exif_time"]
    assert codes(EvidenceRules(not_future=True), taken_at=NOW + timedelta(minutes=4)) == []
    assert codes(EvidenceRules(not_future=True), taken_at=NOW + timedelta(minutes=6)) == ["evidence.not_future"]


def test_place() -> None:
    rules = EvidenceRules(exif_place=PlaceRule(field="customer.site", metres=300))
    near, far = Place(29.8700, 121.54399), Place(29.9, 121.54399)
    places = {"customer.site": FACTORY}
    assert codes(rules, place=near, places=places) == []
    assert codes(rules, place=far, places=places) == ["evidence.exif_place_far"]
    assert codes(rules, place=None, places=places) == ["evidence.exif_place"]
    assert codes(rules, place=near) == ["evidence.exif_place_unknown"]
    fixed = EvidenceRules(exif_place=PlaceRule(latitude=29.868336, longitude=121.54399, metres=300))
    assert codes(fixed, place=near) == []


def test_type_and_size() -> None:
    rules = EvidenceRules(content_types=("application/pdf", "image/*"), min_bytes=1000, max_bytes=6000)
    assert codes(rules, kind="file") == []
    assert codes(rules, kind="file", content_type="text/html", width=None) == ["evidence.content_types"]
    assert short_name("image/*") == "JPG/PNG/WEBP"
    assert short_name("application/vnd.openxmlformats-officedocument.*") == "DOCX/XLSX/PPTX"
    assert [short_name(each) for each in ("application/pdf", "text/plain", DOCX)] == ["PDF", "TXT", "DOCX"]
    assert codes(rules, kind="file", size=6001) == ["evidence.max_bytes"]
    assert codes(rules, kind="file", size=999) == ["evidence.min_bytes"]
    assert codes(EvidenceRules(), kind="image", width=None) == ["evidence.not_an_image"]


def test_several_problems_come_at_once() -> None:
    rules = EvidenceRules(content_types=("application/pdf",), max_bytes=10, exif_time=True)
    assert codes(rules, kind="file") == ["evidence.content_types", "evidence.max_bytes", "evidence.exif_time"]


@pytest.mark.parametrize("text", ["", "  ", "。。。", "无", "已跟进！", " OK. ", "11111", "同上"])
def test_empty_phrases(text: str) -> None:
    assert codes(EvidenceRules(), kind="text", text=text) == ["evidence.phrases"]


def test_text_length_and_own_phrases() -> None:
    rules = EvidenceRules(min_length=10, phrases=("客户很满意 没有问题",))
    assert codes(rules, kind="text", text="客户要求周五前报价") == ["evidence.min_length"]
    assert codes(rules, kind="text", text="客户要求本周五前报价") == []
    assert codes(rules, kind="text", text="客户很满意，没有问题。") == ["evidence.phrases"]


@pytest.mark.parametrize(
    ("text", "blank"), [(None, True), ("", True), ("\u3000\n", True), ("……！？—_", True), ("好", False), ("👍", True)]
)
def test_blank_remarks(text: str | None, blank: bool) -> None:
    assert is_blank(text) is blank


points = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180))


@given(points, points)
def test_distance_is_symmetric_and_bounded(one: Place, other: Place) -> None:
    assert distance_metres(one, one) == pytest.approx(0, abs=1e-3)
    assert distance_metres(one, other) == pytest.approx(distance_metres(other, one), rel=1e-9, abs=1e-3)
    assert 0 <= distance_metres(one, other) <= 20_037_600


def test_distance_of_a_known_pair() -> None:
    assert distance_metres(Place(31.2304, 121.4737), Place(39.9042, 116.4074)) == pytest.approx(1_067_000, rel=0.005)
