"""A running workspace: its connections, its caches, and the edge at which work is committed."""
