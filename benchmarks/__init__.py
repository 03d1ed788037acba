"""Speed, as ratios against raw PostgreSQL doing the same work in the same run."""
