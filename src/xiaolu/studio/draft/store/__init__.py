"""Tables of the draft, of approvals and of scheduled publications."""

from xiaolu.studio.draft.store.drafts import read_open, read_revision

__all__ = ["read_open", "read_revision"]
