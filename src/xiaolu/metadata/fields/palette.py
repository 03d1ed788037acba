"""How a designer offers the field types: in groups, each with a line that says what it is for."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from xiaolu.kit.i18n import Label

Group: TypeAlias = Literal["text", "number", "time", "choice", "people", "relation", "file", "place", "computed"]
GROUPS: Mapping[Group, Label] = {
    "text": Label("文字", "Text"),
    "number": Label("数字", "Numbers"),
    "choice": Label("选择", "Choices"),
    "time": Label("日期和时间", "Dates and times"),
    "people": Label("人员和部门", "People"),
    "relation": Label("关联", "Relations"),
    "file": Label("文件和图片", "Files and pictures"),
    "place": Label("地点和编码", "Places and codes"),
    "computed": Label("自动计算", "Worked out"),
}


class Offer(NamedTuple):
    """Where a type stands in the palette, and what it is for."""

    group: Group
    about: Label


def _offer(group: Group, zh: str, en: str) -> Offer:
    return Offer(group, Label(zh, en))


PALETTE: Mapping[str, Offer] = {
    "text": _offer("text", "一行文字：名称、型号、地址", "One line: a name, a model, an address"),
    "long_text": _offer("text", "多行文字：备注、沟通记录", "Several lines: notes, minutes"),
    "rich_text": _offer("text", "带格式的文字：标题、列表、加粗", "Text with headings, lists and bold"),
    "email": _offer("text", "邮箱地址，自动检查写法", "An e-mail address, checked"),
    "phone": _offer("text", "手机或座机，自动整理写法", "A mobile or landline number, tidied"),
    "url": _offer("text", "网页地址，点击即可打开", "A web address that opens on a click"),
    "keyword_list": _offer("text", "几个自由填写的关键词", "A few words, freely typed"),
    "integer": _offer("number", "不带小数的数：数量、人数", "A number without decimals: a count"),
    "decimal": _offer("number", "带小数的数：重量、尺寸", "A number with decimals: a weight, a size"),
    "money": _offer("number", "金额，精确到分", "An amount of money, exact to the cent"),
    "percent": _offer("number", "百分比：赢率、折扣", "A share in percent: a chance, a discount"),
    "rating": _offer("number", "几颗星的评分", "A rating in stars"),
    "single_select": _offer("choice", "从几个选项里选一个", "One of several options"),
    "multi_select": _offer("choice", "从几个选项里选几个", "Several of several options"),
    "switch": _offer("choice", "是或否，一点即改", "Yes or no, by one click"),
    "checklist": _offer("choice", "逐项打勾的检查清单", "Items to tick off one by one"),
    "date": _offer("time", "某一天：交货日期、签约日期", "A day: of delivery, of signing"),
    "date_time": _offer("time", "某天的几点几分", "A day and a time of day"),
    "duration": _offer("time", "一段时间：几小时几分钟", "A length of time: hours and minutes"),
    "user": _offer("people", "公司里的同事，可选多人", "A colleague, or several"),
    "department": _offer("people", "公司的部门", "A department of the company"),
    "relation": _offer(
        "relation", "选另一张表单里的一条记录，如客户", "One record of another form, such as a customer"
    ),
    "many_to_many": _offer("relation", "选另一张表单里的多条记录", "Several records of another form"),
    "sub_table": _offer("relation", "表单里的小表格：产品明细、费用明细", "Rows inside the form: items, expenses"),
    "file": _offer("file", "任意文件：合同、方案、清单", "Any file: a contract, an offer, a list"),
    "image": _offer("file", "图片，手机可直接拍照", "Pictures; a phone takes them on the spot"),
    "audio": _offer("file", "录音，可在页面上直接录", "A recording, made right on the page"),
    "video": _offer("file", "视频文件", "A video file"),
    "signature": _offer("file", "用手指或鼠标签名", "A signature by finger or mouse"),
    "region": _offer("place", "省、市、区县", "Province, city, district"),
    "location": _offer("place", "现场定位的坐标和地址", "Where one stands: position and address"),
    "barcode": _offer("place", "条形码或二维码的内容", "What a bar code or QR code says"),
    "auto_number": _offer("computed", "新建时自动给出的编号", "A number given when the record is made"),
    "formula": _offer("computed", "用公式从其他字段算出来", "Worked out from other fields by a formula"),
    "lookup": _offer("computed", "显示关联记录里的某个字段", "Shows a field of the related record"),
    "rollup": _offer("computed", "对下级记录求和、计数、取最大", "Sums, counts or picks from what belongs to it"),
}
"""By field type; a test demands every type."""
