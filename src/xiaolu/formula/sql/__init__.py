"""The SQL back end: a typed tree becomes one PostgreSQL expression that never fails, whatever the values."""
