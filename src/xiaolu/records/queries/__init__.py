"""Reading records: filters, sorting, paging, search, aggregates, numbers and saved views."""
