"""SQL of the tasks package."""
