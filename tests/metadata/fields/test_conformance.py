"""One suite over every field type: what each must do, whatever it is."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Database, Run
from tests.metadata.fields.cases import CASES, NAMES, Case
from tests.metadata.spoken import assert_spoken
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import LANGUAGES, Language, message
from xiaolu.metadata.fields.protocol import OPERATORS, FieldType, Parsed, Refusal
from xiaolu.metadata.fields.registry import FIELD_TYPES, field_type, has_sort_key
from xiaolu.metadata.model.entity import Field

EVERY = pytest.mark.parametrize("key", sorted(FIELD_TYPES))
BOTH = pytest.mark.parametrize("language", LANGUAGES)

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()), max_size=40)
    | st.sampled_from(["1,234.5元", "2026/1/5", "是", "25%", "新客", "13812345678", "☆", "-", "￥", "1e400", "()", "，", "2026-02-30", "1:99"])
    | st.dates()
    | st.datetimes()
    | st.datetimes(timezones=st.just(UTC))
    | st.times()
    | st.decimals()
    | st.uuids(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.sampled_from(["lat", "lng", "at", "id"]), inner, max_size=4),
    max_leaves=6,
)  # fmt: skip


def case_of(key: str) -> tuple[FieldType, Case]:
    return field_type(key), CASES[key]


def accepted(found: Parsed) -> Any:
    assert found.problems == (), found.problems
    return found.value


def test_every_type_has_a_case() -> None:
    assert set(CASES) == set(FIELD_TYPES)


@EVERY
def test_settings_of_the_case_are_sound(key: str) -> None:
    kind, case = case_of(key)
    assert kind.check_definition(case.field(key)) == []


@EVERY
def test_unknown_settings_are_named(key: str) -> None:
    kind, case = case_of(key)
    field = msgspec.structs.replace(case.field(key), options={**case.options, "bogus_setting": 1})
    found = kind.check_definition(field)
    assert [each.path for each in found] == [("options", "bogus_setting")]
    assert_spoken(found)


@EVERY
@BOTH
def test_the_label_is_a_message_too(key: str, language: Language) -> None:
    assert message(f"field_type.{key}", {}, language) == FIELD_TYPES[key].label.text(language)


@EVERY
def test_good_input_is_read(key: str) -> None:
    kind, case = case_of(key)
    for given_value, expected in case.good:
        assert accepted(kind.parse(given_value, case.field(key), NAMES)) == expected, given_value


@EVERY
def test_what_is_dumped_is_read_back(key: str) -> None:
    kind, case = case_of(key)
    for _, value in case.good:
        dumped = json.loads(json.dumps(kind.dump(value, case.field(key))))
        assert accepted(kind.parse(dumped, case.field(key), NAMES)) == value


@EVERY
def test_a_canonical_value_is_read_as_it_is(key: str) -> None:
    kind, case = case_of(key)
    for _, value in case.good:
        assert accepted(kind.parse(value, case.field(key), NAMES)) == value


@EVERY
def test_bad_input_is_refused_with_the_reason(key: str) -> None:
    kind, case = case_of(key)
    assert case.bad
    for given_value, code in case.bad:
        found = kind.parse(given_value, case.field(key), NAMES)
        assert [each.code for each in found.problems] == [code], given_value
        assert found.value is None
        assert_spoken(found.problems)


@EVERY
@pytest.mark.parametrize("empty", [None, "", "  ", "\u3000"])
def test_empty_input_is_no_value(key: str, empty: Any) -> None:
    kind, case = case_of(key)
    if (
        empty
        and not kind.is_text
        and key in {"user", "department", "relation", "many_to_many", "file", "sub_table", "location"}
    ):
        return
    field = case.field(key)
    if empty in (None, ""):
        assert accepted(kind.parse(empty, field, NAMES)) is None
    assert accepted(kind.read_cell(empty, field, NAMES)) is None


@EVERY
def test_cells_are_read(key: str) -> None:
    kind, case = case_of(key)
    for cell, expected in case.cells:
        assert accepted(kind.read_cell(cell, case.field(key), NAMES)) == expected, cell


@EVERY
@BOTH
def test_what_is_exported_can_be_imported(key: str, language: Language) -> None:
    kind, case = case_of(key)
    if not case.is_exported:
        return
    field = case.field(key)
    for _, value in case.good:
        cell = kind.export(value, field, NAMES, language)
        assert cell is None or isinstance(cell, (str, int, float, bool, Decimal, date, datetime))
        assert not isinstance(cell, datetime) or cell.tzinfo is None
        assert accepted(kind.read_cell(cell, field, NAMES)) == value, cell


@EVERY
@BOTH
def test_values_are_shown(key: str, language: Language) -> None:
    kind, case = case_of(key)
    assert kind.display(None, case.field(key), NAMES, language) == ""
    assert kind.export(None, case.field(key), NAMES, language) is None
    for _, value in case.good:
        assert kind.display(value, case.field(key), NAMES, language).strip()


@EVERY
def test_operators_are_known(key: str) -> None:
    kind, case = case_of(key)
    operators = kind.operators_of(case.field(key))
    assert operators
    assert set(operators) <= set(OPERATORS)
    assert len(set(operators)) == len(operators)


@EVERY
def test_operands_are_read_without_limits(key: str) -> None:
    kind, case = case_of(key)
    read = kind.reader(case.field(key), is_limited=False)
    for _, value in case.good:
        assert read(value, NAMES) == value


@EVERY
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(junk=JUNK)
def test_junk_never_breaks_anything(key: str, junk: Any) -> None:
    kind, case = case_of(key)
    field = case.field(key)
    for found in (kind.parse(junk, field, NAMES), kind.read_cell(junk, field, NAMES)):
        assert_spoken(found.problems)
        if found.problems:
            assert found.value is None
        elif found.value is not None and key != "sub_table":
            assert_storable(found.value)
            dumped = json.loads(json.dumps(kind.dump(found.value, field)))
            assert accepted(kind.parse(dumped, field, NAMES)) == found.value
            kind.display(found.value, field, NAMES, "zh")
            kind.export(found.value, field, NAMES, "en")
    operand = kind.reader(field, is_limited=False)(junk, NAMES)
    assert isinstance(operand, Refusal) or operand is None or key == "sub_table" or assert_storable(operand)


def test_values_survive_the_database(database: Database, run: Run) -> None:
    async def scenario() -> None:
        connection = await database.connect()
        await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
        try:
            for key in sorted(FIELD_TYPES):
                kind, case = case_of(key)
                storage = kind.storage(case.field(key))
                assert (storage is None) == (key in {"many_to_many", "sub_table"})
                if storage is not None:
                    await assert_kept(connection, kind, case.field(key), [value for _, value in case.good])
        finally:
            await connection.close()

    run(scenario())


async def assert_kept(connection: "asyncpg.Connection[Any]", kind: FieldType, field: Field, values: list[Any]) -> None:
    """What is written into the field's column is read from it."""
    storage = kind.storage(field)
    assert storage is not None
    table = f"probe_{field.type}"
    await connection.execute(f"CREATE TEMPORARY TABLE {table} (value {storage.type})")
    for value in values:
        await connection.execute(f"TRUNCATE {table}")
        await connection.execute(f"INSERT INTO {table} VALUES ($1)", value)
        stored = await connection.fetchval(f"SELECT value FROM {table}")
        assert stored == value
        assert kind.dump(stored, field) == kind.dump(value, field)


TEXTS = [
    "12",
    "-3.5",
    "1,234.50",
    "9" * 20,
    "2026-01-05",
    "2026-13-45",
    "x",
    "",
    " ",
    "是",
    "a\nb",
    "<b>&",
    "{1}",
    "1e5",
]


def test_casts_convert_whole_columns(database: Database, run: Run) -> None:
    async def scenario() -> None:
        connection = await database.connect()
        await connection.execute("SET TIME ZONE 'Asia/Shanghai'")
        try:
            for key in sorted(FIELD_TYPES):
                for target_key, template in FIELD_TYPES[key].casts().items():
                    await assert_cast(connection, key, target_key, template)
        finally:
            await connection.close()

    run(scenario())


async def assert_cast(connection: "asyncpg.Connection[Any]", key: str, target_key: str, template: str) -> None:
    """The cast runs over a whole column, odd values among them, and gives what the target's type can hold."""
    (kind, case), (target, target_case) = case_of(key), case_of(target_key)
    storage, wanted = kind.storage(case.field(key)), target.storage(target_case.field(target_key))
    assert storage is not None
    assert wanted is not None
    assert template.replace("{value}", "").count("{") == 0
    values = [value for _, value in case.good] + [None] + (TEXTS if storage.type == "text" else [])
    table = f"probe_{key}_{target_key}"
    await connection.execute(f"CREATE TEMPORARY TABLE {table} (value {storage.type})")
    await connection.executemany(f"INSERT INTO {table} VALUES ($1)", [(value,) for value in values])
    cast = template.replace("{value}", "value")
    await connection.execute(f"ALTER TABLE {table} ALTER COLUMN value TYPE {wanted.type} USING ({cast})")
    await assert_readable(connection, target, target_key, table)


async def assert_readable(
    connection: "asyncpg.Connection[Any]", target: FieldType, target_key: str, table: str
) -> None:
    """Every value that came out of a cast is one that the target's type could hold."""
    field = CASES[target_key].field(target_key)
    read = target.reader(field, is_limited=False)
    for row in await connection.fetch(f"SELECT value FROM {table} WHERE value IS NOT NULL"):
        outcome = read(row["value"], NAMES)
        if isinstance(outcome, Refusal):
            assert target_key in {"single_select", "multi_select"}, (target_key, row["value"])


@EVERY
def test_sort_keys_are_for_text_columns(key: str) -> None:
    kind, case = case_of(key)
    field = case.field(key)
    storage = kind.storage(field)
    if has_sort_key(field):
        assert storage is not None
        assert storage.type == "text"
        assert kind.is_text
        assert not kind.is_computed
    if kind.is_text:
        assert kind.value_type(field) == ValueType.TEXT


@EVERY
def test_required_fields_must_be_filled(key: str) -> None:
    kind, case = case_of(key)
    found = kind.missing(None, case.field(key))
    assert found is not None
    assert_spoken([found])


def assert_storable(value: Any) -> bool:
    """Tell that PostgreSQL can hold the value."""
    if isinstance(value, str):
        value.encode()
        assert "\x00" not in value
    elif isinstance(value, list):
        assert value
        assert all(assert_storable(each) for each in value)
    elif isinstance(value, dict):
        json.dumps(value)
    elif isinstance(value, bool):
        pass
    elif isinstance(value, int):
        assert -(2**63) <= value < 2**63
    elif isinstance(value, Decimal):
        assert value.is_finite()
        assert abs(value) < 10**18
    elif isinstance(value, datetime):
        assert value.tzinfo is not None
    else:
        assert isinstance(value, (date, UUID))
    return True
