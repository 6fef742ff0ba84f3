"""What follows from the records: coverage, comparison, chronology. Imports `model`."""
