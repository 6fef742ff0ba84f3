"""The hand-written pages of `docs/`, as text: what `pages` renders beside the pages of the records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


class PageError(Exception):
    """A hand-written page cannot be used; says where, why and what to do."""

    headline = "A page has a problem"


def prose_paths(docs: Path) -> Iterator[Path]:
    """The hand-written pages below `docs`."""
    return (path for path in visible_files(docs) if path.suffix == ".md")


def visible_files(folder: Path) -> Iterator[Path]:
    """The files in a folder and below, but for those in its `dev/`, which are for developers, and hidden ones.

    Hidden are, for example, the marks that editors leave beside a file.
    """
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and parts[0] != "dev" and not any(part.startswith(".") for part in parts):
            yield path


def read_prose(docs: Path) -> dict[str, str]:
    """The text of every hand-written page, by its path below `docs`; PageError when one cannot be read."""
    prose = {}
    for path in prose_paths(docs):
        name = path.relative_to(docs).as_posix()
        try:
            prose[name] = path.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise PageError(f"docs/{name}:1: byte {error.start + 1} is not UTF-8; save the file as UTF-8") from None
        except OSError as error:
            raise PageError(f"docs/{name}:1: cannot be read: {error.strerror}; check the file") from None
    return prose
