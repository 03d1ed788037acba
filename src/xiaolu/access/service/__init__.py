"""Use cases of access: sign-in, sessions, members, departments, keys, shares, explanations, the audit log."""
