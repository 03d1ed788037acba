"""From a plan to definitions: option sets, entities, views, menu, grants; and how to take them out again. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import Grant, Role, Scope
from xiaolu.metadata.model.entity import Entity, Field, Numbering, Option, OptionSet
from xiaolu.metadata.model.view import Condition, Measure, View
from xiaolu.metadata.model.workspace import App, Definitions, MenuItem
from xiaolu.studio.naming import key_from
from xiaolu.studio.spreadsheet.model import AppPlan, ColumnPlan, ImportStep, SheetPlan

COLOURS = ("blue", "cyan", "purple", "orange", "green", "gold", "pink", "red", "lime", "grey")
NUMBER_KEY = "number"
_SELECTS = ("single_select", "multi_select")
_SCALED = ("decimal", "money", "percent")
_MOST_COLUMNS_SHOWN = 10
_MOST_ON_CARD = 4


def with_app(current: Definitions, plan: AppPlan) -> Definitions:
    """Return the definitions with the app of a plan added."""
    entities = {each.id: each for each in plan.sheets}
    views = [view for sheet in plan.sheets for view in _views(sheet)]
    menu = tuple(MenuItem(key=each.key, label=each.label, view=each.key) for each in views)
    app = App(key=plan.key, label=Label(plan.label), icon=plan.icon, menu=menu)
    grants = {
        role: tuple(_grant(each.key, may_edit=access == "edit") for each in plan.sheets)
        for role, access in plan.roles.items()
    }
    return msgspec.structs.replace(
        current,
        apps=(*current.apps, app),
        option_sets=(*current.option_sets, *(each for sheet in plan.sheets for each in _option_sets(sheet))),
        numberings=(*current.numberings, *(_numbering(each) for each in plan.sheets if not each.title)),
        entities=(*current.entities, *(_entity(each, entities) for each in plan.sheets)),
        views=(*current.views, *views),
        roles=tuple(_granted(each, grants.get(each.key, ())) for each in current.roles),
    )


def without_app(current: Definitions, plan: AppPlan) -> Definitions:
    """Return the definitions without what a plan added, whatever was changed of it since."""
    gone = {each.key for each in plan.sheets}
    sets = {_set_key(sheet, column) for sheet in plan.sheets for column in sheet.columns if column.type in _SELECTS}
    numberings = {_numbering(each).key for each in plan.sheets}
    return msgspec.structs.replace(
        current,
        apps=tuple(each for each in current.apps if each.key != plan.key),
        option_sets=tuple(each for each in current.option_sets if each.key not in sets),
        numberings=tuple(each for each in current.numberings if each.key not in numberings),
        entities=tuple(each for each in current.entities if each.key not in gone),
        processes=tuple(each for each in current.processes if each.entity not in gone),
        views=tuple(each for each in current.views if each.entity not in gone),
        numbers=tuple(each for each in current.numbers if each.entity not in gone),
        public_forms=tuple(each for each in current.public_forms if each.entity not in gone),
        roles=tuple(
            msgspec.structs.replace(each, grants=tuple(one for one in each.grants if one.entity not in gone))
            for each in current.roles
        ),
    )


def import_steps(plan: AppPlan) -> tuple[ImportStep, ...]:
    """Return the imports in the order in which they find what they name; what leads back comes in a second round."""
    order, late = _import_order(plan.sheets)
    first = [ImportStep(sheet=each.id, entity=each.key, label=each.label) for each in order]
    second = [
        ImportStep(sheet=each.id, entity=each.key, label=each.label, relations=True)
        for each in order
        if late.get(each.id)
    ]
    return (*first, *second)


def late_columns(plan: AppPlan) -> Mapping[str, frozenset[str]]:
    """Return, by sheet, the relations that lead to records which are not there yet in the first round."""
    return _import_order(plan.sheets)[1]


def _import_order(sheets: Sequence[SheetPlan]) -> tuple[list[SheetPlan], dict[str, frozenset[str]]]:
    waiting, done = list(sheets), list[SheetPlan]()
    late: dict[str, frozenset[str]] = {}
    while waiting:
        missing = {each.id for each in waiting}
        ready = next((each for each in waiting if not _targets(each) & (missing - {each.id})), waiting[0])
        back = frozenset(
            column.column for column in _relations(ready) if column.target in missing and ready.title != column.column
        )
        if back and ready.title:
            late[ready.id] = back
        done.append(ready)
        waiting.remove(ready)
    return done, late


def _relations(sheet: SheetPlan) -> list[ColumnPlan]:
    return [each for each in sheet.columns if each.included and each.type == "relation" and each.target]


def _targets(sheet: SheetPlan) -> set[str]:
    return {each.target for each in _relations(sheet) if each.target}


def _entity(sheet: SheetPlan, sheets: Mapping[str, SheetPlan]) -> Entity:
    fields = [_field(sheet, each, sheets) for each in sheet.columns if each.included]
    if not sheet.title:
        fields.insert(
            0,
            Field(
                key=NUMBER_KEY,
                label=Label("编号", "Number"),
                type="auto_number",
                searchable=True,
                options={"numbering": _numbering(sheet).key},
            ),
        )
    fields.extend(
        Field(
            key=each.key,
            label=Label(each.label),
            type="formula",
            options={"formula": each.formula, "result": each.result},
        )
        for each in sheet.calculated
    )
    return Entity(key=sheet.key, label=Label(sheet.label), title=_title_key(sheet), fields=tuple(fields))


def _title_key(sheet: SheetPlan) -> str:
    return next((each.key for each in sheet.columns if each.column == sheet.title), NUMBER_KEY)


def _field(sheet: SheetPlan, column: ColumnPlan, sheets: Mapping[str, SheetPlan]) -> Field:
    options: dict[str, Any] = {}
    if column.type in _SELECTS:
        options["set"] = _set_key(sheet, column)
    elif column.type == "relation":
        target = sheets.get(column.target or "")
        options = {"target": target.key if target else column.target or "", "on_delete": "clear"}
    if column.type == "money" and column.currency:
        options["currency"] = column.currency
    if column.type in _SCALED and column.scale is not None:
        options["scale"] = column.scale
    is_title = column.column == sheet.title
    return Field(
        key=column.key,
        label=Label(column.label),
        type=column.type,
        options=options,
        unique=column.unique,
        required=is_title,
        searchable=is_title or column.type in ("email", "phone"),
    )


def _set_key(sheet: SheetPlan, column: ColumnPlan) -> str:
    return key_from(f"{sheet.key}_{column.key}", (), otherwise="choices")


def _option_sets(sheet: SheetPlan) -> list[OptionSet]:
    return [
        OptionSet(
            key=_set_key(sheet, column),
            label=Label(f"{sheet.label} · {column.label}"),
            options=_options(column.choices),
        )
        for column in sheet.columns
        if column.included and column.type in _SELECTS
    ]


def _options(choices: Sequence[str]) -> tuple[Option, ...]:
    keys = option_keys(choices)
    return tuple(
        Option(key=keys[text], label=Label(text), colour=COLOURS[at % len(COLOURS)]) for at, text in enumerate(choices)
    )


def option_keys(choices: Sequence[str]) -> dict[str, str]:
    """Return the key of each choice; those that sound the same are told apart in the same way, whatever their order."""
    found: dict[str, str] = {}
    for text in sorted(choices):
        found[text] = key_from(text, set(found.values()), otherwise="option")
    return found


def _numbering(sheet: SheetPlan) -> Numbering:
    return Numbering(
        key=key_from(f"{sheet.key}_number", ()),
        label=Label(f"{sheet.label} · 编号", f"{sheet.label} · number"),
        pattern="{seq:5}",
    )


def _views(sheet: SheetPlan) -> list[View]:
    shown = [each for each in sheet.columns if each.included and each.type != "long_text"]
    keys = {each.column: each.key for each in shown}
    title = _title_key(sheet)
    names = [title, *(each.key for each in shown if each.key != title)][:_MOST_COLUMNS_SHOWN]
    columns = (*names, *(each.key for each in sheet.calculated))
    group = keys.get(sheet.group or "")
    found = [View(key=f"{sheet.key}_all", label=Label(sheet.label), entity=sheet.key, columns=columns, group=group)]
    board = keys.get(sheet.board or "")
    if board:
        card = tuple(each for each in columns if each not in (board, title))[:_MOST_ON_CARD]
        found.append(
            View(
                key=f"{sheet.key}_board",
                label=Label(f"{sheet.label} · 看板", f"{sheet.label} · board"),
                entity=sheet.key,
                kind="board",
                group=board,
                card=card,
                measures=_measures(shown),
            )
        )
    if sheet.only is not None:
        found.append(_filtered(sheet, columns, sheet.only))
    return found


def _filtered(sheet: SheetPlan, columns: tuple[str, ...], only: tuple[str, str]) -> View:
    column = next((each for each in sheet.columns if each.column == only[0]), None)
    value = option_keys(column.choices).get(only[1], only[1]) if column else only[1]
    return View(
        key=f"{sheet.key}_only",
        label=Label(f"{sheet.label} · {only[1]}"),
        entity=sheet.key,
        columns=columns,
        filter=Condition(field=column.key if column else only[0], op="eq", value=value),
    )


def _measures(columns: Sequence[ColumnPlan]) -> tuple[Measure, ...]:
    sums = [each.key for each in columns if each.type in ("money", "decimal")]
    return (Measure(do="count"), *(Measure(do="sum", field=key) for key in sums[:1]))


def _grant(entity: str, *, may_edit: bool) -> Grant:
    if not may_edit:
        return Grant(entity=entity, read=Scope.ALL)
    return Grant(
        entity=entity,
        create=True,
        read=Scope.ALL,
        update=Scope.ALL,
        delete=Scope.ALL,
        move=Scope.ALL,
        import_=True,
        export=True,
    )


def _granted(role: Role, grants: Sequence[Grant]) -> Role:
    return msgspec.structs.replace(role, grants=(*role.grants, *grants)) if grants else role
