"""Records → JSON, CSV, SQLite, feed and catalogue. Imports `derived`, `model` and `publication`."""
