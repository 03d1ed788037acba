"""The background process: timers, schedules, sweeps, consumers, imports, definition jobs."""
