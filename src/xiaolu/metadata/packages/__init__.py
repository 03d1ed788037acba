"""Apps as packages of definitions: installed, upgraded by a three-way merge, exported and uninstalled."""
