"""MkDocs → the package `compass`: events, preview, sources, staging. Nothing else knows MkDocs."""
