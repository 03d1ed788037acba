"""Building: what a member may see of the definitions, and how those who may build change them."""
