"""Publishing: definitions become the ones that hold, with every version kept, and work on large tables done in pieces."""
