"""From definitions that are to definitions that are wanted: what changes, what it touches, and the SQL that does it.

``layout`` says which tables definitions mean, ``difference`` compares two layouts, ``plan`` turns the comparison into
steps that a sales manager can read, ``measuring`` counts what a step would cost, ``runner`` applies the plan in one
transaction, and ``jobs`` does in small pieces what must not hold up anybody who works in a large table.
"""
