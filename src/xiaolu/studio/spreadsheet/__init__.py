"""Apps made from spreadsheets: columns become typed fields, equal values become relations, rows are imported."""
