"""The definitions as one member may see them."""

from xiaolu.studio.visible.seeing import view_out, visible_definitions

__all__ = ["view_out", "visible_definitions"]
