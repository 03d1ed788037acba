"""SQL of the event log and of timers."""
