"""What a member may see of the definitions: only entities, fields, views and options that their roles let them meet. Pure."""

from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.model import Actor, Decision, Operation
from xiaolu.access.policy import decide, may, visible_fields, writable_fields
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.metadata.computed import COMPUTED
from xiaolu.metadata.fields.choices import ChoiceOptions
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.model.view import ColourRule, Condition, View
from xiaolu.metadata.snapshot import EntityModel, Snapshot
from xiaolu.studio.schemas.visible import (
    AppOut,
    CanOut,
    DefinitionsOut,
    EntityOut,
    FieldOut,
    MenuOut,
    NumberOut,
    OptionOut,
    OptionSetOut,
    ViewOut,
)
from xiaolu.studio.visible.concealing import CONCEALED, Concealing, named_fields, named_formulas
from xiaolu.studio.visible.layouts import layout_out
from xiaolu.studio.visible.looks import shown_kind
from xiaolu.studio.visible.pages import PageSight, visible_pages
from xiaolu.studio.visible.processes import process_out

_Key = tuple[tuple[str, ...], str, Language]
_kept: WeakKeyDictionary[Snapshot, dict[_Key, DefinitionsOut]] = WeakKeyDictionary()


def visible_definitions(ctx: Context) -> DefinitionsOut:
    """Return what the context's actor may see, without saved views; worked out once for each set of roles."""
    kept = _kept.setdefault(ctx.snapshot, {})
    key = (tuple(sorted(ctx.actor.roles)), ctx.actor.kind, ctx.language)
    found = kept.get(key)
    if found is None:
        found = kept[key] = _Seeing(ctx).all()
    return found


def view_out(view: View, language: Language, *, is_personal: bool) -> ViewOut:
    """Return a view for the client."""
    return ViewOut(
        key=view.key,
        label=view.label.text(language),
        entity=view.entity,
        kind=view.kind,
        columns=list(view.columns),
        filter=view.filter,
        sort=list(view.sort),
        group=view.group,
        widths=view.widths,
        frozen=view.frozen,
        groups=list(view.groups),
        measures=list(view.measures),
        summary=view.summary,
        card=list(view.card),
        colours=list(view.colours),
        calendar=view.calendar,
        gallery=view.gallery,
        map=view.map,
        timeline=view.timeline,
        personal=is_personal,
    )


class _Seeing:
    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._snapshot = ctx.snapshot
        self._actor: Actor = ctx.actor
        self._fields: dict[str, frozenset[str]] = {}
        """Visible fields by entity; entities that may not be read are missing."""
        for key in ctx.snapshot.entities:
            decision = self._decision(key, Operation.READ)
            if decision.allowed:
                self._fields[key] = visible_fields(decision)

    def all(self) -> DefinitionsOut:
        entities = [self._entity(self._snapshot.entities[key]) for key in self._fields]
        processes = [each for each in self._snapshot.definitions.processes if each.entity in self._fields]
        views = [shown for each in self._snapshot.definitions.views if (shown := self._view(each)) is not None]
        pages = visible_pages(
            self._snapshot,
            self._ctx.language,
            PageSight(self._is_for, frozenset(each.key for each in views), frozenset(self._fields), self._is_seen_in),
        )
        return DefinitionsOut(
            version=self._snapshot.version,
            apps=self._apps({each.key for each in views}, {each.key for each in pages}),
            option_sets=self._option_sets(processes),
            entities=entities,
            processes=[
                process_out(
                    each,
                    self._fields[each.entity],
                    self._ctx.language,
                    is_for=self._is_for,
                    kept=self._snapshot.entities[each.entity].versions.kept,
                )
                for each in processes
            ],
            views=[view_out(each, self._ctx.language, is_personal=False) for each in views],
            numbers=self._numbers({each.key for each in views}),
            pages=pages,
        )

    def _decision(self, entity: str, operation: Operation) -> Decision:
        ctx = self._ctx
        return decide(self._actor, self._snapshot, entity, operation, now=ctx.now, time_zone=ctx.time_zone)

    def _text(self, label: Label | None) -> str | None:
        return None if label is None else label.text(self._ctx.language)

    def _entity(self, model: EntityModel) -> EntityOut:
        seen = self._fields[model.key]
        writable: set[str] = set()
        for operation in (Operation.CREATE, Operation.UPDATE):
            decision = self._decision(model.key, operation)
            writable |= writable_fields(decision) if decision.allowed else frozenset()
        definition = model.definition
        return EntityOut(
            key=model.key,
            label=definition.label.text(self._ctx.language),
            title=definition.title,
            icon=definition.icon,
            parent=definition.parent,
            description=self._text(definition.description),
            can=self._can(model.key),
            fields=[
                self._field(model, field, is_writable=key in writable)
                for key, field in model.fields.items()
                if key in seen
            ],
            duplicates=[list(group) for group in definition.duplicates if seen.issuperset(group)],
            layout=layout_out(definition.layout, seen, self._ctx.language) if definition.layout else None,
        )

    def _can(self, entity: str) -> CanOut:
        allowed = {each: may(self._actor, self._snapshot, entity, each) for each in Operation}
        return CanOut(
            create=allowed[Operation.CREATE],
            read=allowed[Operation.READ],
            update=allowed[Operation.UPDATE],
            delete=allowed[Operation.DELETE],
            move=allowed[Operation.MOVE],
            import_=allowed[Operation.IMPORT],
            export=allowed[Operation.EXPORT],
        )

    def _field(self, model: EntityModel, field: FieldModel, *, is_writable: bool) -> FieldOut:
        definition, kind = field.definition, field.type
        conceal = self._concealing(model.key)
        return FieldOut(
            key=field.key,
            label=definition.label.text(self._ctx.language),
            type=definition.type,
            options=self._options(field),
            required=definition.required,
            unique=definition.unique,
            hidden=definition.hidden,
            help=self._text(definition.help),
            visible_if=conceal.text(definition.visible_if),
            required_if=conceal.text(definition.required_if),
            options_if={key: conceal.certain(text) for key, text in definition.options_if.items()},
            tip_if={conceal.certain(text): label.text(self._ctx.language) for text, label in definition.tip_if.items()},
            default=conceal.text(definition.default),
            access="write" if is_writable and not kind.is_computed else "read",
            operators=list(kind.operators_of(definition)),
            is_computed=kind.is_computed,
            sortable=kind.sort_of(definition) != "none" or kind.value_type(definition) is ValueType.RECORD,
        )

    def _options(self, field: FieldModel) -> dict[str, Any]:
        options = field.definition.options
        if field.definition.type in COMPUTED:
            options = {name: options[name] for name in ("result", "format") if name in options}
        plain: dict[str, Any] = _localised(options, self._ctx.language)
        return plain

    def _concealing(self, entity: str) -> Concealing:
        return Concealing(self._snapshot, entity, self._fields)

    def _view(self, view: View) -> View | None:
        """Return a view without the columns that are hidden; None where what it filters, sorts or groups by is."""
        seen = self._fields.get(view.entity)
        if seen is None or not self._is_for(view.roles):
            return None
        named = [
            *named_fields(view.filter),
            *(each.field for each in view.sort),
            *((view.group,) if view.group else ()),
            *(each.field for each in view.groups),
        ]
        if not self._is_seen_in(view.entity, view.filter) or not all(
            self._is_seen(view.entity, each) for each in named
        ):
            return None
        kind = shown_kind(view, lambda path: self._is_seen(view.entity, path))
        return msgspec.structs.replace(
            view,
            columns=tuple(each for each in view.columns if self._is_seen(view.entity, each)),
            card=tuple(each for each in view.card if self._is_seen(view.entity, each)),
            measures=tuple(
                each for each in view.measures if each.field is None or self._is_seen(view.entity, each.field)
            ),
            widths={key: width for key, width in view.widths.items() if self._is_seen(view.entity, key)},
            summary={key: do for key, do in view.summary.items() if self._is_seen(view.entity, key)},
            colours=tuple(each for each in view.colours if self._is_painted(view.entity, each)),
            kind=kind.kind,
            calendar=kind.calendar,
            gallery=kind.gallery,
            map=kind.map,
            timeline=kind.timeline,
        )

    def _is_painted(self, entity: str, rule: ColourRule) -> bool:
        return self._is_seen_in(entity, rule.when) and (rule.field is None or self._is_seen(entity, rule.field))

    def _is_seen_in(self, entity: str, condition: Condition | None) -> bool:
        """Tell whether all that a filter names may be seen."""
        if entity not in self._fields:
            return False
        conceal = self._concealing(entity)
        if any(conceal.text(text) == CONCEALED for text in named_formulas(condition)):
            return False
        return all(self._is_seen(entity, each) for each in named_fields(condition))

    def _is_for(self, roles: Iterable[str]) -> bool:
        wanted = set(roles)
        return not wanted or self._actor.is_admin or bool(wanted & set(self._actor.roles))

    def _is_seen(self, entity: str, path: str) -> bool:
        """Tell whether each step of a dotted path may be seen."""
        at: str | None = entity
        for key in path.split("."):
            if at in ("member", "department"):
                return True
            if at is None or key not in self._fields.get(at, ()):
                return False
            model = self._snapshot.entities[at].find(key)
            at = model.type.target(model.definition) if model else None
        return True

    def _apps(self, views: set[str], pages: set[str]) -> list[AppOut]:
        found: list[AppOut] = []
        for app in self._snapshot.definitions.apps:
            menu = [
                MenuOut(view=item.view, page=item.page, label=item.label.text(self._ctx.language))
                for item in app.menu
                if item.view in views or item.page in pages
            ]
            if menu or not app.menu:
                found.append(AppOut(key=app.key, label=app.label.text(self._ctx.language), icon=app.icon, menu=menu))
        return found

    def _option_sets(self, processes: Iterable[Process]) -> list[OptionSetOut]:
        used = {
            field.definition.options.get("set")
            for entity, seen in self._fields.items()
            for key, field in self._snapshot.entities[entity].fields.items()
            if key in seen and issubclass(_result_options(field), ChoiceOptions)
        }
        used |= {_format(field).get("set") for field in self._seen_fields()}
        for process in processes:
            used |= {process.reasons, *(each.reasons for each in process.transitions)}
        return [
            OptionSetOut(
                key=each.key,
                label=each.label.text(self._ctx.language),
                options=[
                    OptionOut(
                        key=option.key,
                        label=option.label.text(self._ctx.language),
                        colour=option.colour,
                        retired=option.retired,
                        parent=option.parent,
                    )
                    for option in each.options
                ],
            )
            for each in self._snapshot.definitions.option_sets
            if each.key in used
        ]

    def _seen_fields(self) -> list[FieldModel]:
        return [
            field
            for entity, seen in self._fields.items()
            for key, field in self._snapshot.entities[entity].fields.items()
            if key in seen
        ]

    def _numbers(self, views: set[str]) -> list[NumberOut]:
        return [
            NumberOut(
                key=each.key,
                label=each.label.text(self._ctx.language),
                entity=each.entity,
                unit=self._text(each.unit),
                view=each.view if each.view in views else None,
            )
            for each in self._snapshot.definitions.numbers
            if each.entity in self._fields
            and self._is_for(each.roles)
            and (each.measure.field is None or self._is_seen(each.entity, each.measure.field))
            and all(self._is_seen(each.entity, name) for name in [*named_fields(each.filter), *named_fields(each.of)])
        ]


def _result_options(field: FieldModel) -> type[msgspec.Struct]:
    return field_type(field.definition.type).options


def _format(field: FieldModel) -> dict[str, Any]:
    found = field.definition.options.get("format")
    return found if isinstance(found, dict) else {}


def _localised(value: Any, language: Language) -> Any:
    """Replace labels inside settings by their text."""
    if isinstance(value, dict):
        if "zh" in value and set(value) <= {"zh", "en"}:
            return Label(str(value["zh"]), str(value.get("en", ""))).text(language)
        return {key: _localised(each, language) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_localised(each, language) for each in value]
    return value
