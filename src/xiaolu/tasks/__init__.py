"""What people have to do: the inbox of tasks, reminders, notifications."""
