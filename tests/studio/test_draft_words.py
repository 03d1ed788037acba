"""What differs is said with the names that people know, never with keys."""

from xiaolu.studio.draft.difference import differences, spoken, told
from xiaolu.studio.draft.model import Document


def _document(**changed: object) -> Document:
    fields = [
        {"key": "name", "label": {"zh": "名称", "en": "Name"}, "type": "text"},
        {"key": "sum", "label": {"zh": "金额", "en": "Amount"}, "type": "money"},
    ]
    entity = {"key": "deal", "label": {"zh": "商机", "en": "Deal"}, "title": "name", "fields": fields}
    view = {"key": "all", "label": {"zh": "全部", "en": "All"}, "entity": "deal", "columns": ["name"]}
    role = {"key": "rep", "label": {"zh": "销售", "en": "Rep"}, "grants": [{"entity": "deal", "read": "own"}]}
    page = {"key": "home", "label": {"zh": "首页", "en": "Home"}, "blocks": [{"key": "b1", "title": {"zh": "待办"}}]}
    found: Document = {"entities": [entity], "views": [view], "roles": [role], "pages": [page]}
    return found | changed


def test_places_and_values_are_said_in_words() -> None:
    grant = {"entity": "deal", "read": "all", "fields": {"sum": "hidden"}}
    after = _document(
        views=[{**_document()["views"][0], "columns": ["name", "sum", "owner"]}],
        roles=[{**_document()["roles"][0], "grants": [grant]}],
        pages=[{**_document()["pages"][0], "blocks": [{"key": "b1", "title": {"zh": "待办"}, "limit": 3}]}],
    )
    changes = differences(_document(), after)
    assert [" › ".join(spoken(each.names, "en")) for each in changes] == [
        "View › All › Columns",
        "Role › Rep › Permissions › Deal › Read",
        "Role › Rep › Permissions › Deal › Fields",
        "Page › Home › Block › 待办 › Limit",
    ]
    assert next(told(each.after, each.words, "zh") for each in changes) == ["名称", "金额", "负责人"]
    assert [told(each.after, each.words, "en") for each in changes][1] == "all"
    stricter = {**grant, "fields": {"sum": "read"}}
    finer = differences(after, after | {"roles": [{**_document()["roles"][0], "grants": [stricter]}]})
    assert [spoken(each.names, "zh") for each in finer] == [["角色", "销售", "权限", "商机", "字段", "金额"]]
    assert [told(each.after, each.words, "zh") for each in finer] == ["只读"]
