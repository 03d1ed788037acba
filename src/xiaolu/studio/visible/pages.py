"""Pages as a member's client sees them. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from xiaolu.kit.i18n import Label, Language
from xiaolu.metadata.model.page import Block, Page, Shortcut
from xiaolu.metadata.model.view import Condition, Measure
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.studio.schemas.visible import BlockOut, PageOut, ShortcutOut

PLAIN_HOME = Page(
    key="home",
    label=Label("首页", "Home"),
    home=True,
    blocks=(
        Block(key="announcements", kind="announcements"),
        Block(key="numbers", kind="numbers"),
        Block(key="tasks", kind="tasks", width=8),
        Block(key="recent", kind="recent", width=4),
    ),
)
"""What everybody starts from for whom no home page is defined."""


@dataclass(frozen=True, slots=True)
class PageSight:
    """What the member may see: roles, views, entities, and whether a filter names hidden fields."""

    is_for: Callable[[Iterable[str]], bool]
    views: frozenset[str]
    entities: frozenset[str]
    is_seen_in: Callable[[str, Condition | None], bool]


def visible_pages(snapshot: Snapshot, language: Language, sight: PageSight) -> list[PageOut]:
    """Return the member's pages, home pages first, in the order of the definitions; there is always a home."""
    pages = [each for each in snapshot.definitions.pages if sight.is_for(each.roles)]
    if not any(each.home for each in pages):
        pages.insert(0, PLAIN_HOME)
    processes = {each.key: each.entity for each in snapshot.definitions.processes}
    return [_page(each, language, sight, processes) for each in pages]


def _page(page: Page, language: Language, sight: PageSight, processes: dict[str, str]) -> PageOut:
    return PageOut(
        key=page.key,
        label=page.label.text(language),
        description=page.description.text(language) if page.description else None,
        home=page.home,
        icon=page.icon,
        blocks=[_block(each, language, sight) for each in page.blocks if _is_shown(each, sight, processes)],
    )


def _is_shown(block: Block, sight: PageSight, processes: dict[str, str]) -> bool:
    if block.process is not None:
        entity = processes.get(block.process, "")
        since = Condition(field=block.since) if block.since else None
        return entity in sight.entities and sight.is_seen_in(entity, since)
    if block.kind == "view":
        return block.view in sight.views
    if block.kind == "figures":
        measured = Condition(field=block.measure.field) if block.measure and block.measure.field else None
        named = (block.filter, Condition(field=block.group), measured)
        return block.entity is not None and all(sight.is_seen_in(block.entity, each) for each in named)
    return True


def _block(block: Block, language: Language, sight: PageSight) -> BlockOut:
    return BlockOut(
        key=block.key,
        kind=block.kind,
        title=block.title.text(language) if block.title else "",
        width=block.width,
        limit=block.limit,
        numbers=list(block.numbers),
        process=block.process,
        hours=block.hours,
        since=block.since,
        view=block.view,
        entity=block.entity,
        filter=block.filter,
        group=block.group,
        measure=block.measure or Measure(do="count"),
        links=[_link(each, language) for each in block.links if _leads(each, sight)],
        text=block.text.text(language) if block.text else "",
    )


def _leads(link: Shortcut, sight: PageSight) -> bool:
    """Tell whether the member may go where a shortcut leads; pages and addresses answer for themselves."""
    return (link.view is None or link.view in sight.views) and (link.create is None or link.create in sight.entities)


def _link(link: Shortcut, language: Language) -> ShortcutOut:
    return ShortcutOut(
        label=link.label.text(language), view=link.view, page=link.page, create=link.create, url=link.url
    )
