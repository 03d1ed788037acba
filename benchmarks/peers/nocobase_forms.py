"""NocoBase's collections, role and people for the comparison, made by its own interface."""

from typing import Any

from benchmarks.calling import ask
from benchmarks.peers import shape


def _field(name: str, kind: str, interface: str, component: str, **more: Any) -> dict[str, Any]:
    look = {"type": "string", "title": name, "x-component": component, **more.pop("look", {})}
    return {"name": name, "type": kind, "interface": interface, "uiSchema": look, **more}


def _number(name: str, kind: str, interface: str) -> dict[str, Any]:
    return _field(name, kind, interface, "InputNumber", look={"type": "number"})


def _choice(name: str, options: tuple[str, ...], *, several: bool = False) -> dict[str, Any]:
    look: dict[str, Any] = {"enum": [{"value": option, "label": option} for option in options]}
    if several:
        look |= {"type": "array", "x-component-props": {"mode": "multiple"}}
        return _field(name, "array", "multipleSelect", "Select", look=look, defaultValue=[])
    return _field(name, "string", "select", "Select", look=look)


def _link(name: str, target: str, label: str) -> dict[str, Any]:
    look = {"type": "object", "x-component-props": {"multiple": False, "fieldNames": {"label": label, "value": "id"}}}
    return _field(
        name, "belongsTo", "m2o", "AssociationField", look=look, target=target, foreignKey=f"{name}Id", targetKey="id",
        onDelete="SET NULL",
    )  # fmt: skip


def _system_fields() -> list[dict[str, Any]]:
    person = {
        "type": "object",
        "x-read-pretty": True,
        "x-component-props": {"fieldNames": {"value": "id", "label": "nickname"}},
    }
    moment = {"type": "datetime", "x-read-pretty": True}
    key = _field(
        "id", "snowflakeId", "snowflakeId", "InputNumber", look={"type": "number", "x-read-pretty": True},
        autoIncrement=False, primaryKey=True, allowNull=False,
    )  # fmt: skip
    moments = [_field(name, "date", name, "DatePicker", look=moment, field=name) for name in ("createdAt", "updatedAt")]
    people = [
        _field(name, "belongsTo", name, "AssociationField", look=person, target="users", foreignKey=f"{name}Id")
        for name in ("createdBy", "updatedBy")
    ]
    return [key, *moments, *people]


DEAL = [
    _field("title", "string", "input", "Input"),
    _choice("stage", shape.STAGES),
    _number("amount", "double", "number"),
    _link("owner", "users", "nickname"),
    _link("customer", "customers", "name"),
    _field("phone", "string", "phone", "Input"),
    _field("email", "string", "email", "Input", look={"x-validator": "email"}),
    _field("expected", "dateOnly", "date", "DatePicker", look={"x-component-props": {"dateOnly": True}}),
    _choice("tags", shape.TAGS, several=True),
    _field("note", "text", "textarea", "Input.TextArea"),
    _number("score", "bigInt", "integer"),
    _choice("region", shape.REGIONS),
    _choice("source", shape.SOURCES),
    _field("key_deal", "boolean", "checkbox", "Checkbox", look={"type": "boolean"}),
]


def make_forms(api: str, headers: dict[str, str]) -> None:
    """Make customers, deals, a role that may do everything with them, and the people."""

    def collection(name: str, title: str, fields: list[dict[str, Any]]) -> None:
        body = {
            "name": name, "title": name, "template": "general", "logging": True, "autoGenId": False, "createdAt": True,
            "createdBy": True, "updatedAt": True, "updatedBy": True, "sortable": False, "titleField": title,
            "fields": [*_system_fields(), *fields],
        }  # fmt: skip
        ask(f"{api}/collections:create", body, headers)

    collection("customers", "name", [_field("name", "string", "input", "Input")])
    collection("deals", "title", DEAL)
    actions = ["create", "view", "update", "destroy", "export", "importXlsx"]
    role = {"name": "sales", "title": "sales", "snippets": ["!ui.*", "!pm", "!pm.*"], "strategy": {"actions": actions}}
    ask(f"{api}/roles:create", role, headers)
    for number in range(shape.PEOPLE):
        name = shape.person(number)
        person = {"username": name, "nickname": name, "roles": ["sales"], "password": shape.PASSWORD}
        ask(f"{api}/users:create", person, headers)
