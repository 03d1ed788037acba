"""Pages: every block has what its kind needs, and what it names exists."""

from xiaolu.kit.problems import problem
from xiaolu.metadata.model.page import Block, Page, Shortcut
from xiaolu.metadata.model.view import Measure
from xiaolu.metadata.validation.conditions import check_condition
from xiaolu.metadata.validation.keys import check_named_keys
from xiaolu.metadata.validation.scope import Found, Scope, unknown
from xiaolu.metadata.validation.view_settings import MOMENTS, check_field
from xiaolu.metadata.validation.views import check_group, check_measure, check_roles

KINDS = (
    "numbers", "tasks", "stalled", "stages", "view", "figures", "recent", "shortcuts", "text", "announcements",
)  # fmt: skip
WIDTHS = (3, 4, 6, 8, 9, 12)
MOST_BLOCKS = 40
MOST_LINES = 50
LONGEST_WAIT = 24 * 366
_NEEDS = {"view": ("view",), "figures": ("entity", "group"), "shortcuts": ("links",), "text": ("text",)}
"""Settings without which a block has nothing to show."""


def check_pages(scope: Scope) -> Found:
    """Check each page."""
    for page in scope.definitions.pages:
        here = ("pages", page.key)
        yield from check_roles(scope, page.roles, *here, "roles")
        yield from check_named_keys([each.key for each in page.blocks], *here, "blocks")
        if len(page.blocks) > MOST_BLOCKS:
            yield problem("page.too_many_blocks", *here, "blocks", most=MOST_BLOCKS)
        for block in page.blocks:
            yield from _check_block(scope, page, block)


def _check_block(scope: Scope, page: Page, block: Block) -> Found:
    here = ("pages", page.key, "blocks", block.key)
    if block.kind not in KINDS:
        yield problem("definition.not_allowed", *here, "kind", value=block.kind, allowed=list(KINDS))
    if block.width not in WIDTHS:
        yield problem(
            "definition.not_allowed", *here, "width", value=block.width, allowed=[str(each) for each in WIDTHS]
        )
    for name, value, most in (("limit", block.limit, MOST_LINES), ("hours", block.hours, LONGEST_WAIT)):
        if not 1 <= value <= most:
            yield problem("page.out_of_range", *here, name, least=1, most=most)
    for name in _NEEDS.get(block.kind, ()):
        if not getattr(block, name):
            yield problem("page.block_needs", *here, name, kind=f"@page.block.{block.kind}")
    yield from _check_names(scope, block, *here)
    if block.entity is not None and block.entity in scope.entities:
        yield from _check_figures(scope, block.entity, block, *here)
    for position, link in enumerate(block.links):
        yield from _check_link(scope, link, *here, "links", position)


def _check_names(scope: Scope, block: Block, *at: str | int) -> Found:
    numbers = {each.key: each for each in scope.definitions.numbers}
    processes = {each.key: each for each in scope.definitions.processes}
    for position, key in enumerate(block.numbers):
        if key not in numbers:
            yield unknown("reference.number", key, numbers, *at, "numbers", position)
    if block.process is not None and block.process not in processes:
        yield unknown("reference.process", block.process, processes, *at, "process")
    entity = processes[block.process].entity if block.process in processes else None
    if block.since is not None and entity is not None:
        yield from check_field(scope, entity, block.since, MOMENTS, *at, "since")
    if block.view is not None and block.view not in scope.views:
        yield unknown("reference.view", block.view, scope.views, *at, "view")
    if block.entity is not None and block.entity not in scope.entities:
        yield unknown("reference.entity", block.entity, scope.entities, *at, "entity")


def _check_figures(scope: Scope, entity: str, block: Block, *at: str | int) -> Found:
    if block.filter is not None:
        yield from check_condition(scope, entity, block.filter, *at, "filter")
    if block.group is not None:
        yield from check_group(scope, entity, block.group, *at, "group")
    yield from check_measure(scope, entity, block.measure or Measure(do="count"), *at, "measure")


def _check_link(scope: Scope, link: Shortcut, *at: str | int) -> Found:
    given = [name for name in ("view", "page", "create", "url") if getattr(link, name) is not None]
    if len(given) != 1:
        yield problem("page.link_one_way", *at)
        return
    pages = {each.key: each for each in scope.definitions.pages}
    if link.view is not None and link.view not in scope.views:
        yield unknown("reference.view", link.view, scope.views, *at, "view")
    if link.page is not None and link.page not in pages:
        yield unknown("reference.page", link.page, pages, *at, "page")
    if link.create is not None and link.create not in scope.entities:
        yield unknown("reference.entity", link.create, scope.entities, *at, "create")
    if link.url is not None and not link.url.startswith(("https://", "http://", "/")):
        yield problem("page.link_address", *at, "url")
