"""What happened and what is due: append-only events, consumers, timers, schedules, live updates."""
