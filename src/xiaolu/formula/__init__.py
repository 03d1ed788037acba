"""The formula language: text → tree → typed tree → SQL or Python; pure, and proved equal in both back ends.

The language is Excel's where it can be: ``IF({金额} >= 100000, {金额} * 5%, 0)``. Fields stand in braces, by label or
key; dots follow relations (``{客户.区域}``); fields of a collection (``{明细.金额}``) stand inside aggregates, where each
record is looked at by itself: ``SUM({明细.单价} * {明细.数量})``.

**Empty values.** Every type has the empty value (NULL, None).

- Arithmetic, functions and comparisons with an empty operand are empty. A condition that is empty does not hold: IF
  takes the other branch, SUMIF passes the record over.
- AND is false as soon as one condition is false, OR true as soon as one is true; otherwise an empty condition makes
  them empty. NOT of empty is empty.
- ``&`` and CONCAT take empty for no text; TEXTJOIN and JOIN leave it out. A result without characters is empty.
- ``= ""`` and ``<> ""`` ask whether something is empty, as ISBLANK does: no value, no characters or no elements.
- SUM, AVERAGE, MIN, MAX and COUNT pass over empty values; SUM and COUNT of nothing are 0, the others empty.
- CONTAINS is never empty: what is empty contains nothing.
- What has no sensible result is empty: division by zero, the root of a negative number, a count or position that is
  negative or beyond all measure, a date outside the years 1 to 9999, a day outside the work calendar.

**Numbers** are decimal. Sums are exact; products, quotients and powers are rounded half away from zero to 10 decimals.
A result of 10^28 or more is empty. **Texts** are compared by code point, case included; positions count code points.
**Moments** are points in time; their date and hour are those of the workspace's time zone. A date compared with a moment
is the midnight at which it begins.

Precedence, tightest first: sign, ``%``, ``^``, ``* /``, ``+ -``, ``&``, comparisons; all group from the left.
"""

from xiaolu.formula.calendar import WorkCalendar
from xiaolu.formula.compiled import Compiled, compile_formula, to_python, to_sql
from xiaolu.formula.dependencies import Dependency, rows_to_recompute
from xiaolu.formula.editor import FunctionHelp, catalogue_for_editor
from xiaolu.formula.environment import PythonEnv, RecordValues, SqlEnv, Values
from xiaolu.formula.graph import order_formulas
from xiaolu.formula.references import Reference, find_references, with_keys, with_labels
from xiaolu.formula.typed import Step
from xiaolu.formula.types import Catalogue, EntityRef, FieldRef, Following, ValueType

__all__ = [
    "Catalogue",
    "Compiled",
    "Dependency",
    "EntityRef",
    "FieldRef",
    "Following",
    "FunctionHelp",
    "PythonEnv",
    "RecordValues",
    "Reference",
    "SqlEnv",
    "Step",
    "ValueType",
    "Values",
    "WorkCalendar",
    "catalogue_for_editor",
    "compile_formula",
    "find_references",
    "order_formulas",
    "rows_to_recompute",
    "to_python",
    "to_sql",
    "with_keys",
    "with_labels",
]
