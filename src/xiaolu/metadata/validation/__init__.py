"""Are these definitions sound? Every check reports all that it finds, each problem with its path."""

from xiaolu.metadata.validation.check import check_definitions

__all__ = ["check_definitions"]
