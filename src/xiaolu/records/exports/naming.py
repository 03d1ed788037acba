"""Names within an export that must not meet: of its sheets, and of the files in its zip."""

from collections.abc import Callable


def free_name(taken: set[str], spell: Callable[[int], str]) -> str:
    """Return the first of ``spell(1)``, ``spell(2)`` … that is not taken, in whatever case, and take it."""
    number = 1
    while (found := spell(number)).casefold() in taken:
        number += 1
    taken.add(found.casefold())
    return found
