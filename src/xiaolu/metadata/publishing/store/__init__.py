"""SQL of versions, publications, packages and jobs."""
