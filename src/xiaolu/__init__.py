"""Xiaolu 销路: a zero-code sales-management platform."""

__version__ = "0.1.0"
