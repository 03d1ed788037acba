-- Saved views say how they look in settings of their own, one for each kind; the untyped rest is gone.
UPDATE saved_view SET view = view - 'options' WHERE view ? 'options';
