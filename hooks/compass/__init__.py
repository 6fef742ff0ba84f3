"""The EU's Security and Defence Partnerships: from YAML records to pages.

A datum's way is straight: `reading` → `records` → `coverage` → `pages`; `mkdocs_events` beside this package hands
the pages to MkDocs. Nothing in here imports MkDocs, keeps state between builds or reads a file on import.
"""
