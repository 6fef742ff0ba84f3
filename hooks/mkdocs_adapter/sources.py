"""The site's sources on their way to MkDocs: laid out in a folder, read from there one by one, and only when needed.

MkDocs keeps every page in memory for the whole build. Together, a thousand partnerships' pages and files are larger
than anything else, so what it is given are short pages without their HTML blocks, and files by their place.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from compass.postprocess.html_blocks import Block, take_out

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from compass.site.website import SourceFile


class Sources:
    """The sources of the build that is going on."""

    def __init__(self) -> None:
        self._places: dict[str, Path] = {}

    def lay_out(self, folder: Path, sources: Iterable[SourceFile]) -> None:
        """Write sources into a folder, in place of any that were laid out before."""
        self._places = {}
        for source in sources:
            place = folder / source.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(source.content)
            self._places[source.path] = place

    def hand_over(self, files: Files, config: MkDocsConfig) -> None:
        """Add the sources to MkDocs' files; a hand-written page is read as it was rendered."""
        # Templates leave cycles that hold the records: without this they would stay until Python looks for such.
        gc.collect()
        for path, place in self._places.items():
            if written := files.get_file_from_path(path):
                written.abs_src_path = str(place)
            else:
                files.append(File.generated(config, path, abs_src_path=str(place)))


def without_blocks(markdown: str) -> str:
    """A page's Markdown with placeholders for its HTML blocks."""
    return take_out(markdown)[0]


def blocks_of(page: Page) -> list[Block]:
    """The HTML blocks of a page."""
    return take_out(page.file.content_string)[1]
