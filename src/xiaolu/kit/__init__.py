"""Bricks that know nothing of sales: ids, time, problems, SQL fragments, the unit of work."""
