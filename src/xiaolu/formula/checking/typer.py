"""The checker: walks the tree as written and builds the typed one."""

from collections.abc import Sequence
from decimal import Decimal

from xiaolu.formula.checking import arithmetic
from xiaolu.formula.checking.conversion import as_text, common_type, converted
from xiaolu.formula.checking.fields import Reference, find_field, step_from
from xiaolu.formula.checking.suggestions import near_misses
from xiaolu.formula.functions import operators
from xiaolu.formula.functions.definition import Function, Scope
from xiaolu.formula.functions.logic import ELEMENT, NOT, blank_test, looked_up
from xiaolu.formula.functions.registry import FUNCTIONS
from xiaolu.formula.limits import MAX_PROBLEMS
from xiaolu.formula.problems import problem_at
from xiaolu.formula.syntax.nodes import (
    COMPARISONS,
    Binary,
    BoolLiteral,
    Call,
    FieldName,
    Joined,
    Node,
    NumberLiteral,
    Span,
    TextLiteral,
    Unary,
)
from xiaolu.formula.typed import Apply, Constant, FieldValue, Step, Typed
from xiaolu.formula.types import Catalogue, EntityRef, ValueType
from xiaolu.kit.problems import Param, Problem

_LITERALS = {NumberLiteral: ValueType.NUMBER, TextLiteral: ValueType.TEXT, BoolLiteral: ValueType.BOOL}
_HUNDREDTH = Constant(ValueType.NUMBER, Decimal("0.01"))


class Typer:
    """Types one formula of ``entity``. Methods that return None have added to ``problems``."""

    def __init__(self, entity: EntityRef, catalogue: Catalogue, *, is_change_allowed: bool) -> None:
        self.problems: list[Problem] = []
        self._entity = entity
        self._catalogue = catalogue
        self._scope: Scope | None = None
        self._is_change_allowed = is_change_allowed

    @property
    def is_change_allowed(self) -> bool:
        """Tell whether CHANGED and PREVIOUS make sense here."""
        return self._is_change_allowed

    def refuse(self, code: str, place: Span, **params: Param) -> None:
        """Record a problem."""
        found = problem_at(code, place, **params)
        if len(self.problems) < MAX_PROBLEMS and found not in self.problems:
            self.problems.append(found)

    def enter(self, scope: Scope | None) -> Scope | None:
        """Enter the inside of an aggregate (None: leave it) and return the scope that was entered before."""
        before, self._scope = self._scope, scope
        return before

    def check(self, node: Node) -> Typed | None:
        """Type a node."""
        match node:
            case NumberLiteral() | TextLiteral() | BoolLiteral():
                return Constant(_LITERALS[type(node)], node.value)
            case FieldName():
                return self._field(node)
            case Unary():
                return self._unary(node)
            case Binary():
                return self._compared(node) if node.operator in COMPARISONS else self._calculated(node)
            case Joined():
                return self._joined(node)
            case Call():
                return self._call(node)

    def check_as(self, node: Node, wanted: ValueType) -> Typed | None:
        """Type a node and turn it into ``wanted`` where the language does so by itself."""
        value = self.check(node)
        return None if value is None else self.convert(value, wanted, node.span)

    def convert(self, value: Typed, wanted: ValueType, place: Span) -> Typed | None:
        """Turn a typed value into ``wanted``."""
        found = converted(value, wanted)
        if found is None:
            code = f"formula.wrong_type_{wanted}"
            self.refuse(code, place, found=f"@formula.type.{value.type}", expected=f"@formula.type.{wanted}")
        return found

    def check_text(self, node: Node) -> Typed | None:
        """Type a node and turn it into text as ``&`` does."""
        value = self.check(node)
        return None if value is None else self.text(value, node.span)

    def text(self, value: Typed, place: Span) -> Typed | None:
        """Turn a typed value into text as ``&`` does."""
        found = as_text(value)
        if found is None:
            self.refuse("formula.no_text", place, found=f"@formula.type.{value.type}")
        return found

    def check_alike(self, nodes: Sequence[Node]) -> list[Typed] | None:
        """Type nodes that must come out as one type (the branches of IF)."""
        values = [self.check(each) for each in nodes]
        found = [each for each in values if each is not None]
        if len(found) < len(values):
            return None
        kind = common_type([each.type for each in found])
        if kind is None:
            first = next(each.type for each in found if each.type is not ValueType.NONE)
            for value, node in zip(found, nodes, strict=True):
                if common_type([first, value.type]) is None:
                    self.refuse(
                        "formula.unlike", node.span,
                        first=f"@formula.type.{first}", found=f"@formula.type.{value.type}",
                    )  # fmt: skip
            return None
        return [self.convert(value, kind, node.span) or value for value, node in zip(found, nodes, strict=True)]

    def collection(self, node: Node) -> tuple[Step, ...] | None:
        """Return the steps to a collection when the node names one bare (``{明细}``)."""
        if not isinstance(node, FieldName):
            return None
        found = find_field(node, self._entity, self._catalogue)
        if isinstance(found, Problem) or not found.field.is_children:
            return None
        if any(place.field.is_children for place in found.places[:-1]):
            return None
        steps = [step_from(place, self._catalogue) for place in found.places]
        known = tuple(each for each in steps if each is not None)
        return known if len(known) == len(steps) else None

    def check_pair(self, left: Typed, right: Node, place: Span) -> tuple[Typed, Typed] | None:
        """Type ``right`` and make it comparable with ``left``; option labels become option keys.

        Where ``left`` is a list, ``right`` is made comparable with its elements.
        """
        other = self.check(right)
        if other is None:
            return None
        return self.pair(left, other, (place, right.span))

    def pair(self, left: Typed, right: Typed, places: tuple[Span, Span]) -> tuple[Typed, Typed] | None:
        """Make two typed values comparable, as ``check_pair`` does; problems point at ``places``."""
        chosen = self._option(left, right, places[1])
        if chosen is None:
            return None
        if left.type in ELEMENT:
            element = self.convert(chosen, ELEMENT[left.type], places[1])
            return None if element is None else (left, element)
        chosen = _date_literal(left, chosen)
        kind = arithmetic.pair_types(left.type, chosen.type)
        first = None if kind is None else converted(left, kind)
        second = None if kind is None else converted(chosen, kind)
        if first is None or second is None:
            self.refuse(
                "formula.not_alike", places[0],
                left=f"@formula.type.{left.type}", right=f"@formula.type.{chosen.type}",
            )  # fmt: skip
            return None
        return first, second

    def _option(self, field: Typed, value: Typed, place: Span) -> Typed | None:
        """Turn the label of an option into its key where ``value`` is a literal beside a choice field."""
        if not isinstance(field, FieldValue) or not field.choices:
            return value
        if not isinstance(value, Constant) or value.type is not ValueType.TEXT or value.value == "":
            return value
        for key, label in field.choices:
            if value.value in {key, label} and value.value == key:
                return value
        keys = [key for key, label in field.choices if label == value.value]
        if keys:
            return Constant(ValueType.TEXT, keys[0])
        labels = [label for _, label in field.choices]
        close = near_misses(str(value.value), labels) or labels[:5]
        self.refuse("formula.option_unknown", place, name=str(value.value), suggestions=close)
        return None

    def _field(self, node: FieldName) -> Typed | None:
        found = find_field(node, self._entity, self._catalogue)
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        if found.field.is_children:
            if self._scope is None:
                self.refuse("formula.children_outside", node.span, field=found.field.label)
            else:
                self.refuse("formula.children_bare", node.span, field=found.field.label)
            return None
        steps: list[Step] = []
        for place in found.places[:-1]:
            step = step_from(place, self._catalogue)
            if step is None:
                self.refuse("formula.field_unstored", place.span, field=place.field.label)
                return None
            steps.append(step)
        return self._placed(node, found, steps)

    def _placed(self, node: FieldName, found: Reference, steps: list[Step]) -> Typed | None:
        """Put a field that was found inside or outside a collection."""
        field = found.field
        follows = field.follows
        column = follows.column if follows is not None else field.column
        if column is None:
            self.refuse("formula.field_unstored", node.span, field=field.label)
            return None
        inside = [index for index, step in enumerate(steps) if step.kind == "children"]
        own = steps
        if inside:
            collection = tuple(steps[: inside[0] + 1])
            own = steps[inside[0] + 1 :]
            if len(inside) > 1:
                self.refuse("formula.children_nested", node.span)
                return None
            if self._scope is None:
                self.refuse("formula.children_outside", node.span, field=found.places[inside[0]].field.label)
                return None
            if self._scope.steps is None:
                self._scope.steps = collection
            elif self._scope.steps != collection:
                self.refuse("formula.children_differ", node.span)
                return None
        value = FieldValue(
            type=field.type if follows is None else ValueType.TEXT,
            steps=tuple(own),
            entity=found.entity.key,
            field=field.key if follows is None else follows.field,
            column=column,
            is_child=bool(inside),
            target=field.target,
            scale=field.scale,
            choices=field.choices,
        )
        return value if follows is None else looked_up(value, follows)

    def _unary(self, node: Unary) -> Typed | None:
        operand = self.check_as(node.operand, ValueType.NUMBER)
        if operand is None or node.operator == "+":
            return operand
        if node.operator == "%":
            return arithmetic.calculated("*", operand, _HUNDREDTH)
        return Apply(ValueType.NUMBER, operators.NEGATE, (operand,))

    def _calculated(self, node: Binary) -> Typed | None:
        left, right = self.check(node.left), self.check(node.right)
        if left is None or right is None:
            return None
        found = arithmetic.calculated(node.operator, left, right)
        if found is not None:
            return found
        code = "formula.calculation"
        if node.operator == "+" and ValueType.TEXT in {left.type, right.type}:
            code = "formula.text_added"
        self.refuse(
            code, node.span, operator=node.operator,
            left=f"@formula.type.{left.type}", right=f"@formula.type.{right.type}",
        )  # fmt: skip
        return None

    def _compared(self, node: Binary) -> Typed | None:
        if isinstance(node.left, Binary) and node.left.operator in COMPARISONS:
            self.refuse("formula.comparison_chained", node.span)
            return None
        left, right = self.check(node.left), self.check(node.right)
        if left is None or right is None:
            return None
        if node.operator in {"=", "<>"}:
            for literal, value in ((right, left), (left, right)):
                if isinstance(literal, Constant) and literal.value in {"", None}:
                    test = blank_test(value)
                    return test if node.operator == "=" else Apply(ValueType.BOOL, NOT, (test,))
        for value in (left, right):
            if value.type in ELEMENT:
                self.refuse("formula.list_compared", node.span, found=f"@formula.type.{value.type}")
                return None
        chosen = self._option(right, left, node.left.span)
        pair = None if chosen is None else self.pair(_date_literal(right, chosen), right, (node.span, node.right.span))
        if pair is None:
            return None
        found = arithmetic.comparison(node.operator, pair[0].type, *pair)
        if found is None:
            self.refuse("formula.no_order", node.span, operator=node.operator, found=f"@formula.type.{pair[0].type}")
        return found

    def _joined(self, node: Joined) -> Typed | None:
        parts = [self.check_text(each) for each in node.parts]
        found = tuple(each for each in parts if each is not None)
        return Apply(ValueType.TEXT, operators.JOIN_TEXTS, found) if len(found) == len(parts) else None

    def _call(self, node: Call) -> Typed | None:
        function = FUNCTIONS.get(node.name)
        if function is None:
            close = near_misses(node.name, FUNCTIONS, likeness=70)
            if close:
                self.refuse("formula.function_unknown_near", node.name_span, name=node.name, suggestions=close)
            else:
                self.refuse("formula.function_unknown", node.name_span, name=node.name)
            return None
        count = len(node.arguments)
        if count < function.minimum or (function.maximum is not None and count > function.maximum):
            code = "formula.too_few_arguments" if count < function.minimum else "formula.too_many_arguments"
            self.refuse(code, node.name_span, function=function.name, given=count, example=function.example)
            return None
        return function.check(self, node) if function.check else self._applied(function, node)

    def _applied(self, function: Function, node: Call) -> Typed | None:
        operands: list[Typed | None] = []
        for index, parameter in enumerate(function.parameters):
            if index < len(node.arguments):
                argument = node.arguments[index]
                wanted = parameter.type
                operands.append(self.check(argument) if wanted is None else self.check_as(argument, wanted))
            elif parameter.default is not None:
                operands.append(parameter.default)
        found = tuple(each for each in operands if each is not None)
        if len(found) < len(operands) or function.operation is None or function.result is None:
            return None
        return Apply(function.result, function.operation, found)


def _date_literal(beside: Typed, value: Typed) -> Typed:
    """Read a text literal that stands beside a date as the date that it names."""
    if beside.type not in {ValueType.DATE, ValueType.DATETIME}:
        return value
    if not isinstance(value, Constant) or value.type is not ValueType.TEXT:
        return value
    day = arithmetic.read_iso_date(value.value)
    return value if day is None else Constant(ValueType.DATE, day)
