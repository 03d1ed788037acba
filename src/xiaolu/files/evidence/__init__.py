"""Proof attached to records: checked on arrival, hashed in a chain, never changed."""
