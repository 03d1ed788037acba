"""A small company for formulas to compute on: orders with lines, customers in regions, partners; with edge values."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from xiaolu.formula import EntityRef, FieldRef, RecordValues, ValueType

TEXT, NUMBER, BOOL, DATE, DATETIME = (
    ValueType.TEXT, ValueType.NUMBER, ValueType.BOOL, ValueType.DATE, ValueType.DATETIME,
)  # fmt: skip
TEXT_LIST, RECORD, RECORD_LIST = ValueType.TEXT_LIST, ValueType.RECORD, ValueType.RECORD_LIST


class Entities(dict[str, EntityRef]):
    def entity(self, key: str) -> EntityRef | None:
        return self.get(key)


def _field(key: str, label: str, kind: ValueType, **more: Any) -> FieldRef:
    return FieldRef(key, label, kind, column=key, **more)


LEVELS = (("new", "新客"), ("old", "老客"), ("key", "重点"))

CATALOGUE = Entities(
    region=EntityRef(
        "region", "区域", "r_region", (_field("name", "名称", TEXT), _field("factor", "系数", NUMBER, scale=10))
    ),
    customer=EntityRef(
        "customer", "客户", "r_customer",
        (
            _field("name", "名称", TEXT, aliases=("Name",)),
            _field("discount", "折扣", NUMBER, scale=10),
            _field("vip", "重点客户", BOOL),
            _field("joined", "加入日期", DATE),
            _field("region", "区域", RECORD, target="region"),
            FieldRef("orders", "订单", RECORD_LIST, target="order", is_children=True, link_column="customer"),
            FieldRef("partnered", "合作订单", RECORD_LIST, target="order", is_children=True, link_column="target",
                     link_table="l_order_partners"),
        ),
    ),
    order=EntityRef(
        "order", "订单", "r_order",
        (
            _field("amount", "金额", NUMBER, scale=2),
            _field("weight", "重量", NUMBER, scale=10),
            _field("huge", "大数", NUMBER),
            _field("qty", "数量", NUMBER, scale=0),
            _field("name", "名称", TEXT),
            _field("note", "备注", TEXT),
            _field("level", "等级", TEXT, choices=LEVELS),
            _field("tags", "标签", TEXT_LIST, choices=(("t1", "急"), ("t2", "缓"))),
            _field("day", "日期", DATE),
            _field("due", "截止", DATE),
            _field("at", "时间", DATETIME),
            _field("done_at", "完成时间", DATETIME),
            _field("paid", "已付", BOOL),
            _field("customer", "客户", RECORD, target="customer"),
            _field("owner", "负责人", RECORD),
            FieldRef("items", "明细", RECORD_LIST, target="item", is_children=True, link_column="parent_id",
                     order_column="position"),
            FieldRef("partners", "伙伴", RECORD_LIST, target="customer", is_children=True, link_column="source",
                     link_table="l_order_partners"),
        ),
    ),
    item=EntityRef(
        "item", "明细", "r_item",
        (
            _field("title", "品名", TEXT),
            _field("price", "单价", NUMBER, scale=2),
            _field("qty", "数量", NUMBER, scale=0),
            _field("rate", "税率", NUMBER, scale=10),
            _field("ship", "交货日期", DATE),
            _field("at", "发货时间", DATETIME),
            _field("ok", "有效", BOOL),
            _field("origin", "产地", RECORD, target="region"),
            FieldRef("order", "订单", RECORD, target="order", column="parent_id"),
        ),
    ),
)  # fmt: skip

TABLES = """
CREATE TABLE r_region (id uuid PRIMARY KEY, name text, factor numeric(38,10), deleted_at timestamptz);
CREATE TABLE r_customer (id uuid PRIMARY KEY, name text, discount numeric(38,10), vip boolean, joined date, region uuid,
    deleted_at timestamptz);
CREATE TABLE r_order (id uuid PRIMARY KEY, amount numeric(20,2), weight numeric(38,10), huge numeric, qty integer,
    name text, note text, level text, tags text[], day date, due date, at timestamptz, done_at timestamptz, paid boolean,
    customer uuid, owner uuid, deleted_at timestamptz);
CREATE TABLE r_item (id uuid PRIMARY KEY, parent_id uuid, position integer, title text, price numeric(20,2), qty integer,
    rate numeric(38,10), ship date, at timestamptz, ok boolean, origin uuid, deleted_at timestamptz);
CREATE TABLE l_order_partners (source uuid, target uuid, position integer, PRIMARY KEY (source, target));
CREATE TABLE r_old (LIKE r_order);
"""

Row = dict[str, Any]
ME = UUID(int=7)
DEPARTMENT = UUID(int=8)
_GONE = datetime(2026, 1, 1, tzinfo=UTC)

AMOUNTS = [
    "0",
    "1.00",
    "-1.00",
    "0.01",
    "-0.01",
    "0.05",
    "1234.56",
    "99999.99",
    "-45.67",
    "100000",
    "12345678901234.56",
]
WEIGHTS = ["0", "0.0000000001", "-0.0000000005", "3.3333333333", "2", "-7.5", "1234567.8912345678", "0.5", "1e17"]
HUGES = ["0", "1e27", "-9999999999999999999999999999.9999999999", "0.1234567891", "4e13"]
NAMES = [
    "",
    "a",
    "宁波甲设备公司",
    "Straße 9",
    "  两边空格\u3000",
    "😀👍🏽家庭👨‍👩‍👧",
    "a,b;c\"d'e",
    "100%_x\\y",
    "12,345.60",
    "2024-02-29",
    "É ǅ ß ﬁ",
]
DAYS = [
    "2024-02-29",
    "2026-01-31",
    "2025-12-31",
    "2026-10-01",
    "1999-12-31",
    "0001-01-02",
    "9999-12-30",
    "2026-02-14",
    "1986-05-04",
]
MOMENTS = [
    "2026-03-08T09:59:59.999999+00:00", "2025-12-31T16:00:00+00:00", "2024-02-29T15:59:59+00:00",
    "1986-05-03T18:00:00+00:00", "2026-11-01T05:30:00+00:00", "1900-12-31T15:54:17+00:00", "9998-12-31T23:59:59+00:00",
    "0002-01-01T00:00:00+00:00", "2026-07-01T04:05:06.123456+00:00",
]  # fmt: skip


@dataclass(frozen=True)
class World:
    """The rows of every table."""

    regions: list[Row]
    customers: list[Row]
    orders: list[Row]
    items: list[Row]
    pairs: list[Row]

    def values(self, order: Row) -> RecordValues:
        """Return an order as the Python back end sees it."""
        values = dict(order)
        customer = _living(self.customers, order["customer"])
        _reach(values, "customer.", customer)
        region = _living(self.regions, customer["region"]) if customer else None
        _reach(values, "customer.region.", region)
        items = [self._item(each, order) for each in self.items if each["parent_id"] == order["id"]]
        partners = sorted(each["target"] for each in self.pairs if each["source"] == order["id"])
        found = [_living(self.customers, each) for each in partners]
        orders: list[Row] = []
        if customer:
            orders = [each for each in self.orders if each["customer"] == customer["id"] and not each["deleted_at"]]
        children = {
            "items": [each for each in items if not each["deleted_at"]],
            "partners": [RecordValues(each) for each in found if each],
            "customer.orders": [RecordValues(each) for each in orders],
        }
        return RecordValues(values, children)

    def _item(self, item: Row, order: Row) -> RecordValues:
        values = dict(item)
        _reach(values, "origin.", _living(self.regions, item["origin"]))
        _reach(values, "order.", order)
        return RecordValues(values)


def _living(rows: list[Row], identifier: UUID | None) -> Row | None:
    return next((each for each in rows if each["id"] == identifier and each["deleted_at"] is None), None)


def _reach(values: Row, prefix: str, row: Row | None) -> None:
    values.update({prefix + key: value for key, value in (row or {}).items()})


def make_world(seed: int = 5, orders: int = 36) -> World:
    """Draw a world; the same seed draws the same one."""
    return _Maker(seed).world(orders)


class _Maker:
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._last = 100

    def world(self, orders: int) -> World:
        regions = [self._row(name=self._text(), factor=self._number(WEIGHTS[:-1])) for _ in range(4)]
        customers = [
            self._row(name=self._text(), discount=self._number(WEIGHTS[:-1]), vip=self._bool(), joined=self._day(),
                      region=self._one(regions))
            for _ in range(6)
        ]  # fmt: skip
        made = [self._order(customers) for _ in range(orders)]
        for each in made[:-4]:
            each["deleted_at"] = None
        items = [self._item(order, place, regions) for order in made for place in range(self._random.randrange(4))]
        pairs = [
            {"source": order["id"], "target": customer["id"], "position": 0}
            for order in made for customer in customers if self._random.random() < 0.25
        ]  # fmt: skip
        return World(regions, customers, made, items, pairs)

    def _order(self, customers: list[Row]) -> Row:
        return self._row(
            amount=self._number(AMOUNTS), weight=self._number(WEIGHTS), huge=self._number(HUGES),
            qty=self._some([0, 1, -3, 7, 12, 2147483647]), name=self._text(), note=self._text(),
            level=self._some(["new", "old", "key", "gone"]), tags=self._some([["t1"], ["t1", "t2"], ["t2", "x"], []]),
            day=self._day(), due=self._day(), at=self._moment(), done_at=self._moment(), paid=self._bool(),
            customer=self._one(customers), owner=self._some([ME, UUID(int=9)]),
        )  # fmt: skip

    def _item(self, order: Row, place: int, regions: list[Row]) -> Row:
        return self._row(
            parent_id=order["id"], position=place // 2, title=self._text(), price=self._number(AMOUNTS),
            qty=self._some([0, 1, 2, 10, -5]), rate=self._number(WEIGHTS), ship=self._day(), at=self._moment(),
            ok=self._bool(), origin=self._one(regions),
        )  # fmt: skip

    def _row(self, **values: Any) -> Row:
        self._last += 1
        return {"id": UUID(int=self._last), "deleted_at": _GONE if self._random.random() < 0.15 else None, **values}

    def _some(self, values: list[Any]) -> Any:
        return None if self._random.random() < 0.2 else self._random.choice(values)

    def _one(self, rows: list[Row]) -> UUID | None:
        found: UUID | None = self._some([each["id"] for each in rows])
        return found

    def _number(self, known: list[str]) -> Decimal | None:
        text = self._some(known)
        return None if text is None else Decimal(text)

    def _text(self) -> str | None:
        found: str | None = self._some(NAMES)
        return found

    def _bool(self) -> bool | None:
        found: bool | None = self._some([True, False])
        return found

    def _day(self) -> date | None:
        if self._random.random() < 0.5:
            return date(2025, 11, 20) + timedelta(days=self._random.randrange(200))
        text = self._some(DAYS)
        return None if text is None else date.fromisoformat(text)

    def _moment(self) -> datetime | None:
        if self._random.random() < 0.4:
            return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self._random.randrange(9_000_000))
        text = self._some(MOMENTS)
        return None if text is None else datetime.fromisoformat(text)
