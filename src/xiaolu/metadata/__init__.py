"""Everything that a company configures: definitions, field types, validation, plans and publishing."""
