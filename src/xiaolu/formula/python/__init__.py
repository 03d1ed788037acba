"""The Python back end: a typed tree becomes closures."""
