"""The EU's Security and Defence Partnerships: from YAML records to pages.

A datum's way is straight: `reading` → `model` → `derived` → `open_data` → `site`; `mkdocs_adapter` beside this package
hands the result to MkDocs. Nothing in here imports MkDocs, keeps state between builds or reads a file on import.
docs/dev/architecture.md is the map of the modules.
"""
