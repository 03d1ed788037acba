"""Tree as written to typed tree: fields are found, functions looked up, types settled, every problem collected."""
