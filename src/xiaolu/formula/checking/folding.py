"""Computing beforehand what does not depend on any record: ``5%`` is 0.05."""

from dataclasses import replace

from xiaolu.formula.typed import Aggregate, Apply, Constant, Nulls, Typed


def folded(node: Typed) -> Typed:
    """Return a tree that gives the same, with its constant parts computed."""
    if isinstance(node, Aggregate):
        parts = [None if each is None else folded(each) for each in (node.value, node.condition, node.separator)]
        return replace(node, value=parts[0], condition=parts[1], separator=parts[2])
    if not isinstance(node, Apply):
        return node
    operands = tuple(folded(each) for each in node.operands)
    operation = node.operation
    if operation.nulls is Nulls.STRICT and not operation.needs_env:
        values = [each.value for each in operands if isinstance(each, Constant)]
        if len(values) == len(operands):
            found = None if None in values else operation.python(*values)
            return Constant(node.type, tuple(found) if isinstance(found, list) else found)
    return Apply(node.type, operation, operands)
