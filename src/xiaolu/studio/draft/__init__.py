"""The draft that builders share: edits of places in the definitions, merged live, published as a whole."""
