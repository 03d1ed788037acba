"""Text of a formula to tree and back: knows neither fields nor functions nor types."""
