"""The work calendar: weekdays, hours, public holidays and the workspace's own days."""
