"""Writing formulas: what the language offers, what a text means, and what it gives on real records."""
