"""Guided tours: steps as data, progress on the server, and a look at what the person really did."""
