"""Help for editors of records: new records, drafts of changes. Imports `open_data`, `reading`, `derived`, `model`."""
