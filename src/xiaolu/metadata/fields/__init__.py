"""Field types: one small module each, registered explicitly in ``registry``."""
