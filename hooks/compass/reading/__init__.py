"""Files of `data/` → records, or every problem with its place. Imports `model`."""
