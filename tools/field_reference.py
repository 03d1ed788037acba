"""Writes the table of field types into docs/reference/field-types.md: ``python -m tools.field_reference``."""

from pathlib import Path

from xiaolu.metadata.fields.registry import FIELD_TYPES

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "field-types.md"
HEAD = """# Field types

Generated from the registry by `python -m tools.field_reference`; a test keeps it true.

| key | 名称 / name | options |
|---|---|---|
"""


def render() -> str:
    """Return the page."""
    lines = []
    for key, kind in sorted(FIELD_TYPES.items()):
        if key == "record_id":
            continue
        names = ", ".join(f"`{name}`" for name in kind.options.__struct_fields__) or "—"
        lines.append(f"| `{key}` | {kind.label.zh} / {kind.label.en} | {names} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(render(), "utf-8")
