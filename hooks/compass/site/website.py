"""Records → the sources of the whole site: pages, the files of the open data, addresses that lead elsewhere.

The last step of a datum's way before a site generator takes over: `mkdocs_sources` hands the result to MkDocs. Sources
are made one after the other, so that whoever writes them down never holds them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compass.addresses import address_of
from compass.model.reference import Reference
from compass.open_data.export import exported
from compass.publication import Site, published
from compass.site.pages import render
from compass.site.redirects import redirects


@dataclass(frozen=True)
class SourceFile:
    """A file from which the site is made: its path below `docs/`, its bytes. What is not Markdown stays as it is."""

    path: str
    content: bytes


def website(reference: Reference, site: Site, prose: Mapping[str, str]) -> Iterator[SourceFile]:
    """Make the site out of the records and its hand-written pages, by their path; PageError when one is wrong."""
    told, taken = [], set()
    for export, content in exported(reference, published(reference, site)):
        told.append(export)
        yield SourceFile(export.path, content)
    for page in render(reference, site, prose, told):
        taken.add(address_of(page.path))
        yield SourceFile(page.path, page.markdown.encode())
    for path, html in redirects(reference, site, taken).items():
        yield SourceFile(path, html.encode())
