"""What merging packages deals in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, TypeAlias

from xiaolu.metadata.model.workspace import Definitions


class Absent(Enum):
    """Stands for something that is not there at all, unlike an empty value."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT

Choice: TypeAlias = Literal["mine", "theirs"]
Resolutions: TypeAlias = Mapping[str, Choice]
"""Place of a disagreement → which side holds."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place that both the workspace and a package changed, differently."""

    path: tuple[str, ...]
    """From the outside in: ``("entities", "lead", "fields", "amount", "label")``."""
    shipped_then: Any
    """As it was installed; ABSENT where it was not there."""
    shipped_now: Any
    yours: Any

    @property
    def place(self) -> str:
        """Return the path as one text, by which a resolution names it."""
        return "/".join(self.path)


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of a merge: where it disagrees, and no resolution was given, yours stands."""

    definitions: Definitions
    disagreements: tuple[Disagreement, ...]
    """Those without a resolution."""
    unknown: tuple[str, ...] = ()
    """Resolutions of places that do not disagree."""
