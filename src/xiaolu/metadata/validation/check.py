"""All checks, in the order in which an author reads a package."""

from xiaolu.kit.problems import Problem
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.validation.access import check_roles
from xiaolu.metadata.validation.entities import check_entities
from xiaolu.metadata.validation.entrances import check_entrances
from xiaolu.metadata.validation.fields import check_fields
from xiaolu.metadata.validation.formulas import check_formulas
from xiaolu.metadata.validation.keys import check_keys
from xiaolu.metadata.validation.layouts import check_layouts
from xiaolu.metadata.validation.lists import check_lists
from xiaolu.metadata.validation.owners import check_owners
from xiaolu.metadata.validation.pages import check_pages
from xiaolu.metadata.validation.processes import check_processes
from xiaolu.metadata.validation.scope import Check, Scope
from xiaolu.metadata.validation.views import check_views

CHECKS: tuple[Check, ...] = (
    check_keys,
    check_lists,
    check_entities,
    check_fields,
    check_formulas,
    check_layouts,
    check_processes,
    check_views,
    check_pages,
    check_roles,
    check_owners,
    check_entrances,
)


def check_definitions(definitions: Definitions) -> list[Problem]:
    """Return everything that is wrong with the definitions as a whole; nothing: they may be published.

    Paths name things by key: ``entities.lead.fields.amount.options.max``.
    """
    scope = Scope(definitions)
    return [found for check in CHECKS for found in check(scope)]
