"""Cells of many records changed together: what is pasted into a grid, filled down, or taken back."""
