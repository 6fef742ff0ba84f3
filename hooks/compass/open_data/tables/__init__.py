"""Records → the rows and columns of each table of the open data. Imports `derived` and `model`."""
