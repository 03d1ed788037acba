"""Templates: packages that ship with the platform and wait to be installed."""
