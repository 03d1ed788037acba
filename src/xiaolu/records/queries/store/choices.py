"""The options of a select, in the order in which they are shown."""

from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.fields.protocol import Names


def choice_keys(field: FieldModel, names: Names) -> list[str]:
    """Return the keys of a select's options in their order, retired ones included."""
    options = field.definition.options
    named = names.option_set(str(options["set"])) if "set" in options else None
    if named is not None:
        return [each.key for each in named.options]
    return [str(each["key"]) for each in options.get("options", ()) if isinstance(each, dict) and "key" in each]
