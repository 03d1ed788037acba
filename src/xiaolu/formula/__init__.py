"""The formula language: text → AST → typed AST → SQL or Python; pure, and proved equal in both back ends."""
