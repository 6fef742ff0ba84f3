"""MkDocs → the package `compass`. Nothing else knows MkDocs; may import every package but `authoring`."""
