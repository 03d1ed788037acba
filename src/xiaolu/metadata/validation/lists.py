"""Option sets, numberings and apps."""

import re

from xiaolu.kit.problems import problem
from xiaolu.metadata.fields.choices import check_options
from xiaolu.metadata.model.entity import Numbering
from xiaolu.metadata.validation.scope import Found, Scope, unknown

_SLOT = re.compile(r"\{([^{}]*)\}")
_SEQUENCE = re.compile(r"seq(?::(\d+))?")
_DATES = frozenset({"yyyy", "yy", "mm", "dd"})
_RESETS = {
    "never": (),
    "year": (("yyyy", "yy"),),
    "month": (("yyyy", "yy"), ("mm",)),
    "day": (("yyyy", "yy"), ("mm",), ("dd",)),
}


def check_lists(scope: Scope) -> Found:
    """Check option sets, numberings and apps."""
    for each in scope.definitions.option_sets:
        if not each.options:
            yield problem("options.no_choices", "option_sets", each.key, "options")
        for found in check_options(each.options):
            position, *rest = found.path
            key = each.options[position].key if isinstance(position, int) else position
            yield problem(found.code, "option_sets", each.key, "options", key, *rest, **found.params)
    for numbering in scope.definitions.numberings:
        yield from check_numbering(numbering)
    apps = {each.key: each for each in scope.definitions.apps}
    pages = {each.key: each for each in scope.definitions.pages}
    for app in scope.definitions.apps:
        for position, needed in enumerate(app.depends):
            if needed not in apps:
                yield unknown("reference.app", needed, apps, "apps", app.key, "depends", position)
        for position, item in enumerate(app.menu):
            here = ("apps", app.key, "menu", position)
            if (item.view is None) == (item.page is None):
                yield problem("app.menu_one_way", *here)
            if item.view is not None and item.view not in scope.views:
                yield unknown("reference.view", item.view, scope.views, *here, "view")
            if item.page is not None and item.page not in pages:
                yield unknown("reference.page", item.page, pages, *here, "page")


def check_numbering(numbering: Numbering) -> Found:
    """Check the pattern of a numbering, and that what starts anew does not repeat itself."""
    here = ("numberings", numbering.key)
    slots = _SLOT.findall(numbering.pattern)
    sequences = [each for each in slots if _SEQUENCE.fullmatch(each)]
    for slot in slots:
        if slot not in _DATES and not _SEQUENCE.fullmatch(slot):
            yield problem("numbering.unknown_slot", *here, "pattern", slot=slot)
    if len(sequences) != 1:
        yield problem("numbering.one_sequence", *here, "pattern")
    if any((found := _SEQUENCE.fullmatch(each)) and int(found[1] or 1) not in range(1, 13) for each in sequences):
        yield problem("numbering.width", *here, "pattern")
    if _SLOT.sub("", numbering.pattern).count("{") or len(numbering.pattern) > 60:
        yield problem("numbering.malformed", *here, "pattern")
    if numbering.reset not in _RESETS:
        yield problem("definition.not_allowed", *here, "reset", value=numbering.reset, allowed=list(_RESETS))
    elif any(not set(group) & set(slots) for group in _RESETS[numbering.reset]):
        yield problem("numbering.reset_repeats", *here, "pattern", reset=numbering.reset)
    if numbering.start < 0:
        yield problem("options.out_of_range", *here, "start", minimum=0, maximum=10**9)
