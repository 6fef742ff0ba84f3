"""Records → everything that the site is made of: pages, the files of the open data, addresses that lead elsewhere.

The last step of a datum's way before a site generator takes over: `mkdocs_events` hands the result to MkDocs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from compass.exports import exported
from compass.pages import Page, address_of, render
from compass.publication import Site, published
from compass.redirects import redirects
from compass.reference import Reference
from compass.search import Guide, guide


@dataclass(frozen=True)
class Website:
    """Pages; other files by their path below the site's root; what abbreviations mean; what guides the search."""

    pages: tuple[Page, ...]
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    search: Guide = field(default_factory=Guide)


def website(reference: Reference, site: Site, prose: Mapping[str, str]) -> Website:
    """Make the site out of the records and its hand-written pages, by their path; PageError when one is wrong."""
    exports = exported(reference, published(reference, site))
    pages = render(reference, site, prose, exports)
    files: dict[str, str | bytes] = {export.path: export.content for export in exports}
    files |= redirects(reference, site, (address_of(page.path) for page in pages))
    return Website(pages, files, reference.abbreviations, guide(reference))
