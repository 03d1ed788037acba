"""Other platforms beside ours in one run: the same deals, the same machine, the same PostgreSQL, one server at a time."""
