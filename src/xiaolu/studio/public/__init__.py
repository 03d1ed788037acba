"""Public forms: strangers send what becomes a record; riddles, traps and limits keep machines out."""
