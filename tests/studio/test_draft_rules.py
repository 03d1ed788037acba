"""Edits as pure functions: the cases that the client's own implementation answers too, and where edits meet."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from xiaolu.kit.i18n import LANGUAGES, Label, catalogue
from xiaolu.metadata.fields.registry import FIELD_TYPES
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.studio.draft.keys import key_of
from xiaolu.studio.draft.model import RUNNING, Edit, Op
from xiaolu.studio.draft.rules import NoPlace, apply_ops, clashes

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("draft_cases.json").read_text("utf-8"))["cases"]


def _ops(given: list[dict[str, Any]]) -> list[Op]:
    return [Op(op=e["op"], path=tuple(e["path"]), value=e.get("value"), before=e.get("before")) for e in given]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_shared_cases(case: dict[str, Any]) -> None:
    before = json.dumps(case["before"])
    if "error" in case:
        with pytest.raises(NoPlace) as refused:
            apply_ops(case["before"], _ops(case["ops"]))
        assert list(refused.value.path) == case["error"]
    else:
        assert apply_ops(case["before"], _ops(case["ops"])) == case["after"]
    assert json.dumps(case["before"]) == before


def _edit(*ops: Op) -> Edit:
    now = datetime(2026, 7, 1, tzinfo=UTC)
    return Edit(revision=1, kind="edit", author_id=None, author_name="李四", at=now, label="改", ops=ops)


def _put(path: str, value: Any = 1) -> Op:
    return Op(op="put", path=tuple(path.split("/")), value=value)


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (_put("a/x/label"), _put("a/x/label", 2), True),
        (_put("a/x/label"), _put("a/x/label", 1), False),
        (_put("a/x/label"), _put("a/x/help"), False),
        (_put("a/x/label"), Op(op="drop", path=("a", "x")), True),
        (Op(op="drop", path=("a", "x")), Op(op="drop", path=("a", "x")), False),
        (Op(op="drop", path=("a", "x")), _put("a/x/label"), True),
        (Op(op="place", path=("a", "x")), _put("a/x/label"), False),
        (Op(op="place", path=("a", "x")), Op(op="place", path=("a", "x"), before="y"), False),
        (Op(op="place", path=("a", "x")), Op(op="drop", path=("a", "x")), True),
        (_put("a", []), Op(op="place", path=("a", "x")), True),
    ],
)
def test_where_edits_meet(mine: Op, theirs: Op, expected: bool) -> None:
    assert bool(clashes([mine], [_edit(theirs)])) is expected


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("期望时间", "qiwangshijian"),
        ("Due date", "due_date"),
        ("A级客户", "a_jikehu"),
        ("2026年", "x_2026_nian"),
        ("🙂", "x"),
    ],
)
def test_keys_are_spoken(label: str, key: str) -> None:
    assert key_of(label) == key


def test_every_setting_that_may_differ_has_a_name_in_both_languages() -> None:
    settings: set[str] = {RUNNING}
    seen: set[Any] = set()

    def walk(kind: Any) -> None:
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            if kind in seen or kind is Label:
                return
            seen.add(kind)
            settings.update(each.encode_name for each in msgspec.structs.fields(kind))
            walk(tuple(get_type_hints(kind).values()))
        for part in kind if isinstance(kind, tuple) else get_args(kind):
            walk(part)

    walk((Definitions, *(each.options for each in FIELD_TYPES.values())))
    for language in LANGUAGES:
        assert [each for each in sorted(settings) if f"studio.part.{each}" not in catalogue(language)] == []
