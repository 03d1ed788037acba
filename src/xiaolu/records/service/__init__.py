"""Use cases of records: each is called by every entry point alike (web, import, rules, command line)."""
