"""Apps: new from blank or as a copy, and what taking one out would do."""
