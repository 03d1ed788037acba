"""SQL of lists, counts, aggregates and search; every statement starts from a decision of access."""
