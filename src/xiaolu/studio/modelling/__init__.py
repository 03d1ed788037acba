"""Looking at the model that is being built: where things are used, how many records have a choice, what comes next."""
