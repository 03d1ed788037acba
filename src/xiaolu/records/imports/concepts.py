"""Words that mean the same: what a heading speaks of, whatever it calls it. Pure.

Headings are taken apart into known words; two names are alike when they speak of the same things. 公司名称 and 客户名称 both
name a customer, 客户级别 and 客户等级 both rank one, 联系电话 and 手机 both hold a telephone number.
"""

from functools import cache

_WORDS: dict[str, str] = {
    "customer": "客户 公司 企业 单位 厂商 买方 甲方 客商 customer client company account organisation organization firm",
    "name": "名称 名字 姓名 全称 称呼 name title",
    "rank": "等级 级别 分级 评级 层级 level grade rank tier rating class",
    "phone": "电话 手机 手机号 手机号码 电话号码 座机 固话 总机 联系方式 热线 phone mobile telephone tel cell cellphone",
    "email": "邮箱 邮件 电子邮件 电邮 email e-mail mail",
    "contact": "联系人 对接人 联络人 contact",
    "number": "编号 编码 代码 单号 序号 号码 code number no id",
    "money": "金额 价格 单价 总价 售价 报价 费用 成本 预算 营收 收入 货款 价税合计 amount price revenue cost budget fee sum value sales",
    "quantity": "数量 件数 台数 quantity qty count",
    "share": "比例 占比 率 折扣 百分比 percent percentage rate ratio share discount",
    "date": "日期 时间 日 date time day",
    "start": "开始 起始 创建 建立 起 start begin created opened engage",
    "end": "结束 截止 关闭 完成 止 end close closed due finish finished",
    "owner": "负责人 跟进人 业务员 销售员 销售代表 归属人 经办人 owner salesperson agent rep assignee",
    "address": "地址 住址 address",
    "region": "地区 省份 城市 省市 区域 所在地 region city province area",
    "industry": "行业 领域 industry sector",
    "source": "来源 渠道 source channel origin",
    "state": "状态 阶段 进度 status state stage phase progress",
    "kind": "类型 类别 种类 分类 方式 type kind category",
    "note": "备注 说明 描述 附注 内容 note remark remarks comment comments description memo",
    "product": "产品 商品 物料 品名 型号 product item sku model",
    "department": "部门 科室 department team office",
    "website": "官网 网址 网站 主页 website site url homepage web",
    "yes_no": "是否 is has",
    "deal": "商机 线索 机会 项目 deal lead opportunity project",
}
_FILLERS = ("的", "所属", "所在", "主要", "联系", "销售", "预计", "实际")
"""Words that change little of what a heading means."""
CHOICES = frozenset({"rank", "industry", "source", "state", "kind"})
"""Concepts whose values are usually chosen from a list."""


@cache
def _lexicon() -> dict[str, str]:
    return {word: concept for concept, words in _WORDS.items() for word in words.split(" ")}


@cache
def _longest() -> int:
    return max(map(len, _lexicon()))


@cache
def concepts(name: str) -> tuple[str, ...]:
    """Return what a name speaks of, in its order; what is no known word stays as it is."""
    found: list[str] = []
    for word in _words(name):
        if word.isascii():
            concept = _lexicon().get(word) or _lexicon().get(word.removesuffix("s"))
            found.append(concept or word)
        else:
            found.extend(_parted(word))
    return tuple(dict.fromkeys(found))


def concept_of(name: str) -> str | None:
    """Return what the values of a column with this heading are: the last thing that it speaks of says it."""
    said = concepts(name)
    if "yes_no" in said:
        return "yes_no"
    known = [each for each in said if each in _WORDS]
    if not known:
        return None
    return "choice" if known[-1] in CHOICES else known[-1]


def likeness(left: str, right: str) -> float:
    """Return how much two names speak of the same: 1 for the very same things, 0 for nothing in common."""
    one, other = _meaning(left), _meaning(right)
    if not one or not other:
        return 0.0
    return len(one & other) / len(one | other)


def _meaning(name: str) -> frozenset[str]:
    said = [each for each in concepts(name) if each not in _FILLERS]
    if len(said) > 1 and said[-1] == "number" and said[-2] == "phone":
        said.pop()
    return frozenset(said)


def _words(name: str) -> list[str]:
    """Part a name into runs of Latin letters (also where camelCase changes) and runs of anything else."""
    words: list[str] = []
    current = ""
    for letter in name:
        if not letter.isalnum():
            words.append(current)
            current = ""
        elif current and (letter.isascii() != current[-1].isascii() or (letter.isupper() and current[-1].islower())):
            words.append(current)
            current = letter
        else:
            current += letter
    return [each.lower() for each in [*words, current] if each]


def _parted(run: str) -> list[str]:
    """Part a Chinese run into known words, the longest first; characters that belong to none stay together."""
    found: list[str] = []
    rest, at = "", 0
    while at < len(run):
        word = next(
            (run[at : at + size] for size in range(_longest(), 0, -1) if run[at : at + size] in _lexicon()), None
        ) or next((each for each in _FILLERS if run.startswith(each, at)), None)
        if word is None:
            rest += run[at]
            at += 1
            continue
        if rest:
            found.append(rest)
            rest = ""
        found.append(_lexicon().get(word, word))
        at += len(word)
    return [*found, rest] if rest else found
