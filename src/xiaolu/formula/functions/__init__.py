"""The functions and operators of the language, one module per family: documentation, types, SQL and Python side by side."""
