"""Who somebody is and what they may do: sign-in, members, departments, roles; policy → SQL predicate, with a reason."""
