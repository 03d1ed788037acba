"""What the form designer needs of the server: field types with their settings, and forms tried out before publishing."""
