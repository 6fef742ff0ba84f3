"""What is done to finished pages and assets: search, abbreviations, compression. Imports `model`."""
