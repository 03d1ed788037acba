"""Every function of the language by name."""

from collections.abc import Mapping

from xiaolu.formula.functions import aggregate, change, date, logic, number, people, text, workdays
from xiaolu.formula.functions.definition import Function

FUNCTIONS: Mapping[str, Function] = {
    each.name: each
    for family in (logic, aggregate, number, text, date, workdays, people, change)
    for each in family.FUNCTIONS
}
"""In the order in which the editor lists them."""
