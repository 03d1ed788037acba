"""SQL of comments and followers."""
