"""Bounds that keep any formula cheap: nobody's text may hang a server, overflow a stack or fill a memory."""

MAX_LENGTH = 10_000
"""Characters of a formula."""
MAX_DEPTH = 100
"""Levels of nesting, chains of operators included (``a + b + c`` is two levels deep)."""
MAX_ARGUMENTS = 90
"""Arguments of one function."""
MAX_STEPS = 6
"""Dots of one field reference."""
MAX_DIGITS = 28
"""Digits before the point of a number; a result of 10^28 or more is empty."""
DECIMALS = 10
"""Decimal places that multiplication, division and powers are rounded to."""
MAX_EXPONENT = 1000
"""Largest exponent of a power, either sign."""
MAX_ROOT_EXPONENT = 90
"""Largest exponent that is no whole number, unless the base lies between 0.01 and 100: PostgreSQL computes these by way
of logarithms, and gives up at results of some 2600 digits."""
MAX_REPEAT = 1000
"""Largest count of REPT."""
MAX_REPEATED = 100
"""Longest text that REPT repeats; what is longer is cut."""
MAX_PIECE = 1000
"""Longest text that SUBSTITUTE puts in; what is longer is cut."""
MAX_TEXT = 100_000
"""Longest text that SUBSTITUTE reads and gives; what is longer is cut."""
MAX_POSITION = 1_000_000
"""Largest position or count in a text."""
MAX_DAYS = 1_500_000
"""Largest number of days that is added to a date."""
MAX_MONTHS = 48_000
"""Largest number of months that is added to a date."""
MAX_HOURS = 24 * MAX_DAYS
"""Hours that are added to a moment stay below this."""
MAX_AGGREGATES = 2
"""Aggregates within each other: each level looks at every record of the collection once per record of the level above."""
MAX_PROBLEMS = 20
"""Problems reported for one formula."""
