"""SQL of members, departments, roles, sessions, keys, shares and the audit log."""
