"""What helps who edits records: new records, drafts of changes. Imports `open_data`, `reading`, `derived`, `model`."""
