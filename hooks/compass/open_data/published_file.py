"""What is told of a file of the open data."""

from __future__ import annotations

from dataclasses import dataclass

from compass.publication import FOLDER


@dataclass(frozen=True)
class Export:
    """What is told of a file of the open data: its path below the site's root, what it is, its media type.

    `length` counts its bytes, `digest` is their SHA-256. Of a table, it is told what one row is, and how many rows
    there are.
    """

    path: str
    what: str
    media_type: str
    length: int
    digest: str
    rows: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it holds all partnerships: a form of the dataset, not a part or a description of it."""
        return self.rows is not None or self.name in ("dataset.json", "sdp.sqlite", "datapackage.json")

    @property
    def name(self) -> str:
        """The path inside the folder of this version."""
        return self.path.removeprefix(FOLDER)

    @property
    def size(self) -> str:
        """How large it is, in words: `79 bytes`, `812 kB`, `1.2 MB`."""
        if self.length < 1000:
            return f"{self.length} bytes"
        return f"{self.length / 1000:.0f} kB" if self.length < 1_000_000 else f"{self.length / 1_000_000:.1f} MB"
