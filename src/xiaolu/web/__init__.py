"""HTTP delivery: the application, the edge of each request, errors, the built client, live updates."""
