"""Layouts as a member's client sees them: places of fields that may be seen, groups and tabs that hold any. Pure."""

from collections.abc import Collection

from xiaolu.kit.i18n import Label, Language
from xiaolu.metadata.model.layout import Layout, LayoutGroup, LayoutTab
from xiaolu.studio.schemas.visible import LayoutFieldOut, LayoutGroupOut, LayoutOut, LayoutTabOut


def layout_out(layout: Layout, seen: Collection[str], language: Language) -> LayoutOut:
    """Return the layout with the fields in ``seen``."""
    tabs = [_tab(each, seen, language) for each in layout.tabs]
    return LayoutOut(
        tabs=[each for each in tabs if each.groups],
        hidden=[each for each in layout.hidden if each in seen],
    )


def _tab(tab: LayoutTab, seen: Collection[str], language: Language) -> LayoutTabOut:
    groups = [_group(each, seen, language) for each in tab.groups]
    return LayoutTabOut(key=tab.key, label=_text(tab.label, language), groups=[each for each in groups if each.fields])


def _group(group: LayoutGroup, seen: Collection[str], language: Language) -> LayoutGroupOut:
    return LayoutGroupOut(
        key=group.key,
        label=_text(group.label, language),
        columns=group.columns,
        fold=group.fold,
        fields=[LayoutFieldOut(key=each.key, width=each.width) for each in group.fields if each.key in seen],
    )


def _text(label: Label | None, language: Language) -> str | None:
    return None if label is None else label.text(language)
